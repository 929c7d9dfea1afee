import type { Node } from '../../../lib/kubernetes/cluster';
import type { Pod } from '../../../lib/kubernetes/pod';
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

/** A node and what already counts against it: unfinished pods bound to it, or about to be. */
export interface NodeView {
  node: Node;
  /** Never changed in place: what is worked out from it is remembered by it. */
  pods: readonly Pod[];
}
