import { createHash } from 'node:crypto';
import type { Kind } from '../kinds/kind';
import { aggregated } from './aggregated';
import { extraResources, type ExtraResource } from './extras';
import { groupVersions, type GroupVersion } from './resources';

/** An answer that is the same for everyone. */
export interface Document {
  status: number;
  contentType: string;
  body: string | Uint8Array;
  /** With quotes, for the ETag header. */
  etag?: string;
}

/** The answer for a path (without query), by the Accept header; undefined for a path that is none of these. */
export type Documents = (path: string, accept: string) => Document | undefined;

export interface DiscoveryOptions {
  extras?: readonly ExtraResource[];
  /** `127.0.0.1:6443`, as `GET /api` names it. */
  serverAddress?: string;
}

/** `/api`, `/apis` and below them, plain and aggregated. Built once, as nothing in it changes. */
export function createDiscovery(kinds: readonly Kind[], options: DiscoveryOptions = {}): Documents {
  const all = groupVersions(kinds, options.extras ?? extraResources);
  const named = all.filter(({ group }) => group !== '');
  const core = all.filter(({ group }) => group === '');
  const plain = new Map<string, () => object>([
    ['/api', () => apiVersions(core, options.serverAddress ?? '127.0.0.1:6443')],
    ['/apis', () => ({ kind: 'APIGroupList', apiVersion: 'v1', groups: groupsOf(named) })],
  ]);
  for (const group of groupsOf(named)) {
    plain.set(`/apis/${group.name}`, () => ({ kind: 'APIGroup', apiVersion: 'v1', ...group }));
  }
  for (const one of all) plain.set(pathOf(one), () => resourceList(one));
  const cache = new Map<string, Document>();
  return (path, accept) => {
    const clean = path.length > 1 ? path.replace(/\/$/, '') : path;
    const make = plain.get(clean);
    if (!make) return undefined;
    const version = clean === '/api' || clean === '/apis' ? aggregatedVersion(accept) : undefined;
    const key = `${clean} ${version ?? ''}`;
    const known = cache.get(key) ?? build(make, clean === '/api' ? core : named, version);
    cache.set(key, known);
    return known;
  };
}

function build(make: () => object, all: GroupVersion[], version: string | undefined): Document {
  if (version === undefined)
    return { status: 200, contentType: 'application/json', body: `${JSON.stringify(make())}\n` };
  const body = `${JSON.stringify(aggregated(all, version))}\n`;
  const hash = createHash('sha512').update(body).digest('hex').toUpperCase();
  const contentType = `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
  return { status: 200, contentType, body, etag: `"${hash}"` };
}

/** The first of the Accept header's wishes that can be met; undefined means plain. */
function aggregatedVersion(accept: string): 'v2' | 'v2beta1' | undefined {
  for (const wish of accept.split(',').map((part) => part.replace(/\s/g, ''))) {
    if (!wish.startsWith('application/json')) continue;
    if (!wish.includes('as=APIGroupDiscoveryList')) return undefined;
    if (!wish.includes('g=apidiscovery.k8s.io')) continue;
    if (/;v=v2(;|$)/.test(wish)) return 'v2';
    if (/;v=v2beta1(;|$)/.test(wish)) return 'v2beta1';
  }
  return undefined;
}

function apiVersions(core: GroupVersion[], serverAddress: string): object {
  return {
    kind: 'APIVersions',
    versions: core.map(({ version }) => version),
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress }],
  };
}

function groupsOf(all: GroupVersion[]) {
  const names = [...new Set(all.map(({ group }) => group))];
  return names.map((name) => {
    const versions = all
      .filter(({ group }) => group === name)
      .map(({ version }) => ({ groupVersion: `${name}/${version}`, version }));
    return { name, versions, preferredVersion: versions[0] };
  });
}

function resourceList({ group, version, resources }: GroupVersion): object {
  // The core list carries no apiVersion of its own: the oldest of Kubernetes' answers, kept as it was.
  return {
    kind: 'APIResourceList',
    ...(group === '' ? {} : { apiVersion: 'v1' }),
    groupVersion: group === '' ? version : `${group}/${version}`,
    resources,
  };
}

function pathOf({ group, version }: GroupVersion): string {
  return group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
}
