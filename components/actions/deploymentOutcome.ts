import { claimsOfPod } from '../../lib/board/pods';
import type { DeploymentView, LoosePod } from '../../lib/board/model';
import { counted, none, type Line, type Outcome } from './outcome';

/** `goes`: what goes of any pod that is deleted. Of a loose one the name goes with it. */
export function outcomeForLoosePod(
  { deployment, pod }: { deployment: DeploymentView; pod: LoosePod },
  goes: readonly Line[],
): Outcome {
  const { name, replicaSet } = pod;
  const set = deployment.replicaSets.find((candidate) => candidate.name === replicaSet);
  const inForce = deployment.pods.filter(
    (other) => other.replicaSet === replicaSet && other.deletingSince === undefined && other.name !== name,
  );
  const isReplaced = set !== undefined && !set.terminating && !deployment.terminating && inForce.length < set.replicas;
  return {
    ...none(),
    goes: [...goes, { key: 'looseName', values: { name } }],
    stays: counted('sharedClaims', claimsOfPod(pod)),
    then: [isReplaced ? { key: 'looseAnother', values: { set: replicaSet } } : { key: 'looseNone' }],
  };
}
