import type { Board, PodView } from '../../board/model';
import type { Change } from '../change';
import { oncePerChange } from '../oncePerChange';
import { changedPairs } from '../pairs';

/** One event of a watch on pods, or one line of the list before it. */
export interface PodEvent {
  key: string;
  at: number;
  pod: PodView;
}

/** The list that a watch begins with, in the API's order: by name. */
export function podList(board: Board, at: number): PodEvent[] {
  return podsOf(board)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((pod) => ({ key: `list ${pod.uid}`, at, pod }));
}

/**
 * What a watch tells of one change: each write of a pod is an event, also one that changes nothing of what is printed; of a pod
 * that is gone it is the last state that is told. A change is one write as a rule; after a break only its outcome is known.
 */
export const podEvents = oncePerChange(({ before, after, at, position }: Change): PodEvent[] =>
  changedPairs(podsOf(before), podsOf(after), (pod) => pod.uid).flatMap((pair): PodEvent[] => {
    if (pair.before && pair.before.resourceVersion === pair.after?.resourceVersion) return [];
    const pod = pair.after ?? pair.before;
    return [{ key: `${position.epoch}.${position.version} ${pod.uid}`, at, pod }];
  }),
);

function podsOf(board: Board): PodView[] {
  const inSlots = board.sets.flatMap((set) => set.slots.flatMap((slot) => slot.pod ?? []));
  return [...inSlots, ...board.deployments.flatMap(({ pods }) => pods), ...board.otherPods];
}
