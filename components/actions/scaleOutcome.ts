import type { StatefulSetView } from '../../lib/board/model';
import { claimNames, counted, none, type Line, type Outcome } from './outcome';

export function outcomeOfScale(set: StatefulSetView, replicas: number): Outcome {
  if (replicas === set.replicas)
    return { ...none(), then: [{ key: 'scaleNone', values: { set: set.name, replicas } }] };
  return replicas < set.replicas ? outcomeOfScaleDown(set, replicas) : outcomeOfScaleUp(set, replicas);
}

function outcomeOfScaleDown(set: StatefulSetView, replicas: number): Outcome {
  const end = set.start + replicas;
  const leaving = set.slots.filter((slot) => slot.wanted && slot.ordinal >= end).reverse();
  const claims = claimNames(leaving);
  const claimsGo = set.claimRetention?.whenScaled === 'Delete';
  const order: Line = { key: set.policy === 'OrderedReady' ? 'oneByOneDown' : 'allAtOnce' };
  return {
    ...none(),
    goes: [
      ...counted(
        'podsLastFirst',
        leaving.map((slot) => slot.name),
      ),
      ...(claimsGo ? counted('claimsLost', claims) : []),
    ],
    stays: claimsGo ? [] : counted('claims', claims),
    then: leaving.length > 1 ? [order] : [],
  };
}

function outcomeOfScaleUp(set: StatefulSetView, replicas: number): Outcome {
  const first = set.start + set.replicas;
  const ordinals = Array.from({ length: replicas - set.replicas }, (_, index) => first + index);
  const names = ordinals.map((ordinal) => `${set.name}-${ordinal}`);
  const kept = set.slots.filter((slot) => ordinals.includes(slot.ordinal) && slot.claims.length > 0);
  const hasTemplates = set.slots.some((slot) => slot.claims.length > 0);
  const fresh = hasTemplates ? names.filter((name) => !kept.some((slot) => slot.name === name)) : [];
  const order: Line = { key: set.policy === 'OrderedReady' ? 'oneByOne' : 'allAtOnce' };
  return {
    ...none(),
    comes: [...counted('newPods', names), ...counted('keptClaims', claimNames(kept)), ...counted('newClaims', fresh)],
    then: names.length > 1 ? [order] : [],
  };
}
