import { isPodReady, isTerminating, podCondition, type Pod } from '../../../../lib/kubernetes/pod';
import { isFinished } from '../statefulset/podState';

export const isActive = (pod: Pod) => !isFinished(pod) && !isTerminating(pod);

const phaseRank: Partial<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

/**
 * The `count` pods that are to go, those that are least of a loss first (ActivePodsWithRanks in
 * pkg/controller/controller_utils.go): not scheduled, not running, not ready, cheap by annotation, crowded on their node,
 * ready for a short time, often restarted, young. `related` are the pods of all sets of the same owner.
 */
export function podsToDelete(pods: readonly Pod[], related: readonly Pod[], count: number, now: number): Pod[] {
  if (count >= pods.length) return pods.slice(0, count);
  const onNode = new Map<string, number>();
  for (const pod of related.filter(isActive)) {
    const node = pod.spec.nodeName ?? '';
    onNode.set(node, (onNode.get(node) ?? 0) + 1);
  }
  const crowd = (pod: Pod) => onNode.get(pod.spec.nodeName ?? '') ?? 0;
  return [...pods].sort((a, b) => comparePods(a, b, crowd, now)).slice(0, count);
}

function comparePods(a: Pod, b: Pod, crowd: (pod: Pod) => number, now: number): number {
  const nodes = [a.spec.nodeName ?? '', b.spec.nodeName ?? ''];
  if (nodes[0] !== nodes[1] && nodes.includes('')) return nodes[0] === '' ? -1 : 1;
  return (
    rankOf(a) - rankOf(b) ||
    Number(isPodReady(a)) - Number(isPodReady(b)) ||
    deletionCost(a) - deletionCost(b) ||
    crowd(b) - crowd(a) ||
    compareAges(readySince(a), readySince(b), a, b, now) ||
    restarts(b, 'containerStatuses') - restarts(a, 'containerStatuses') ||
    restarts(b, 'initContainerStatuses') - restarts(a, 'initContainerStatuses') ||
    compareAges(createdAt(a), createdAt(b), a, b, now)
  );
}

const rankOf = (pod: Pod) => phaseRank[pod.status.phase ?? ''] ?? 0;

function deletionCost({ metadata: { annotations } }: Pod): number {
  const text = annotations?.['controller.kubernetes.io/pod-deletion-cost'];
  return text !== undefined && /^(0|-?[1-9][0-9]*)$/.test(text) ? Number(text) : 0;
}

function readySince(pod: Pod): number | undefined {
  return isPodReady(pod) ? millis(podCondition(pod, 'Ready')?.lastTransitionTime) : undefined;
}

const createdAt = (pod: Pod) => millis(pod.metadata.creationTimestamp);

function millis(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}

/** Younger first, but by magnitude only: among pods of about one age chance (the uid) decides, so that zones stay even. */
function compareAges(since: number | undefined, other: number | undefined, a: Pod, b: Pod, now: number): number {
  if (since === other) return 0;
  if (since === undefined || other === undefined) return since === undefined ? -1 : 1;
  const magnitude = (time: number) => (now > time ? Math.floor(Math.log2((now - time) * 1e6)) : -1);
  return magnitude(since) - magnitude(other) || ((a.metadata.uid ?? '') < (b.metadata.uid ?? '') ? -1 : 1);
}

/** The most often restarted container; of init containers only those that go on running count. */
function restarts(pod: Pod, field: 'containerStatuses' | 'initContainerStatuses'): number {
  const sidecars = new Set(
    (pod.spec.initContainers ?? []).filter((c) => c.restartPolicy === 'Always').map((c) => c.name),
  );
  const counted = (pod.status[field] ?? []).filter((s) => field === 'containerStatuses' || sidecars.has(s.name));
  return Math.max(0, ...counted.map((s) => s.restartCount));
}
