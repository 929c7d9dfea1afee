import type { Change } from '../change';
import { changedSlots } from '../changedSlots';
import { adopted, appeared, orphaned } from './podArrivals';
import { gone, stopping } from './podDepartures';
import { becameReady, becameUnready, scheduled, started } from './podProgress';
import { podTrouble, slotTrouble } from './podTrouble';
import type { Sentence } from './sentence';
import type { PodStep, SlotStep } from './step';

/** In this order, and the first that applies: one event is one sentence, and its greatest consequence is the one to tell. */
const slotRules: ((step: SlotStep) => Sentence | undefined)[] = [adopted, orphaned, appeared, gone, slotTrouble];
const podRules: ((step: PodStep) => Sentence | undefined)[] = [
  stopping,
  becameReady,
  podTrouble,
  becameUnready,
  started,
  scheduled,
];

export function slotSentences(change: Change): Sentence[] {
  return changedSlots(change.before, change.after).flatMap(({ setBefore, setAfter, ...slots }): Sentence[] => {
    // A set that goes takes its slots along: what becomes of its pods is told of them.
    if (!setAfter) return [];
    const said = slotSentence({ ...slots, set: setAfter, setBefore, change });
    return said ? [said] : [];
  });
}

function slotSentence(step: SlotStep): Sentence | undefined {
  for (const rule of slotRules) {
    const said = rule(step);
    if (said) return said;
  }
  const pod = samePod(step);
  if (!pod) return undefined;
  for (const rule of podRules) {
    const said = rule(pod);
    if (said) return said;
  }
  return undefined;
}

function samePod(step: SlotStep): PodStep | undefined {
  const { before, after } = step;
  if (!before?.pod || !after?.pod || before.pod.uid !== after.pod.uid) return undefined;
  return { ...step, before, after, was: before.pod, is: after.pod };
}
