import type { Namespace } from '../../../../lib/kubernetes/cluster';
import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import { timestamp } from '../../clock';
import type { Call, Core } from '../core';
import type { Kind } from '../kinds/kind';
import type { Target } from '../registry';
import { updateObject } from './update';

/**
 * What makes a Namespace unlike other kinds (pkg/registry/core/namespace): deleting it first marks it Terminating, and it
 * goes when `spec.finalizers`, which only `/finalize` writes, is empty as well.
 */
export function isNamespaceKind(kind: Kind): boolean {
  return kind.group === '' && kind.plural === 'namespaces';
}

export function hasSpecFinalizers(object: KubernetesObject): boolean {
  return ((object as Namespace).spec?.finalizers ?? []).length > 0;
}

/** The first delete: phase and timestamp, without a grace period. */
export function markNamespace(core: Core, draft: Namespace): void {
  if (draft.metadata.deletionTimestamp === undefined) draft.metadata.deletionTimestamp = timestamp(core.clock.now());
  draft.status = { ...draft.status, phase: 'Terminating' };
}

/** PUT …/finalize: only `spec.finalizers` is taken from the body. */
export function finalizeNamespace(core: Core, call: Call, target: Target, given: KubernetesObject): KubernetesObject {
  return updateObject(core, call, target, {
    subresource: 'finalize',
    produce: (old) => {
      const { metadata, spec } = given as Namespace;
      const { uid, resourceVersion, name, namespace } = metadata;
      const wanted = { ...old.metadata, name, namespace, resourceVersion, uid: uid || old.metadata.uid };
      return {
        ...old,
        metadata: wanted,
        spec: { ...(spec?.finalizers ? { finalizers: spec.finalizers } : {}) },
      } as Namespace;
    },
  });
}
