import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { Core } from '../core';
import { notFoundError } from '../errors';
import { storageKey, type Target } from '../registry';

/** Throws NotFound. */
export function getObject(core: Core, { kind, namespace, name }: Target): KubernetesObject {
  const object = core.storage.get(kind.plural, storageKey(namespace, name));
  if (!object) throw notFoundError(kind, name);
  return object;
}
