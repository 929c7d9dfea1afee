import type { Board, Slot, StatefulSetView } from '../board/model';
import { changedPairs, type Pair } from './pairs';

/** A slot that is another object than before, or was not there, or is not there any more. */
export type ChangedSlot = Pair<Slot> & {
  setBefore: StatefulSetView | undefined;
  setAfter: StatefulSetView | undefined;
};

/** By set, then by ordinal; of a set that is gone, all its slots. */
export function changedSlots(before: Board, after: Board): ChangedSlot[] {
  return changedPairs(before.sets, after.sets, (set) => set.name).flatMap((sets) =>
    changedPairs(sets.before?.slots ?? [], sets.after?.slots ?? [], (slot) => String(slot.ordinal)).map((slots) => ({
      ...slots,
      setBefore: sets.before,
      setAfter: sets.after,
    })),
  );
}
