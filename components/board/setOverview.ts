import type { SlotState, StatefulSetView } from '../../lib/board/model';

/** Up to this many sets are found by looking; beyond, they are picked from a list. */
export const setsWithoutList = 4;

/** What most needs a look comes first. */
const gravity: SlotState[] = [
  'failed',
  'unready',
  'terminating',
  'pending',
  'starting',
  'waiting',
  'ready',
  'finished',
];

/** One state for a whole set: the gravest of the slots that are wanted. A set of none is `empty`. */
export function worstState({ slots }: StatefulSetView): SlotState {
  const states = new Set(slots.filter((slot) => slot.wanted || slot.pod).map((slot) => slot.state));
  return gravity.find((state) => states.has(state)) ?? 'empty';
}

/** Sets whose name has the text in it, whatever its case; only those that are not all ready when asked for. */
export function filterSets(
  sets: readonly StatefulSetView[],
  text: string,
  onlyUnready: boolean,
): readonly StatefulSetView[] {
  const wanted = text.trim().toLowerCase();
  return sets.filter(
    (set) => set.name.toLowerCase().includes(wanted) && (!onlyUnready || set.readyReplicas !== set.replicas),
  );
}
