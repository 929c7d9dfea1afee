import type { KubernetesObject } from '../../kubernetes/metadata';
import type { Facts } from './facts';

export function identityOf(object: KubernetesObject): Facts {
  const { uid = '', name = '', namespace = '', resourceVersion = '' } = object.metadata;
  return { uid, name, namespace, resourceVersion };
}

/** Milliseconds since the epoch; undefined for a time that is not there. */
export function timeOf(text: string | null | undefined): number | undefined {
  if (!text) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

/** `given` without its undefined fields: they do not travel, so a board must not differ by them. */
export function present<const T extends object>(given: T): T {
  for (const name of Object.keys(given))
    if (Reflect.get(given, name) === undefined) Reflect.deleteProperty(given, name);
  return given;
}
