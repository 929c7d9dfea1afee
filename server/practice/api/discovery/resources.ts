import { createHash } from 'node:crypto';
import { everyVerb, type Kind } from '../kinds/kind';
import type { ExtraResource } from './extras';

/** One line of an APIResourceList. */
export interface ApiResource {
  name: string;
  singularName: string;
  namespaced: boolean;
  group?: string;
  version?: string;
  kind: string;
  verbs: string[];
  shortNames?: string[];
  categories?: string[];
  storageVersionHash?: string;
}

export interface GroupVersion {
  group: string;
  version: string;
  resources: ApiResource[];
}

/** The order in which a real server names its groups; others follow by name. */
const groupOrder = [
  '',
  'apiregistration.k8s.io',
  'apps',
  'events.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'scheduling.k8s.io',
  'coordination.k8s.io',
  'node.k8s.io',
  'discovery.k8s.io',
];

/** Everything that is served, by group and version; the core group first. */
export function groupVersions(kinds: readonly Kind[], extras: readonly ExtraResource[]): GroupVersion[] {
  const found = new Map<string, GroupVersion>();
  const add = (group: string, version: string, resource: ApiResource) => {
    const key = `${group}/${version}`;
    const known = found.get(key) ?? { group, version, resources: [] };
    known.resources.push(resource);
    found.set(key, known);
  };
  for (const kind of kinds) for (const resource of resourcesOf(kind)) add(kind.group, kind.version, resource);
  for (const extra of extras) add(extra.group, extra.version, extraOf(extra));
  const rank = ({ group }: GroupVersion) => {
    const place = groupOrder.indexOf(group);
    return place < 0 ? groupOrder.length : place;
  };
  const all = [...found.values()].sort((a, b) => rank(a) - rank(b) || compare(a.group, b.group));
  for (const { resources } of all) resources.sort((a, b) => compare(a.name, b.name));
  return all;
}

function resourcesOf(kind: Kind): ApiResource[] {
  const { namespaced } = kind;
  const main: ApiResource = {
    name: kind.plural,
    singularName: kind.singular,
    namespaced,
    kind: kind.kind,
    verbs: [...(kind.verbs ?? everyVerb)],
    ...(kind.shortNames ? { shortNames: kind.shortNames } : {}),
    ...(kind.categories ? { categories: kind.categories } : {}),
    // What is worked out when asked is stored in no version.
    ...(kind.computed ? {} : { storageVersionHash: storageHash(kind.view?.of ?? kind) }),
  };
  const sub = (name: string) => ({ name: `${kind.plural}/${name}`, singularName: '', namespaced });
  const verbs = ['get', 'patch', 'update'];
  const scale = { group: 'autoscaling', version: 'v1', kind: 'Scale', verbs };
  return [
    main,
    ...Object.keys(kind.subresources?.parts ?? {}).map((name) => ({ ...sub(name), kind: kind.kind, verbs })),
    ...(kind.subresources?.scale ? [{ ...sub('scale'), ...scale }] : []),
    ...(kind.subresources?.status ? [{ ...sub('status'), kind: kind.kind, verbs }] : []),
  ];
}

function extraOf(extra: ExtraResource): ApiResource {
  return {
    name: extra.name,
    singularName: extra.singular,
    namespaced: extra.namespaced,
    ...(extra.kindGroup ? { group: extra.kindGroup, version: extra.kindVersion } : {}),
    kind: extra.kind,
    verbs: extra.verbs,
  };
}

/** k8s.io/apiserver/pkg/endpoints/discovery StorageVersionHash. */
function storageHash({ group, version, kind }: { group: string; version: string; kind: string }): string {
  return createHash('sha256').update(`${group}/${version}/${kind}`).digest().subarray(0, 8).toString('base64');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
