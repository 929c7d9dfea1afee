import { equalJson } from '../../../../lib/kubernetes/equal';
import { controllerOf, type KubernetesObject } from '../../../../lib/kubernetes/metadata';
import { keyOf, type Informer } from './informer';

export interface DependentsOptions<T extends KubernetesObject, D extends KubernetesObject> {
  dependents: Informer<D>;
  /** The owner's kind in the dependents' references. */
  kind: string;
  get(name: string, namespace?: string): T | undefined;
  list(namespace?: string): T[];
  /** Whether this owner would adopt the dependent. */
  matches(owner: T, dependent: D): boolean;
  enqueue(key: string): void;
  /** A dependent changed whose owner was just woken. */
  changed?(owner: T, dependent: D, previous: D): void;
}

/** The index under which `ownedBy` and `orphansIn` find them. */
const index = 'controller';

/** Wakes the owner of each dependent that changes; for one that nobody controls, every owner that might adopt it. */
export function watchDependents<T extends KubernetesObject, D extends KubernetesObject>(
  options: DependentsOptions<T, D>,
): void {
  const { dependents, kind, enqueue } = options;
  indexByController(dependents);
  const wakeOwner = (dependent: D): T | undefined => {
    const ref = controllerOf(dependent.metadata);
    const owner = ref?.kind === kind ? options.get(ref.name, dependent.metadata.namespace) : undefined;
    if (!owner || owner.metadata.uid !== ref?.uid) return undefined;
    enqueue(keyOf(owner));
    return owner;
  };
  const wakeAdopters = (dependent: D) => {
    if (Object.keys(dependent.metadata.labels ?? {}).length === 0) return;
    for (const owner of options.list(dependent.metadata.namespace))
      if (options.matches(owner, dependent)) enqueue(keyOf(owner));
  };
  dependents.on({
    added(dependent) {
      if (controllerOf(dependent.metadata)) wakeOwner(dependent);
      else if (!dependent.metadata.deletionTimestamp) wakeAdopters(dependent);
    },
    modified(dependent, previous) {
      const [ref, oldRef] = [controllerOf(dependent.metadata), controllerOf(previous.metadata)];
      const isRefChanged = !equalJson(ref, oldRef);
      if (isRefChanged && oldRef) wakeOwner(previous);
      if (ref) {
        const owner = wakeOwner(dependent);
        if (owner) options.changed?.(owner, dependent, previous);
      } else if (isRefChanged || !equalJson(dependent.metadata.labels, previous.metadata.labels))
        wakeAdopters(dependent);
    },
    deleted: (dependent) => void wakeOwner(dependent),
  });
}

export function indexByController<D extends KubernetesObject>(dependents: Informer<D>): void {
  dependents.addIndex(index, ({ metadata }) => [controllerOf(metadata)?.uid ?? `orphan/${metadata.namespace}`]);
}

/** What `owner` controls. */
export function ownedBy<D>(dependents: Informer<D>, owner: KubernetesObject): D[] {
  return dependents.by(index, owner.metadata.uid ?? '');
}

/** What nobody controls in a namespace. */
export function orphansIn<D>(dependents: Informer<D>, namespace: string): D[] {
  return dependents.by(index, `orphan/${namespace}`);
}
