import type { PodFacts } from './facts/facts';
import type { ClaimUse } from './model';
import type { NamespaceSnapshot } from './snapshot';

const mostNamed = 6;
const nobody: readonly PodFacts[] = [];
const known = new WeakMap<NamespaceSnapshot, ReadonlyMap<string, readonly PodFacts[]>>();

/**
 * The pods whose volumes name this claim, as `kubectl describe pvc` lists them (Used By), without those that have run to their end:
 * their volumes are unmounted, and what protects a claim from deletion leaves them out too (pkg/controller/volume/pvcprotection).
 */
export function usersOf(claim: string, snapshot: NamespaceSnapshot): readonly PodFacts[] {
  let users = known.get(snapshot);
  if (!users) known.set(snapshot, (users = allUsers(snapshot)));
  return users.get(claim) ?? nobody;
}

function allUsers(snapshot: NamespaceSnapshot): ReadonlyMap<string, readonly PodFacts[]> {
  const users = new Map<string, PodFacts[]>();
  for (const pod of snapshot.pods.values()) {
    if (pod.view.phase === 'Succeeded' || pod.view.phase === 'Failed') continue;
    for (const claim of pod.claims) {
      const others = users.get(claim);
      if (others) others.push(pod);
      else users.set(claim, [pod]);
    }
  }
  return users;
}

export function claimUse(claim: string, snapshot: NamespaceSnapshot): ClaimUse | undefined {
  const users = usersOf(claim, snapshot);
  if (users.length === 0) return undefined;
  const pods = users.map(({ name }) => name).sort();
  const nodes = [...new Set(users.flatMap(({ view }) => (view.node === '' ? [] : [view.node])))].sort();
  return { pods: pods.slice(0, mostNamed), count: pods.length, nodes: nodes.slice(0, mostNamed) };
}
