import type { Node } from '../../../lib/kubernetes/cluster';
import { isPodTerminal, type Pod } from '../../../lib/kubernetes/pod';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../../lib/kubernetes/storage';

/** The cluster at the moment one pod is placed. */
export interface Snapshot {
  nodes: readonly NodeView[];
  claim(namespace: string, name: string): PersistentVolumeClaim | undefined;
  volume(name: string): PersistentVolume | undefined;
  volumes(): readonly PersistentVolume[];
  storageClass(name: string): StorageClass | undefined;
  namespaceLabels(name: string): Record<string, string>;
}

/** A node and what already counts against it: pods bound to it, or about to be. */
export interface NodeView {
  node: Node;
  pods: readonly Pod[];
}

/** Nodes with their unfinished pods; `assumed` are pods just placed whose binding the cache does not show yet. */
export function nodeViews(
  nodes: readonly Node[],
  pods: readonly Pod[],
  assumed: ReadonlyMap<string, { pod: Pod; node: string }>,
): NodeView[] {
  const byNode = new Map<string, Pod[]>(nodes.map((node) => [node.metadata.name ?? '', []]));
  const seen = new Set<string>();
  for (const pod of pods) {
    if (!pod.spec.nodeName || isPodTerminal(pod)) continue;
    seen.add(pod.metadata.uid ?? '');
    byNode.get(pod.spec.nodeName)?.push(pod);
  }
  for (const [uid, { pod, node }] of assumed) if (!seen.has(uid)) byNode.get(node)?.push(pod);
  return [...nodes]
    .sort((a, b) => ((a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1))
    .map((node) => ({ node, pods: byNode.get(node.metadata.name ?? '') ?? [] }));
}
