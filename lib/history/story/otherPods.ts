import type { Board, PodView } from '../../board/model';
import type { Change } from '../change';
import { changedPairs } from './pairs';
import { sentence, type Sentence } from './sentence';

/** Pods of no slot: a Deployment's, a debug pod, an orphan, what is left of a deleted set. Moves into and out of slots are told of the slots. */
export function otherPodSentences({ before, after }: Change): Sentence[] {
  return changedPairs(loosePods(before), loosePods(after), (pod) => pod.uid).flatMap((pair): Sentence[] => {
    const said = sentenceOf(pair.before, pair.after, before, after);
    return said ? [said] : [];
  });
}

function sentenceOf(
  was: PodView | undefined,
  is: PodView | undefined,
  before: Board,
  after: Board,
): Sentence | undefined {
  if (!is) return was && !hasSlot(after, was) ? left(was, before) : undefined;
  if (!was) return hasSlot(before, is) ? undefined : sentence('podCreated', 'pod', is.name, { tone: 'wait' });
  if (was.deletingSince === undefined && is.deletingSince !== undefined) {
    return sentence('podStopping', 'pod', is.name, { tone: 'gone' });
  }
  if (is.deletingSince !== undefined) return undefined;
  if (was.phase !== is.phase && is.phase === 'Failed') return sentence('podFailed', 'pod', is.name, { tone: 'fail' });
  if (was.phase !== is.phase && is.phase === 'Succeeded')
    return sentence('podFinished', 'pod', is.name, { tone: 'kept' });
  if (!was.ready && is.ready) return sentence('podReady', 'pod', is.name, { tone: 'ready' });
  return undefined;
}

/** What a Deployment has instead is another pod, of another name: nothing comes back. */
function left(pod: PodView, before: Board): Sentence {
  const why = before.otherPods.includes(pod) ? 'nobodyBringsBack' : undefined;
  return sentence('podGone', 'pod', pod.name, { why, tone: 'gone' });
}

function loosePods(board: Board): PodView[] {
  return [...board.deployments.flatMap(({ pods }) => pods), ...board.otherPods];
}

function hasSlot(board: Board, { uid }: PodView): boolean {
  return board.sets.some((set) => set.slots.some((slot) => slot.pod?.uid === uid));
}
