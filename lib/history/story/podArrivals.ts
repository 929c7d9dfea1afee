import { podName } from '../../kubernetes/statefulSet';
import { sentence, type Sentence, type Why } from './sentence';
import { claimNames, otherPod, type SlotStep } from './step';

/** A pod that nobody owned, and that fits, is taken rather than made anew (pkg/controller/controller_ref_manager.go). */
export function adopted({ before, after, set, change }: SlotStep): Sentence | undefined {
  const pod = after?.pod;
  if (!after || !pod || before?.pod?.uid === pod.uid || !otherPod(change.before, pod.uid)) return undefined;
  return sentence('podAdopted', 'pod', after.name, { values: { set: set.name } });
}

export function orphaned({ before, after, set, change }: SlotStep): Sentence | undefined {
  const pod = before?.pod;
  if (!before || !pod || after?.pod?.uid === pod.uid || !otherPod(change.after, pod.uid)) return undefined;
  return sentence('podOrphaned', 'pod', before.name, { why: 'nobodyBringsBack', values: { set: set.name } });
}

/** A new uid in the slot: its first life, or another one under the same name. */
export function appeared(step: SlotStep): Sentence | undefined {
  const { before, after } = step;
  const pod = after?.pod;
  if (!after || !pod || before?.pod?.uid === pod.uid) return undefined;
  const claim = claimNames(after);
  const values = { claim, life: after.life, revision: pod.revision };
  if (after.life <= 1)
    return sentence('podCreated', 'pod', after.name, { ...whyFirst(step, after.ordinal), tone: 'wait' });
  const why: Why = claim === '' ? 'sameName' : 'sameClaim';
  const former = after.lives[0]?.revision ?? '';
  const isUpdated = former !== '' && pod.revision !== '' && former !== pod.revision;
  return sentence(isUpdated ? 'podBackUpdated' : 'podBack', 'pod', after.name, { why, values, tone: 'wait' });
}

function whyFirst({ set }: SlotStep, ordinal: number): { why: Why; values?: { previous: string } } {
  if (set.policy === 'Parallel') return { why: 'parallel' };
  if (ordinal <= set.start) return { why: 'firstOrdinal' };
  return { why: 'afterPrevious', values: { previous: podName(set.name, ordinal - 1) } };
}
