import type { Board, ClaimView, DeploymentView, LoosePod, PodView } from './model';

/** Every pod of the namespace: those in slots by set and ordinal, then Deployments', then the others. */
export function allPods(board: Board): PodView[] {
  return [
    ...board.sets.flatMap((set) => set.slots.flatMap((slot) => slot.pod ?? [])),
    ...board.deployments.flatMap((deployment) => deployment.pods),
    ...board.otherPods,
  ];
}

/** Every claim of the namespace: those of slots by set and ordinal, then the others, be they a Deployment's or nobody's. */
export function allClaims(board: Board): ClaimView[] {
  return [...board.sets.flatMap((set) => set.slots.flatMap((slot) => slot.claims)), ...board.otherClaims];
}

export function deploymentOfPod(board: Board, name: string): { deployment: DeploymentView; pod: LoosePod } | undefined {
  for (const deployment of board.deployments) {
    const pod = deployment.pods.find((candidate) => candidate.name === name);
    if (pod) return { deployment, pod };
  }
  return undefined;
}

/** Names of the claims that a pod's containers mount, each once. */
export function claimsOfPod(pod: PodView): string[] {
  return [...new Set(pod.containers.flatMap((c) => c.mounts.flatMap((mount) => mount.claim ?? [])))];
}

/** Whether this pod's ReplicaSet makes another one when it goes: of those that stay it has then fewer than it should have. */
export function isMadeUpFor({ deployment, pod }: { deployment: DeploymentView; pod: LoosePod }): boolean {
  const set = deployment.replicaSets.find((candidate) => candidate.name === pod.replicaSet);
  if (!set || set.terminating || deployment.terminating) return false;
  const inForce = deployment.pods.filter(
    (other) => other.replicaSet === pod.replicaSet && other.deletingSince === undefined && other.name !== pod.name,
  );
  return inForce.length < set.replicas;
}
