import type { Board, StatefulSetView } from '../../board/model';
import type { Change } from '../change';
import { changedPairs } from '../pairs';
import { revisionSentence } from './revisions';
import { sentence, type Sentence, type Why } from './sentence';

export function setSentences({ before, after }: Change): Sentence[] {
  return changedPairs(before.sets, after.sets, (set) => set.name).flatMap((pair): Sentence[] => {
    // Deleted and made anew between two looks: what is there now is what matters.
    if (!pair.before || (pair.after && pair.before.uid !== pair.after.uid)) return [created(pair.after)];
    if (!pair.after) return [gone(pair.before, after)];
    const said = changed(pair.before, pair.after);
    return said ? [said] : [];
  });
}

function created(set: StatefulSetView): Sentence {
  const why = set.service === 'missing' && set.serviceName !== '' ? 'serviceMissing' : howItGrows(set);
  const { replicas, serviceName } = set;
  return sentence('setCreated', 'set', set.name, {
    why,
    values: { replicas, service: serviceName, first: firstPod(set) },
  });
}

function gone(set: StatefulSetView, after: Board): Sentence {
  return sentence('setGone', 'set', set.name, { why: whatRemains(set, after), tone: 'gone' });
}

function whatRemains(set: StatefulSetView, after: Board): Why | undefined {
  const hasClaims = keepsData(set);
  const claimsGo = set.claimRetention?.whenDeleted === 'Delete';
  // Its pods were let go before it went (`--cascade=orphan`), or are still its own and will be collected.
  if (set.slots.some((slot) => slot.pod)) {
    if (!hasClaims) return 'podsFollow';
    return claimsGo ? 'podsAndClaimsFollow' : 'podsFollowClaimsStay';
  }
  const names = new Set(set.slots.map((slot) => slot.name));
  if (after.otherPods.some((pod) => names.has(pod.name) && pod.deletingSince === undefined)) return 'podsStay';
  return hasClaims && !claimsGo ? 'claimsStay' : undefined;
}

/** The first rule that applies: a set is seldom changed in two ways at once, and then the greater one is told. */
function changed(before: StatefulSetView, after: StatefulSetView): Sentence | undefined {
  const { name } = after;
  if (!before.terminating && after.terminating) return sentence('setEnding', 'set', name, { tone: 'gone' });
  const revision = revisionSentence(before, after);
  if (before.replicas !== after.replicas) return scaled(before, after);
  if (revision) return revision;
  if (before.start !== after.start) {
    return sentence('startChanged', 'set', name, { values: { from: before.start, to: after.start } });
  }
  if (before.strategy !== after.strategy) {
    const why = after.strategy === 'OnDelete' ? 'whenDeleted' : 'updateDown';
    return sentence('strategyChanged', 'set', name, { why, values: { strategy: after.strategy } });
  }
  if (before.partition !== after.partition) return partitionChanged(before, after);
  return retentionChanged(before, after);
}

function scaled(before: StatefulSetView, after: StatefulSetView): Sentence {
  const values = { from: before.replicas, to: after.replicas, first: firstPod(after) };
  const isUp = after.replicas > before.replicas;
  const why = isUp ? howItGrows(after) : howItShrinks(after);
  return sentence(isUp ? 'scaledUp' : 'scaledDown', 'set', after.name, { why, values });
}

function howItGrows({ policy }: StatefulSetView): Why {
  return policy === 'Parallel' ? 'allAtOnce' : 'oneByOne';
}

function howItShrinks(set: StatefulSetView): Why {
  const claimsGo = set.claimRetention?.whenScaled === 'Delete';
  const isParallel = set.policy === 'Parallel';
  if (!keepsData(set)) return isParallel ? 'allAtOnce' : 'highestGoes';
  if (isParallel) return claimsGo ? 'allAtOnceDownClaimsGo' : 'allAtOnceDown';
  return claimsGo ? 'highestFirstClaimsGo' : 'highestFirst';
}

/** A partition counts places from the first ordinal on; at or beyond the last one nothing is updated. */
function partitionChanged(before: StatefulSetView, after: StatefulSetView): Sentence {
  const why = after.partition === 0 ? 'allOrdinals' : 'ordinalsFrom';
  const values = { from: before.partition, to: after.partition, ordinal: after.start + after.partition };
  return sentence('partitionChanged', 'set', after.name, { why, values });
}

function retentionChanged(before: StatefulSetView, after: StatefulSetView): Sentence | undefined {
  const was = before.claimRetention ?? keepsAll;
  const is = after.claimRetention ?? keepsAll;
  if (was.whenDeleted === is.whenDeleted && was.whenScaled === is.whenScaled) return undefined;
  return sentence('retentionChanged', 'set', after.name, { values: { ...is } });
}

const keepsAll = { whenDeleted: 'Retain', whenScaled: 'Retain' } as const;

function keepsData(set: StatefulSetView): boolean {
  return set.slots.some((slot) => slot.claims.some((claim) => claim.phase !== 'missing'));
}

function firstPod(set: StatefulSetView): string {
  return `${set.name}-${set.start}`;
}
