import { isPodTerminal, isTerminating, type Pod, type PodTemplateSpec } from '../../../../lib/kubernetes/pod';
import type { DaemonSet } from '../../../../lib/kubernetes/workloads';
import { templateGenerationOf } from '../../api/kinds/daemonSet';
import { affinityFor, daemonTolerations, targetNode } from './placement';

export const hashLabel = 'controller-revision-hash';
const generationLabel = 'pod-template-generation';

/** The template of the pod for one node (util.CreatePodTemplate). */
export function templateFor(set: DaemonSet, node: string, hash: string): PodTemplateSpec {
  const { metadata = {}, spec } = set.spec.template;
  const labels = {
    ...metadata.labels,
    [generationLabel]: String(templateGenerationOf(set)),
    [hashLabel]: hash,
  };
  return {
    metadata: { ...metadata, labels },
    spec: { ...spec, tolerations: daemonTolerations(spec), affinity: affinityFor(node, spec.affinity) },
  };
}

/** By hash, or by the number that older servers counted in (util.IsPodUpdated). */
export function isUpdated({ metadata: { labels = {} } }: Pod, set: DaemonSet, hash: string): boolean {
  return labels[hashLabel] === hash || labels[generationLabel] === String(templateGenerationOf(set));
}

export type PodsByNode = ReadonlyMap<string, readonly Pod[]>;

/** What has ended and is going counts no more, so that its successor need not wait for it. */
export function byNode(pods: readonly Pod[]): PodsByNode {
  const nodes = new Map<string, Pod[]>();
  for (const pod of pods) {
    const node = targetNode(pod);
    if (node === undefined || (isPodTerminal(pod) && isTerminating(pod))) continue;
    nodes.set(node, [...(nodes.get(node) ?? []), pod]);
  }
  return nodes;
}

/** Scheduled ones first, then the oldest (podByCreationTimestampAndPhase). */
export function oldestFirst(pods: readonly Pod[]): Pod[] {
  const rank = (pod: Pod) => [
    pod.spec.nodeName ? '0' : '1',
    pod.metadata.creationTimestamp ?? '',
    pod.metadata.name ?? '',
  ];
  return [...pods].sort((a, b) => (rank(a).join(' ') < rank(b).join(' ') ? -1 : 1));
}
