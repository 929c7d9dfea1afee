import type { Board, DeploymentView } from '../../board/model';
import type { Change } from '../change';
import { changedPairs } from '../pairs';
import { sentence, type Sentence, type Why } from './sentence';

/** Of Deployments, and of ReplicaSets that nobody controls. One that its Deployment has left behind is told of the Deployment. */
export function deploymentSentences({ before, after }: Change): Sentence[] {
  return changedPairs(before.deployments, after.deployments, ({ uid }) => uid).flatMap((pair): Sentence[] => {
    const said = pair.before
      ? pair.after
        ? changed(pair.before, pair.after)
        : gone(pair.before, before, after)
      : created(pair.after, before);
    return said ? [said] : [];
  });
}

function created(made: DeploymentView, before: Board): Sentence | undefined {
  const wasOwned = before.deployments.some(({ replicaSets }) => replicaSets.some(({ uid }) => uid === made.uid));
  if (wasOwned) return undefined;
  return about('deploymentCreated', made, { why: 'looseNames', values: { replicas: made.replicas } });
}

function gone(former: DeploymentView, before: Board, after: Board): Sentence | undefined {
  // Taken (back) by a Deployment: it is there, but not for itself any longer.
  const isTaken = after.deployments.some(({ replicaSets }) => replicaSets.some(({ uid }) => uid === former.uid));
  if (isTaken) return undefined;
  return about('deploymentGone', former, { why: whatRemains(former, before, after), tone: 'gone' });
}

/**
 * `--cascade=orphan` marks it first, lets its ReplicaSets go, and then removes it; in the background it is removed unmarked, with
 * its ReplicaSets still its own, to be collected (pkg/controller/garbagecollector).
 */
function whatRemains(
  { kind, name, terminating, replicaSets }: DeploymentView,
  before: Board,
  after: Board,
): Why | undefined {
  if (kind === 'ReplicaSet') return undefined;
  const stoodAlone = (uid: string) => before.deployments.some((one) => one.uid === uid);
  const isLeft = (one: DeploymentView) => one.name.startsWith(`${name}-`) && (terminating || stoodAlone(one.uid));
  if (after.deployments.some((one) => one.kind === 'ReplicaSet' && isLeft(one))) return 'setsStay';
  return replicaSets.length > 0 ? 'setsFollow' : undefined;
}

/** The first rule that applies, as of a set. */
function changed(before: DeploymentView, after: DeploymentView): Sentence | undefined {
  if (!before.terminating && after.terminating) return about('deploymentEnding', after, { tone: 'gone' });
  if (before.replicas !== after.replicas) return scaled(before, after);
  // 0 until the controller has given the first number, which the sentence of its creation stands for.
  if (before.revision === 0 || before.revision === after.revision) return undefined;
  const { revision, containers, strategy } = after;
  const image = containers.map((container) => container.image).join(', ');
  const pace: Record<string, string> =
    strategy?.type === 'RollingUpdate' ? { surge: strategy.maxSurge, unavailable: strategy.maxUnavailable } : {};
  const why = after.paused ? 'pausedSets' : strategy?.type === 'Recreate' ? 'recreateSets' : 'rollingSets';
  return about('deploymentRevised', after, { why, values: { revision, image, ...pace } });
}

function scaled(before: DeploymentView, after: DeploymentView): Sentence {
  const values = { from: before.replicas, to: after.replicas };
  if (after.replicas > before.replicas) return about('deploymentScaledUp', after, { why: 'looseNames', values });
  return about('deploymentScaledDown', after, { why: 'anyGoes', values });
}

type About = Parameters<typeof sentence>;

function about(what: About[0], { kind, name }: DeploymentView, more: NonNullable<About[3]>): Sentence {
  return sentence(what, 'deployment', name, { ...more, values: { kind, ...more.values } });
}
