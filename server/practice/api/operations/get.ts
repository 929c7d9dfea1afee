import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { Core } from '../core';
import { notFoundError, plainError } from '../errors';
import { storageKey, type Target } from '../registry';

/** Throws NotFound. */
export function getObject(core: Core, { kind, namespace, name }: Target): KubernetesObject {
  if (kind.computed) return computedObject(kind.computed(), name);
  const object = core.storage.get(kind.plural, storageKey(namespace, name));
  if (!object) throw notFoundError(kind, name);
  return object;
}

/** The store of componentstatuses has no better answer either (pkg/registry/core/componentstatus/rest.go). */
function computedObject(objects: KubernetesObject[], name: string): KubernetesObject {
  const found = objects.find(({ metadata }) => metadata.name === name);
  if (!found) throw plainError(`Component not found: ${name}`);
  return found;
}
