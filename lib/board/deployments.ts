import { namedClaims } from './claims';
import { usersOf } from './claimUse';
import type { DeploymentFacts, PodFacts, ReplicaSetFacts } from './facts/facts';
import { present } from './facts/identity';
import type { ClaimView, DeploymentView, LoosePod } from './model';
import { podState } from './slotState';
import type { NamespaceSnapshot } from './snapshot';
import { unboundInputs } from './unbound';

/** Pods by the uid of their controller, each list in the order in which the watch first told them. */
export type OwnedPods = ReadonlyMap<string, readonly PodFacts[]>;

type Owner = Pick<DeploymentFacts, 'uid' | 'name' | 'view' | 'claims'>;

/** A Deployment with its ReplicaSets and their pods. */
export interface DeploymentGroup {
  owner: Owner;
  replicaSets: readonly ReplicaSetFacts[];
  pods: readonly PodFacts[];
  /** Everything that its view is made of, as objects that are replaced when they change. */
  inputs: readonly unknown[];
}

/**
 * Who belongs to whom, by owner references alone: pod → ReplicaSet → Deployment. A ReplicaSet whose Deployment is not here stands
 * for itself: made by hand, orphaned, waiting to be collected, or of a Deployment that we may not see.
 */
export function deploymentsOf(snapshot: NamespaceSnapshot, owned: OwnedPods): DeploymentGroup[] {
  const byOwner = new Map<string, ReplicaSetFacts[]>();
  const known = new Set([...snapshot.deployments.values()].map(({ uid }) => uid));
  const bare: ReplicaSetFacts[] = [];
  for (const set of snapshot.replicaSets.values()) {
    const root = gatheredUnder(set, known);
    if (root === set.uid) bare.push(set);
    else byOwner.set(root, [...(byOwner.get(root) ?? []), set]);
  }
  const groups = [
    ...[...snapshot.deployments.values()].map((owner) => groupOf(owner, byOwner.get(owner.uid) ?? [], owned, snapshot)),
    ...bare.map((set) => groupOf(asOwner(set), [set], owned, snapshot)),
  ];
  return groups.sort((a, b) => (a.owner.name < b.owner.name ? -1 : a.owner.name > b.owner.name ? 1 : 0));
}

/** The uid under which a ReplicaSet's pods are gathered: its Deployment's, or its own. */
export function gatheredUnder(set: Pick<ReplicaSetFacts, 'uid' | 'owner'>, deployments: ReadonlySet<string>): string {
  return set.owner && deployments.has(set.owner.uid) ? set.owner.uid : set.uid;
}

function groupOf(
  owner: Owner,
  replicaSets: readonly ReplicaSetFacts[],
  owned: OwnedPods,
  snapshot: NamespaceSnapshot,
): DeploymentGroup {
  const pods = replicaSets.flatMap((set) => owned.get(set.uid) ?? []);
  const { loosePods, claims, volumes, events } = snapshot;
  const inputs: unknown[] = [owner.view, snapshot.writes.revision, ...replicaSets, ...pods];
  inputs.push(loosePods.departedOf(owner.uid));
  for (const pod of pods) inputs.push(loosePods.of(pod.uid));
  const mounted = claimsOf(owner, pods);
  for (const name of mounted) {
    const claim = claims.get(name);
    inputs.push(claim, volumes.get(claim?.view.volumeName ?? ''), ...usersOf(name, snapshot));
    if (claim?.view.phase === 'Pending') inputs.push(...unboundInputs(claim, snapshot));
  }
  for (const event of events.values()) {
    const { object } = event.view;
    if (object.startsWith('PersistentVolumeClaim/') && mounted.has(object.slice(object.indexOf('/') + 1)))
      inputs.push(event);
  }
  return { owner, replicaSets, pods, inputs };
}

function asOwner(set: ReplicaSetFacts): Owner {
  const { name, uid, replicas, readyReplicas, containers, createdAt, terminating } = set.view;
  const view = present({
    kind: 'ReplicaSet' as const,
    ...{ name, uid, replicas, readyReplicas, containers, createdAt, terminating },
    updatedReplicas: readyReplicas,
    availableReplicas: set.availableReplicas,
    paused: false,
    revision: 0,
    trouble: set.trouble,
  });
  return { uid: set.uid, name: set.name, view, claims: set.claims };
}

/** The template says what every pod mounts; a pod of an older template may mount something else still. */
function claimsOf(owner: Owner, pods: readonly PodFacts[]): Set<string> {
  return new Set([...owner.claims, ...pods.flatMap((pod) => pod.claims)]);
}

export function deploymentView(group: DeploymentGroup, snapshot: NamespaceSnapshot): DeploymentView {
  const { owner, replicaSets, pods } = group;
  const claims = namedClaims(claimsOf(owner, pods), snapshot);
  const names = new Map(replicaSets.map((set) => [set.uid, set.name]));
  return present({
    ...owner.view,
    trouble: owner.view.trouble ?? replicaSets.find((set) => set.trouble)?.trouble,
    replicaSets: replicaSets
      .map((set) => set.view)
      .sort((a, b) => b.revision - a.revision || b.createdAt - a.createdAt || (a.name < b.name ? -1 : 1)),
    // The sort is stable: of those made in the same second, whom the watch told first is first.
    pods: [...pods]
      .sort((a, b) => a.view.createdAt - b.view.createdAt)
      .map((pod) => loosePod(pod, names.get(pod.owner?.uid ?? '') ?? '', claims, snapshot)),
    departed: [...snapshot.loosePods.departedOf(owner.uid)],
    claims,
  });
}

function loosePod(pod: PodFacts, replicaSet: string, claims: ClaimView[], snapshot: NamespaceSnapshot): LoosePod {
  const { wasReady, replaces } = snapshot.loosePods.of(pod.uid);
  const mounted = claims.filter((claim) => pod.claims.includes(claim.name));
  return present({ ...pod.view, ...podState(pod, { wasReady, claims: mounted }), replicaSet, replaces });
}
