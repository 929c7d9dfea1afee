import { controllerOf, type KubernetesObject } from '../../../../lib/kubernetes/metadata';
import { isPodReady, type Pod } from '../../../../lib/kubernetes/pod';
import { keyOf, type Informer } from './informer';
import { stable } from './stable';

export interface OwnedPodsOptions<T extends KubernetesObject> {
  pods: Informer<Pod>;
  /** The kind in the pods' references. */
  kind: string;
  get(name: string, namespace?: string): T | undefined;
  list(namespace?: string): T[];
  /** Whether this owner would adopt the pod. */
  matches(owner: T, pod: Pod): boolean;
  /** With it the owner is woken again when a pod that became ready becomes available. */
  minReadySeconds?(owner: T): number;
  enqueue(key: string): void;
  enqueueAfter(key: string, delayMs: number): void;
}

/** The index under which `ownPods` finds them. */
const index = 'controller';

/** Wakes the owner of each pod that changes, and, for a pod that nobody controls, every owner that might adopt it. */
export function watchOwnedPods<T extends KubernetesObject>(options: OwnedPodsOptions<T>): void {
  const { pods, kind, enqueue } = options;
  pods.addIndex(index, (pod) => [controllerOf(pod.metadata)?.uid ?? `orphan/${pod.metadata.namespace}`]);
  const wakeOwner = (pod: Pod): T | undefined => {
    const ref = controllerOf(pod.metadata);
    const owner = ref?.kind === kind ? options.get(ref.name, pod.metadata.namespace) : undefined;
    if (!owner || owner.metadata.uid !== ref?.uid) return undefined;
    enqueue(keyOf(owner));
    return owner;
  };
  const wakeAdopters = (pod: Pod) => {
    if (Object.keys(pod.metadata.labels ?? {}).length === 0) return;
    for (const owner of options.list(pod.metadata.namespace)) if (options.matches(owner, pod)) enqueue(keyOf(owner));
  };
  pods.on({
    added(pod) {
      if (controllerOf(pod.metadata)) wakeOwner(pod);
      else if (!pod.metadata.deletionTimestamp) wakeAdopters(pod);
    },
    modified(pod, previous) {
      const [ref, oldRef] = [controllerOf(pod.metadata), controllerOf(previous.metadata)];
      const isRefChanged = stable(ref) !== stable(oldRef);
      if (isRefChanged && oldRef) wakeOwner(previous);
      if (!ref) {
        if (isRefChanged || stable(pod.metadata.labels) !== stable(previous.metadata.labels)) wakeAdopters(pod);
        return;
      }
      const owner = wakeOwner(pod);
      const minReady = owner ? (options.minReadySeconds?.(owner) ?? 0) : 0;
      if (owner && minReady > 0 && !isPodReady(previous) && isPodReady(pod))
        options.enqueueAfter(keyOf(owner), minReady * 1000);
    },
    deleted: (pod) => void wakeOwner(pod),
  });
}

/** The pods that `owner` controls. */
export function ownPods(pods: Informer<Pod>, owner: KubernetesObject): Pod[] {
  return pods.by(index, owner.metadata.uid ?? '');
}

/** The pods of a namespace that nobody controls. */
export function orphanPods(pods: Informer<Pod>, namespace: string): Pod[] {
  return pods.by(index, `orphan/${namespace}`);
}
