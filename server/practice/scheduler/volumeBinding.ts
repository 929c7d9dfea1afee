import type { Pod } from '../../../lib/kubernetes/pod';
import type { PersistentVolumeClaim } from '../../../lib/kubernetes/storage';
import type { ApiClient } from '../client';
import type { Informers } from '../controllers/runtime/informer';
import { isFullyBound, selectedNodeAnnotation, type ClaimDecision } from './filters/volumes';

interface BindingDeps {
  client: ApiClient;
  waiters: ClaimWaiters;
  /** The pod is still to be bound. */
  isWanted(): boolean;
}

/** The pod's status says where it will go while its volumes are made (status.nominatedNodeName, since 1.35). */
export async function noteExpectedNode(client: ApiClient, pod: Pod, node: string): Promise<void> {
  const { name = '', namespace } = pod.metadata;
  if (pod.status.nominatedNodeName === node) return;
  await client.patch('pods', name, namespace, { status: { nominatedNodeName: node } }, { subresource: 'status' });
}

/**
 * Has the claims that waited for this pod bound: a volume that is there is promised to its claim, a new one is asked for
 * by naming the node on the claim. Resolves when the volume controller has bound them all, or the pod has gone.
 */
export async function bindClaims(decisions: ClaimDecision[], node: string, deps: BindingDeps): Promise<void> {
  for (const { claim, volume } of decisions) {
    const { name = '', namespace, uid, resourceVersion } = claim.metadata;
    if (volume) {
      const claimRef = { kind: 'PersistentVolumeClaim', apiVersion: 'v1', namespace, name, uid, resourceVersion };
      const annotations = { ...volume.metadata.annotations, 'pv.kubernetes.io/bound-by-controller': 'yes' };
      const bound = { ...volume, metadata: { ...volume.metadata, annotations }, spec: { ...volume.spec, claimRef } };
      await deps.client.update('persistentvolumes', bound);
    } else if (claim.metadata.annotations?.[selectedNodeAnnotation] !== node) {
      const patch = { metadata: { annotations: { [selectedNodeAnnotation]: node } } };
      await deps.client.patch('persistentvolumeclaims', name, namespace, patch);
    }
  }
  await deps.waiters.allBound(
    decisions.map(({ claim }) => claim),
    () => !deps.isWanted(),
  );
}

/** Tells those who wait for claims when the cache has changed: one set of handlers, however many wait. */
export class ClaimWaiters {
  private readonly checks = new Set<() => void>();

  constructor(private readonly informers: Informers) {
    const check = () => this.check();
    informers.for('persistentvolumeclaims').on({ added: check, modified: check, deleted: check });
    informers.for('pods').on({ deleted: check });
  }

  check(): void {
    for (const check of [...this.checks]) check();
  }

  /** Resolves when all claims are bound, or waiting makes no sense any more. */
  allBound(claims: readonly PersistentVolumeClaim[], isOver: () => boolean): Promise<void> {
    const cache = this.informers.for('persistentvolumeclaims');
    const isBound = ({ metadata }: PersistentVolumeClaim) => {
      const claim = cache.get(metadata.name ?? '', metadata.namespace);
      return claim !== undefined && isFullyBound(claim);
    };
    return new Promise((resolve) => {
      const check = () => {
        if (!isOver() && !claims.every(isBound)) return;
        this.checks.delete(check);
        resolve();
      };
      this.checks.add(check);
      check();
    });
  }
}
