import type { KubernetesObject } from '../../kubernetes/metadata';
import type { Facts } from './facts';
import { shared } from './shared';

export function identityOf(object: KubernetesObject): Facts {
  const { uid = '', name = '', namespace = '', resourceVersion = '' } = object.metadata;
  return { uid, name, namespace: shared(namespace), resourceVersion };
}

/** Milliseconds since the epoch; undefined for a time that is not there. */
export function timeOf(text: string | null | undefined): number | undefined {
  if (!text) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

/** A list as a field that is there only where there is something in it. */
export function listed<T>(list: readonly T[]): T[] | undefined {
  return list.length === 0 ? undefined : [...list];
}

/** `given` without its undefined fields: they do not travel, so a board must not differ by them. */
export function present<const T extends object>(given: T): T {
  const names = Object.keys(given).filter((name) => Reflect.get(given, name) === undefined);
  if (names.length === 0) return given;
  // A copy rather than `delete`: an object that has lost a field is kept as a dictionary, at three times the memory.
  const copy = { ...given };
  for (const name of names) Reflect.deleteProperty(copy, name);
  return { ...copy };
}
