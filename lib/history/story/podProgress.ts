import { sentence, type Sentence } from './sentence';
import type { PodStep } from './step';

/** Ready, and who was waiting for it; in a later life the address is another, which is the point of having a name. */
export function becameReady(step: PodStep): Sentence | undefined {
  const { after, was, is } = step;
  if (was.ready || !is.ready) return undefined;
  const next = unblocked(step);
  const former = after.lives[0]?.ip ?? '';
  const hasMoved = after.life > 1 && former !== '' && is.ip !== '' && former !== is.ip;
  const what = is.ip === '' ? 'podReady' : 'podReadyAt';
  const values = { ip: is.ip, former, next: next ?? '' };
  const why = next !== undefined ? 'nextMayStart' : hasMoved ? 'newAddress' : undefined;
  return sentence(what, 'pod', after.name, { why, values, tone: 'ready' });
}

/** The slot that was held back by this one and is not any longer. */
function unblocked({ after, set, setBefore }: PodStep): string | undefined {
  for (const slot of set.slots) {
    if (slot.pod || slot.waitsFor?.code === 'predecessor') continue;
    const before = setBefore?.slots.find((candidate) => candidate.ordinal === slot.ordinal);
    if (before?.waitsFor?.code === 'predecessor' && before.waitsFor.subject === after.name) return slot.name;
  }
  return undefined;
}

/** While it is on its way out nobody expects it to answer. */
export function becameUnready({ after, was, is }: PodStep): Sentence | undefined {
  if (!was.ready || is.ready || is.deletingSince !== undefined) return undefined;
  return sentence('podUnready', 'pod', after.name, { why: 'leavesDns', tone: 'wait' });
}

export function started({ after, was, is }: PodStep): Sentence | undefined {
  if (was.phase === 'Running' || is.phase !== 'Running' || is.deletingSince !== undefined) return undefined;
  return sentence('podStarted', 'pod', after.name, { why: 'notReadyYet', tone: 'wait' });
}

export function scheduled({ after, was, is }: PodStep): Sentence | undefined {
  if (was.node !== '' || is.node === '') return undefined;
  const former = after.lives[0]?.node ?? '';
  const why = former === '' || former === is.node ? 'scheduler' : 'anotherNode';
  const values = { node: is.node, former };
  return sentence('podScheduled', 'pod', after.name, { why, values, tone: 'wait', isDetail: true });
}
