import type { KubernetesObject, ObjectMeta } from '../../../lib/kubernetes/metadata';
import type { Namespace } from '../../../lib/kubernetes/cluster';
import { timestamp } from '../clock';
import type { Core } from './core';
import { forbiddenError, notFoundError } from './errors';
import type { Target } from './registry';

/** apiserver/pkg/admission/plugin/namespace/lifecycle: nothing is created in a namespace that is missing or going. */
export function checkNamespace(core: Core, target: Target, draft: KubernetesObject): void {
  if (!target.kind.namespaced) return;
  const namespace = core.storage.get('namespaces', target.namespace) as Namespace | undefined;
  if (!namespace) throw notFoundError({ group: '', plural: 'namespaces' }, target.namespace);
  if (namespace.metadata.deletionTimestamp === undefined) return;
  const why = `unable to create new content in namespace ${target.namespace} because it is being terminated`;
  throw forbiddenError(target.kind, draft.metadata.name ?? '', why, [
    {
      reason: 'NamespaceTerminating',
      message: `namespace ${target.namespace} is being terminated`,
      field: 'metadata.namespace',
    },
  ]);
}

/** Namespaces that must not go: kube-system and its like (the same admission plugin). */
const immortal = new Set(['default', 'kube-system', 'kube-public']);

export function checkNamespaceDeletion({ kind, name }: Target): void {
  if (kind.plural === 'namespaces' && kind.group === '' && immortal.has(name))
    throw forbiddenError(kind, name, 'this namespace may not be deleted');
}

/** Marks an object as going; it stays until its finalizers are gone (registry/store.go markAsDeleting). */
export function markAsDeleting(metadata: ObjectMeta, now: number): void {
  if (metadata.deletionTimestamp === undefined && (metadata.generation ?? 0) > 0)
    metadata.generation = (metadata.generation ?? 0) + 1;
  if (metadata.deletionTimestamp === undefined || Date.parse(metadata.deletionTimestamp) > now)
    metadata.deletionTimestamp = timestamp(now);
  metadata.deletionGracePeriodSeconds = 0;
}
