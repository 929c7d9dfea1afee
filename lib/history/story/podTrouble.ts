import type { PodView, Reason } from '../../board/model';
import { sentence, type Sentence, type Why } from './sentence';
import type { PodStep, SlotStep } from './step';

/** A slot, or a pod without one. */
interface Waiting {
  waitsFor?: Reason;
}

/** What keeps a slot from having a pod at all. */
export function slotTrouble({ before, after }: SlotStep): Sentence | undefined {
  if (!after || after.pod || !isNew('createFailed', before, after)) return undefined;
  return sentence('createFailed', 'pod', after.name, { why: 'triesAgain', tone: 'fail' });
}

/** What keeps a pod from running, told when it begins and not again while it lasts. */
export function podTrouble(step: PodStep): Sentence | undefined {
  const { before, after, was, is } = step;
  if (is.deletingSince !== undefined) return undefined;
  return ended(was, is, 'comesBack') ?? standingTrouble(before, after, was, is, () => whoElse(step));
}

/** Of a pod that is at its end by itself, not by being deleted. */
export function ended(was: PodView, is: PodView, instead: Why | undefined): Sentence | undefined {
  if (was.phase === is.phase) return undefined;
  if (is.phase === 'Failed') return sentence('podFailed', 'pod', is.name, { why: instead, tone: 'fail' });
  return is.phase === 'Succeeded' ? sentence('podFinished', 'pod', is.name, { tone: 'kept' }) : undefined;
}

/** `others`: what its trouble means for the pods beside it. */
export function standingTrouble(
  before: Waiting,
  after: Waiting,
  was: PodView,
  is: PodView,
  others: () => Why,
): Sentence | undefined {
  const { name } = is;
  const subject = after.waitsFor?.subject ?? '';
  if (isNew('imagePull', before, after)) {
    return sentence('pullFailed', 'pod', name, { why: others(), values: { image: subject }, tone: 'fail' });
  }
  if (isNew('crashLoop', before, after)) {
    return sentence('crashLoop', 'pod', name, { why: others(), values: { container: subject }, tone: 'fail' });
  }
  if (is.restarts > was.restarts) {
    // A node that was away gives its pods new sandboxes, and with them other addresses.
    const hasMoved = was.ip !== '' && is.ip !== '' && was.ip !== is.ip;
    const values = { restarts: is.restarts, ip: is.ip, former: was.ip };
    const why = hasMoved ? 'samePodMoved' : 'samePod';
    return sentence('podRestarted', 'pod', name, { why, values, tone: is.ready ? 'plain' : 'wait' });
  }
  return waiting(before, after, is);
}

function waiting(before: Waiting, after: Waiting, { name, status }: PodView): Sentence | undefined {
  if (isNew('other', before, after)) {
    return sentence('cannotStart', 'pod', name, { values: { status }, tone: 'fail' });
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

function isNew(code: Reason['code'], before: Waiting | undefined, after: Waiting): boolean {
  return after.waitsFor?.code === code && before?.waitsFor?.code !== code;
}

/** In OrderedReady a pod that does not become Ready holds back every ordinal above it. */
function whoElse({ after, set }: PodStep): 'othersWait' | 'triesAgain' {
  const { waitsFor } = set.slots.find((slot) => slot.ordinal > after.ordinal && !slot.pod) ?? {};
  return waitsFor?.code === 'predecessor' && waitsFor.subject === after.name ? 'othersWait' : 'triesAgain';
}
