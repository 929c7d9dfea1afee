import type { Board, PodView, Slot, StatefulSetView } from '../../board/model';
import type { Change } from '../change';

/** One slot from one board to the next. Never without both slots: a slot that comes or goes has had nothing, or has nothing left. */
export interface SlotStep {
  before: Slot | undefined;
  after: Slot | undefined;
  /** The set as it is; as it was, when it is gone. */
  set: StatefulSetView;
  setBefore: StatefulSetView | undefined;
  change: Change;
}

/** The same pod before and after. */
export interface PodStep extends SlotStep {
  before: Slot;
  after: Slot;
  was: PodView;
  is: PodView;
}

export function otherPod(board: Board, uid: string): PodView | undefined {
  return board.otherPods.find((pod) => pod.uid === uid);
}

export function claimNames(slot: Slot): string {
  return slot.claims.map((claim) => claim.name).join(', ');
}
