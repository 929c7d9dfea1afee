import { claimsOfPod, isMadeUpFor } from '../../lib/board/pods';
import type { Cascade } from '../../lib/actions/contracts';
import type { DeploymentView, LoosePod } from '../../lib/board/model';
import { counted, none, type Line, type Outcome } from './outcome';

/** `goes`: what goes of any pod that is deleted. Of a loose one the name goes with it. */
export function outcomeForLoosePod(
  { deployment, pod }: { deployment: DeploymentView; pod: LoosePod },
  goes: readonly Line[],
): Outcome {
  const { name, replicaSet } = pod;
  return {
    ...none(),
    goes: [...goes, { key: 'looseName', values: { name } }],
    stays: counted('sharedClaims', claimsOfPod(pod)),
    then: [
      isMadeUpFor({ deployment, pod }) ? { key: 'looseAnother', values: { set: replicaSet } } : { key: 'looseNone' },
    ],
  };
}

const staying = (deployment: DeploymentView): LoosePod[] =>
  deployment.pods.filter((pod) => pod.deletingSince === undefined);
const namesOf = (parts: readonly { name: string }[]): string[] => parts.map(({ name }) => name);
const sharedClaims = ({ claims }: DeploymentView): Line[] =>
  counted('sharedClaimsStay', namesOf(claims.filter(({ phase }) => phase !== 'missing')));

/** Which pods go is the controller's choice (not ready and youngest first, more or less): it is not foretold here. */
export function outcomeOfScaleDeployment(deployment: DeploymentView, replicas: number): Outcome {
  const change = replicas - deployment.replicas;
  if (change === 0) return { ...none(), then: [{ key: 'scaleNone', values: { set: deployment.name, replicas } }] };
  const values = { count: Math.abs(change) };
  if (change > 0) return { ...none(), comes: [{ key: 'loosePodsCome', values }], then: [{ key: 'allAtOnce' }] };
  return {
    ...none(),
    goes: replicas === 0 ? counted('pods', namesOf(staying(deployment))) : [{ key: 'loosePodsGo', values }],
    stays: sharedClaims(deployment),
    then: [{ key: 'looseForGood' }],
  };
}

export function outcomeOfDeleteDeployment(deployment: DeploymentView, cascade: Cascade): Outcome {
  const itself: Line = { key: 'deployment', values: { name: deployment.name } };
  const sets = counted('replicaSets', namesOf(deployment.replicaSets));
  const pods = counted('pods', namesOf(deployment.pods));
  if (cascade === 'orphan')
    return {
      ...none(),
      goes: [itself],
      stays: [...sets, ...pods, ...sharedClaims(deployment)],
      then: sets.length > 0 ? [{ key: 'orphanSets' }] : [],
    };
  return {
    ...none(),
    goes: [itself, ...sets, ...pods],
    stays: sharedClaims(deployment),
    then: pods.length > 0 ? [{ key: 'looseForGood' }] : [],
  };
}

/** A template that differs, be it in an image or in the time of a restart, is another ReplicaSet with pods of its own. */
export function outcomeOfNewTemplate(deployment: DeploymentView): Outcome {
  const { replicas, strategy, paused } = deployment;
  if (paused) return { ...none(), then: [{ key: 'rolloutPaused' }] };
  const pods = staying(deployment);
  return {
    ...none(),
    goes: [...counted('pods', namesOf(pods)), ...(pods.length > 0 ? [{ key: 'layer' as const }] : [])],
    comes: [{ key: 'newReplicaSet', values: { count: replicas } }],
    stays: [...counted('replicaSetsKept', namesOf(deployment.replicaSets)), ...sharedClaims(deployment)],
    then:
      pods.length === 0
        ? []
        : strategy?.type === 'RollingUpdate'
          ? [{ key: 'rollingNow', values: { surge: strategy.maxSurge, unavailable: strategy.maxUnavailable } }]
          : [{ key: 'recreateNow' }],
  };
}
