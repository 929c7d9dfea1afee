import type { Slot } from '../../board/model';
import type { Change } from '../change';
import { changedSlots } from '../changedSlots';
import { sentence, type Sentence } from './sentence';

/** A name asked for the first time is news only when its pod has just become ready, and not when somebody has just come to look. */
const newsForMs = 60_000;

/** What DNS says of each slot's own name. */
export function dnsSentences(change: Change): Sentence[] {
  return keptSlots(change).flatMap(({ before, after }) => {
    const said = changed(before, after, change.at);
    return said ? [said] : [];
  });
}

/** Pods whose name's answer has changed: what their endpoints did is then told already. */
export function namedPods(change: Change): Set<string> {
  return new Set(
    keptSlots(change)
      .filter(({ before, after }) => changed(before, after, change.at))
      .map(({ after }) => after.name),
  );
}

function keptSlots({ before, after }: Change): { before: Slot; after: Slot }[] {
  return changedSlots(before, after).flatMap((pair) =>
    pair.before && pair.after ? [{ before: pair.before, after: pair.after }] : [],
  );
}

function changed(before: Slot, after: Slot, at: number): Sentence | undefined {
  const was = before.dns;
  const is = after.dns;
  if (was === is || after.dnsName === '' || before.dnsName !== after.dnsName) return undefined;
  const name = after.dnsName.split('.').slice(0, 2).join('.');
  const ip = is.addresses.join(', ');
  const former = was.addresses.join(', ');
  if (is.status === 'answered') {
    if (was.status === 'answered') {
      if (ip === former) return undefined;
      const values = { ip, former };
      return sentence('dnsMoved', 'name', name, { why: 'sameNameNewAddress', values, tone: 'ready', isDetail: true });
    }
    if (was.status === 'unknown' && at - (after.pod?.readySince ?? 0) > newsForMs) return undefined;
    return sentence('dnsAnswers', 'name', name, { values: { ip }, tone: 'ready', isDetail: true });
  }
  if (is.status === 'failed' && was.status !== 'failed')
    return sentence('dnsFailed', 'name', name, { tone: 'fail', isDetail: true });
  if (was.status !== 'answered' || is.status === 'unknown') return undefined;
  const why = after.pod?.ready === true && after.pod.deletingSince === undefined ? undefined : 'notReady';
  return sentence('dnsWithdrawn', 'name', name, {
    why,
    values: { former, pod: after.name },
    tone: 'wait',
    isDetail: true,
  });
}
