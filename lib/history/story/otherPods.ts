import { deploymentOfPod, isMadeUpFor } from '../../board/pods';
import type { Board, DeploymentView, LoosePod, PodView, Reason } from '../../board/model';
import type { Change } from '../change';
import { changedPairs } from '../pairs';
import { ended, standingTrouble } from './podTrouble';
import { sentence, type Sentence, type Why } from './sentence';

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
  if (!is) return was && !hasSlot(after, was) ? left(was, before, after) : undefined;
  if (!was) return hasSlot(before, is) ? undefined : came(is, after);
  if (was.deletingSince === undefined && is.deletingSince !== undefined) return stopping(is, after);
  if (is.deletingSince !== undefined) return undefined;
  if (!was.ready && is.ready) return sentence('podReady', 'pod', is.name, { tone: 'ready' });
  return troubled(was, is, after) ?? becameUnready(was, is);
}

function troubled(was: PodView, is: PodView, after: Board): Sentence | undefined {
  const loose = deploymentOfPod(after, is.name);
  return (
    ended(was, is, loose && isMadeUpFor(loose) ? 'anotherComes' : undefined) ??
    standingTrouble(waitingOf(was), waitingOf(is), was, is, () => (loose ? whoElse(loose) : 'triesAgain'))
  );
}

/** A pod of a Deployment comes with its reason; of any other one there is only the word that kubectl prints. */
function waitingOf(pod: PodView | LoosePod): { waitsFor?: Reason } {
  if ('replicaSet' in pod) return pod;
  const [container] = pod.containers;
  // Of several, kubectl's word does not say which.
  if (!container || pod.containers.length > 1 || pod.ready) return {};
  const code = pullStatuses.has(pod.status) ? 'imagePull' : pod.status === 'CrashLoopBackOff' ? 'crashLoop' : undefined;
  if (!code) return {};
  return { waitsFor: { code, subject: code === 'imagePull' ? container.image : container.name } };
}

const pullStatuses = new Set(['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull']);

/**
 * A Deployment's pods do not wait for each other. Of an update that surges the old ones go only as new ones become available
 * (pkg/controller/deployment/rolling.go), so one that never does leaves them where they are.
 */
function whoElse({ deployment, pod }: { deployment: DeploymentView; pod: LoosePod }): Why {
  const { pods, strategy } = deployment;
  const isUpdate = strategy?.type === 'RollingUpdate' && pod.replicaSet === deployment.replicaSets[0]?.name;
  return isUpdate && pods.some((other) => other.replicaSet !== pod.replicaSet && other.ready)
    ? 'oldPodsServe'
    : 'holdsNobody';
}

function becameUnready(was: PodView, is: PodView): Sentence | undefined {
  if (!was.ready || is.ready) return undefined;
  return sentence('podUnready', 'pod', is.name, { why: 'leavesServices', tone: 'wait' });
}

function came(pod: PodView, after: Board): Sentence {
  const former = deploymentOfPod(after, pod.name)?.pod.replaces;
  if (former === undefined) return sentence('podCreated', 'pod', pod.name, { tone: 'wait' });
  return sentence('podInstead', 'pod', pod.name, { why: 'anotherName', values: { former }, tone: 'wait' });
}

function stopping(pod: PodView, after: Board): Sentence {
  const loose = deploymentOfPod(after, pod.name);
  const why = loose && isMadeUpFor(loose) ? 'anotherComes' : undefined;
  return sentence('podStopping', 'pod', pod.name, { why, tone: 'gone' });
}

/** What a Deployment has instead is another pod, of another name: nothing comes back. Told where the two were seen to go together. */
function left(pod: PodView, before: Board, after: Board): Sentence {
  const { name, uid } = pod;
  if (before.otherPods.includes(pod))
    return sentence('podGone', 'pod', name, { why: 'nobodyBringsBack', tone: 'gone' });
  const owner = after.deployments.find(({ departed }) => departed.some((gone) => gone.uid === uid));
  const instead = owner?.departed.find((gone) => gone.uid === uid)?.instead;
  if (!owner || instead === undefined) return sentence('podGone', 'pod', name, { tone: 'gone' });
  const ip = owner.pods.find((candidate) => candidate.name === instead)?.ip ?? '';
  const hasMoved = ip !== '' && pod.ip !== '' && ip !== pod.ip;
  const values = { kind: owner.kind, instead, former: name, ip, formerIp: pod.ip };
  const why = hasMoved ? 'anotherNameAndIp' : 'anotherName';
  return sentence('podGoneFor', 'pod', name, { why, values, tone: 'gone' });
}

function loosePods(board: Board): PodView[] {
  return [...board.deployments.flatMap(({ pods }) => pods), ...board.otherPods];
}

function hasSlot(board: Board, { uid }: PodView): boolean {
  return board.sets.some((set) => set.slots.some((slot) => slot.pod?.uid === uid));
}
