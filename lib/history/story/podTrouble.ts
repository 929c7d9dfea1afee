import type { Reason, Slot } from '../../board/model';
import { sentence, type Sentence } from './sentence';
import type { PodStep, SlotStep } from './step';

/** What keeps a slot from having a pod at all. */
export function slotTrouble({ before, after }: SlotStep): Sentence | undefined {
  if (!after || after.pod || !isNew('createFailed', before, after)) return undefined;
  return sentence('createFailed', 'pod', after.name, { why: 'triesAgain', tone: 'fail' });
}

/** What keeps a pod from running, told when it begins and not again while it lasts. */
export function podTrouble(step: PodStep): Sentence | undefined {
  const { before, after, was, is } = step;
  const { name } = after;
  if (is.deletingSince !== undefined) return undefined;
  if (was.phase !== 'Failed' && is.phase === 'Failed') {
    return sentence('podFailed', 'pod', name, { why: 'comesBack', tone: 'fail' });
  }
  if (was.phase !== 'Succeeded' && is.phase === 'Succeeded')
    return sentence('podFinished', 'pod', name, { tone: 'kept' });
  const subject = after.waitsFor?.subject ?? '';
  if (isNew('imagePull', before, after)) {
    return sentence('pullFailed', 'pod', name, { why: whoElse(step), values: { image: subject }, tone: 'fail' });
  }
  if (isNew('crashLoop', before, after)) {
    return sentence('crashLoop', 'pod', name, { why: whoElse(step), values: { container: subject }, tone: 'fail' });
  }
  if (is.restarts > was.restarts) {
    const values = { restarts: is.restarts };
    return sentence('podRestarted', 'pod', name, { why: 'samePod', values, tone: is.ready ? 'plain' : 'wait' });
  }
  return waiting(before, after);
}

function waiting(before: Slot, after: Slot): Sentence | undefined {
  const { name } = after;
  if (isNew('other', before, after)) {
    return sentence('cannotStart', 'pod', name, { values: { status: after.pod?.status ?? '' }, tone: 'fail' });
  }
  if (isNew('unschedulable', before, after)) {
    return sentence('unschedulable', 'pod', name, { why: 'triesAgain', tone: 'wait' });
  }
  // Told once the scheduler has given up on it for now; as a rule the claim is bound a moment later, so it is but a detail.
  const isStuck = after.waitsFor?.code === 'claimPending' && after.waitsFor.message !== undefined;
  if (!isStuck || before.waitsFor?.message !== undefined) return undefined;
  const values = { claim: after.waitsFor?.subject ?? '' };
  return sentence('waitsForClaim', 'pod', name, { why: 'triesAgain', values, tone: 'wait', isDetail: true });
}

function isNew(code: Reason['code'], before: Slot | undefined, after: Slot): boolean {
  return after.waitsFor?.code === code && before?.waitsFor?.code !== code;
}

/** In OrderedReady a pod that does not become Ready holds back every ordinal above it. */
function whoElse({ after, set }: PodStep): 'othersWait' | 'triesAgain' {
  const { waitsFor } = set.slots.find((slot) => slot.ordinal > after.ordinal && !slot.pod) ?? {};
  return waitsFor?.code === 'predecessor' && waitsFor.subject === after.name ? 'othersWait' : 'triesAgain';
}
