import type { PodView, Slot, StatefulSetView } from '../../board/model';
import { sentence, type Sentence, type Why } from './sentence';
import { claimNames, type PodStep, type SlotStep } from './step';

/** The pod has been told to stop. Who asked is not said by Kubernetes; what the set wants says why. */
export function stopping({ after, set, was, is }: PodStep): Sentence | undefined {
  if (was.deletingSince !== undefined || is.deletingSince === undefined) return undefined;
  const { name } = after;
  const tone = 'gone';
  if (set.terminating) return sentence('podStopping', 'pod', name, { why: 'withSet', values: { set: set.name }, tone });
  if (!after.wanted) {
    return sentence('podScalingAway', 'pod', name, {
      why: set.policy === 'Parallel' ? undefined : 'highestGoes',
      tone,
    });
  }
  if (isDueForUpdate(after, set, is)) {
    return sentence('podUpdating', 'pod', name, { why: 'updateDown', values: { revision: set.updateRevision }, tone });
  }
  const claim = claimNames(after);
  return sentence('podStopping', 'pod', name, {
    why: claim === '' ? 'comesBack' : 'comesBackClaim',
    values: { claim },
    tone,
  });
}

/** The pod is gone, and the slot is left: for good, or until the controller fills it again. */
export function gone({ before, after, set }: SlotStep): Sentence | undefined {
  const pod = before?.pod;
  if (!before || !pod || after?.pod) return undefined;
  const { name } = before;
  const tone = 'gone';
  if (set.terminating) return sentence('podGone', 'pod', name, { why: 'withSet', values: { set: set.name }, tone });
  if (!after?.wanted) {
    return sentence('podScaledAway', 'pod', name, {
      why: claimWhy(before, set),
      values: { claim: claimNames(before) },
      tone: 'kept',
    });
  }
  if (isDueForUpdate(after, set, pod)) {
    return sentence('podGone', 'pod', name, {
      why: 'comesBackUpdated',
      values: { revision: set.updateRevision },
      tone,
    });
  }
  return sentence('podGone', 'pod', name, { why: 'comesBack', tone });
}

/** As the controller decides (updateStatefulSet): a partition keeps the ordinals below it as they are. */
function isDueForUpdate({ ordinal }: Slot, set: StatefulSetView, pod: PodView): boolean {
  if (set.strategy !== 'RollingUpdate' || ordinal < set.start + set.partition) return false;
  return pod.revision !== '' && set.updateRevision !== '' && pod.revision !== set.updateRevision;
}

function claimWhy(slot: Slot, set: StatefulSetView): Why | undefined {
  if (slot.claims.length === 0) return undefined;
  return set.claimRetention?.whenScaled === 'Delete' ? 'claimGoes' : 'claimKept';
}
