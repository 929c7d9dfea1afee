import type { Node } from '../../../../lib/kubernetes/cluster';
import { isPodReady, isTerminating, type Pod } from '../../../../lib/kubernetes/pod';
import type { DaemonSet } from '../../../../lib/kubernetes/workloads';
import { scaledValue } from '../deployment/scaling';
import { isAvailable } from '../statefulset/podState';
import { hashLabel, oldestFirst, type PodsByNode } from './daemonPods';
import { wishFor } from './placement';

/** What is to be done, and what was found that a user should hear of. */
export interface Work {
  /** Names of nodes. */
  create: string[];
  delete: Pod[];
  /** Pods that ended although they were to run for ever; one that failed is deleted only when its node's back-off has passed. */
  ended: { pod: Pod; node: string }[];
}

/** A pod on each node that should have one, and none on the others (podsShouldBeOnNode in pkg/controller/daemon). */
export function manage(set: DaemonSet, nodes: readonly Node[], pods: PodsByNode, hash: string, now: number): Work {
  const work: Work = { create: [], delete: [], ended: [] };
  for (const node of nodes) manageNode(set, node, pods.get(node.metadata.name ?? ''), { hash, now, work });
  // Nobody else would delete a pod that waits for a node that is gone.
  const names = new Set(nodes.map(({ metadata }) => metadata.name));
  for (const [node, onNode] of pods)
    if (!names.has(node)) work.delete.push(...onNode.filter(({ spec }) => !spec.nodeName));
  return work;
}

function manageNode(
  set: DaemonSet,
  node: Node,
  pods: readonly Pod[] | undefined,
  { hash, now, work }: { hash: string; now: number; work: Work },
): void {
  const name = node.metadata.name ?? '';
  const { isWanted, mayStay } = wishFor(set, node);
  if (isWanted && !pods) return void work.create.push(name);
  const staying = (pods ?? []).filter((pod) => !isTerminating(pod));
  if (!mayStay) return void work.delete.push(...staying);
  const running = staying.filter(({ status }) => status.phase !== 'Failed' && status.phase !== 'Succeeded');
  work.ended.push(...staying.filter((pod) => !running.includes(pod)).map((pod) => ({ pod, node: name })));
  if (!allowsSurge(set)) return void work.delete.push(...oldestFirst(running).slice(1));
  if (running.length === 0 && isWanted) work.create.push(name);
  if (running.length > 1) work.delete.push(...surplus(set, running, hash, now));
}

export function allowsSurge({ spec: { updateStrategy = {} } }: DaemonSet): boolean {
  return updateStrategy.type === 'RollingUpdate' && scaledValue(updateStrategy.rollingUpdate?.maxSurge, 1, 'up') > 0;
}

/** While one surges, the oldest of the new and the oldest of the old may be there together, until the new one serves. */
function surplus(set: DaemonSet, pods: readonly Pod[], hash: string, now: number): Pod[] {
  const isNew = ({ metadata }: Pod) => metadata.labels?.[hashLabel] === hash;
  const sorted = oldestFirst(pods);
  const [next, old] = [sorted.find(isNew), sorted.find((pod) => !isNew(pod))];
  const others = sorted.filter((pod) => pod !== next && pod !== old);
  const isReplaced = next && old && (!isPodReady(old) || isAvailable(next, set.spec.minReadySeconds ?? 0, now));
  return isReplaced ? [...others, old] : others;
}
