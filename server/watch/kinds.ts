import { deploymentFacts, replicaSetFacts } from '../../lib/board/facts/deployment';
import { eventFacts, namespaceFacts } from '../../lib/board/facts/event';
import type {
  ClaimFacts,
  ClassFacts,
  DeploymentFacts,
  EventFacts,
  Facts,
  NamespaceFacts,
  PodFacts,
  ReplicaSetFacts,
  RevisionFacts,
  ServiceFacts,
  SetFacts,
  SliceFacts,
  VolumeFacts,
} from '../../lib/board/facts/facts';
import { serviceFacts, sliceFacts } from '../../lib/board/facts/network';
import { podFacts } from '../../lib/board/facts/pod';
import { revisionFacts } from '../../lib/board/facts/revision';
import { setFacts } from '../../lib/board/facts/set';
import { claimFacts, classFacts, volumeFacts } from '../../lib/board/facts/storage';
import type { KubernetesObject } from '../../lib/kubernetes/metadata';
import { isRecord, textAt } from '../kubernetes/json';

/** What is watched, once each for all viewers, and what is kept of it. */
export interface FactsOf {
  namespaces: NamespaceFacts;
  persistentvolumes: VolumeFacts;
  storageclasses: ClassFacts;
  statefulsets: SetFacts;
  deployments: DeploymentFacts;
  replicasets: ReplicaSetFacts;
  controllerrevisions: RevisionFacts;
  pods: PodFacts;
  services: ServiceFacts;
  endpointslices: SliceFacts;
  persistentvolumeclaims: ClaimFacts;
  events: EventFacts;
}

export type Kind = keyof FactsOf;
/** Those of the whole cluster. Who may not see them still has a true board, which says what it does not show. */
export type ClusterKind = 'namespaces' | 'persistentvolumes' | 'storageclasses';
export type NamespacedKind = Exclude<Kind, ClusterKind>;

export const kinds: readonly Kind[] = [
  'namespaces',
  'persistentvolumes',
  'storageclasses',
  'statefulsets',
  'deployments',
  'replicasets',
  'controllerrevisions',
  'pods',
  'services',
  'endpointslices',
  'persistentvolumeclaims',
  'events',
];

export const namespacedKinds: readonly NamespacedKind[] = [
  'statefulsets',
  'deployments',
  'replicasets',
  'controllerrevisions',
  'pods',
  'services',
  'endpointslices',
  'persistentvolumeclaims',
  'events',
];

export function isClusterKind(kind: Kind): kind is ClusterKind {
  return !(namespacedKinds as readonly Kind[]).includes(kind);
}

/**
 * A board is true without it, though poorer: who may not see what belongs to the whole cluster, or Deployments and their ReplicaSets,
 * or remembered revisions, has his sets, pods and claims all the same.
 */
export function isOptional(kind: Kind): boolean {
  return isClusterKind(kind) || kind === 'deployments' || kind === 'replicasets' || kind === 'controllerrevisions';
}

export const projections: { readonly [K in Kind]: (object: unknown) => FactsOf[K] | undefined } = {
  namespaces: projection([], namespaceFacts),
  persistentvolumes: projection(['spec'], volumeFacts),
  storageclasses: projection([], classFacts),
  statefulsets: projection(['spec', 'status'], setFacts),
  deployments: projection(['spec', 'status'], deploymentFacts),
  replicasets: projection(['spec', 'status'], replicaSetFacts),
  controllerrevisions: projection([], revisionFacts),
  pods: projection(['spec', 'status'], podFacts),
  services: projection(['spec'], serviceFacts),
  endpointslices: projection([], sliceFacts),
  persistentvolumeclaims: projection(['spec'], claimFacts),
  events: projection(['involvedObject'], eventFacts),
};

/**
 * Keeps the facts and drops the object. The API server has validated what it sends; an object that still does not have the
 * shape its kind promises (an aggregated server's, say) is left out rather than ending the watch of all the others.
 */
function projection<T extends KubernetesObject, F extends Facts>(
  fields: string[],
  facts: (object: T) => F,
): (object: unknown) => F | undefined {
  const matches = (object: unknown): object is T =>
    isRecord(object) &&
    textAt(object, 'metadata', 'name') !== undefined &&
    textAt(object, 'metadata', 'uid') !== undefined &&
    fields.every((field) => isRecord(object[field]));
  return (object) => {
    if (!matches(object)) return undefined;
    try {
      return facts(object);
    } catch {
      return undefined;
    }
  };
}
