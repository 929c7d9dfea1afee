import type { KubernetesObject } from '../../../lib/kubernetes/metadata';
import type { Kind, Verb } from './kinds/kind';

const everyVerb: readonly Verb[] = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

/** The kinds that are served, found by the segments of a path. */
export class Registry {
  private readonly byPath = new Map<string, Kind>();
  private readonly byPlural = new Map<string, Kind>();

  constructor(readonly kinds: readonly Kind[]) {
    for (const kind of kinds) {
      this.byPath.set(`${kind.group}/${kind.version}/${kind.plural}`, kind);
      if (!this.byPlural.has(kind.plural)) this.byPlural.set(kind.plural, kind);
    }
  }

  find(group: string, version: string, plural: string): Kind | undefined {
    return this.byPath.get(`${group}/${version}/${plural}`);
  }

  hasVersion(group: string, version: string): boolean {
    return this.kinds.some((kind) => kind.group === group && kind.version === version);
  }

  /** The first kind of this plural; storage knows resources by it. */
  named(plural: string): Kind | undefined {
    return this.byPlural.get(plural);
  }

  ofKind(apiVersion: string, kind: string): Kind | undefined {
    return this.kinds.find((other) => apiVersionOf(other) === apiVersion && other.kind === kind);
  }
}

export function apiVersionOf(kind: { group: string; version: string }): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
}

export function hasVerb(kind: Kind, verb: Verb): boolean {
  return (kind.verbs ?? everyVerb).includes(verb);
}

/** One object, or the place where it would be. `namespace` is empty for cluster-scoped kinds. */
export interface Target {
  kind: Kind;
  namespace: string;
  name: string;
}

export function storageKey(namespace: string, name: string): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

export function targetOf(kind: Kind, object: KubernetesObject): Target {
  return { kind, namespace: object.metadata.namespace ?? '', name: object.metadata.name ?? '' };
}
