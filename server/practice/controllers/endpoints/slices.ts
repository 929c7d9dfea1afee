import { equalJson } from '../../../../lib/kubernetes/equal';
import type { Endpoint, EndpointSlice, Service } from '../../../../lib/kubernetes/network';
import { isPodReady, isTerminating, type Pod } from '../../../../lib/kubernetes/pod';
import { controllerRef } from '../runtime/controllerRefs';
import {
  addressesOf,
  hasClusterAddress,
  headlessLabel,
  hostnameIn,
  isEndpoint,
  isIpv6,
  isOwnedBy,
  portOf,
  targetRefOf,
} from './membership';

/** What a Service's slices should be, and the fewest writes that get there (k8s.io/endpointslice reconciler). */

export const serviceNameLabel = 'kubernetes.io/service-name';
export const managedByLabel = 'endpointslice.kubernetes.io/managed-by';
export const sliceController = 'endpointslice-controller.k8s.io';
const maxPerSlice = 100;

export interface SliceWrites {
  create: EndpointSlice[];
  update: EndpointSlice[];
  remove: EndpointSlice[];
}

export interface SliceInput {
  service: Service;
  pods: readonly Pod[];
  existing: readonly EndpointSlice[];
  /** The zone of a node; undefined for a node that is not there. */
  zoneOf(node: string): { zone?: string } | undefined;
}

type Ports = NonNullable<EndpointSlice['ports']>;

interface Group {
  ports: Ports;
  endpoints: Map<string, Endpoint>;
}

/** Also tells the pods that were left out because their node is not known. */
export function planSlices(input: SliceInput): SliceWrites & { skipped: Pod[] } {
  const { service, existing } = input;
  const families = addressTypesOf(service);
  const skipped: Pod[] = [];
  const total: SliceWrites = { create: [], update: [], remove: existing.filter((s) => !families.has(s.addressType)) };
  for (const family of families) {
    const groups = groupEndpoints(input, family, skipped);
    const ofFamily = existing.filter((slice) => slice.addressType === family);
    const writes = reuse(service, planFamily(service, family, groups, ofFamily));
    total.create.push(...writes.create);
    total.update.push(...writes.update);
    total.remove.push(...writes.remove);
  }
  return { ...total, skipped };
}

function addressTypesOf({ spec }: Service): Set<EndpointSlice['addressType']> {
  const families = (['IPv4', 'IPv6'] as const).filter((family) => spec.ipFamilies?.includes(family));
  if (families.length > 0) return new Set(families);
  return new Set([isIpv6(spec.clusterIP ?? '') ? 'IPv6' : 'IPv4']);
}

/** Endpoints by the ports they serve: pods may resolve a named port differently. */
function groupEndpoints(input: SliceInput, family: EndpointSlice['addressType'], skipped: Pod[]): Map<string, Group> {
  const { service, pods, zoneOf } = input;
  const groups = new Map<string, Group>();
  for (const pod of pods) {
    if (!isEndpoint(pod, { includeTerminating: true })) continue;
    const ports = portsOf(service, pod);
    const group = groups.get(portsKey(ports)) ?? { ports, endpoints: new Map<string, Endpoint>() };
    groups.set(portsKey(ports), group);
    const node = zoneOf(pod.spec.nodeName ?? '');
    if (!node && !service.spec.publishNotReadyAddresses) {
      skipped.push(pod);
      continue;
    }
    const endpoint = endpointOf(service, pod, family, node?.zone);
    if (endpoint.addresses.length > 0) group.endpoints.set(endpointKey(endpoint), endpoint);
  }
  return groups;
}

function portsOf(service: Service, pod: Pod): Ports {
  return (service.spec.ports ?? []).flatMap((port) => {
    const number = portOf(pod, port);
    if (number === undefined) return [];
    const { name = '', protocol = 'TCP', appProtocol } = port;
    return [{ name, port: number, protocol, ...(appProtocol ? { appProtocol } : {}) }];
  });
}

function endpointOf(service: Service, pod: Pod, family: EndpointSlice['addressType'], zone?: string): Endpoint {
  const serving = isPodReady(pod);
  const terminating = isTerminating(pod);
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating);
  const hostname = hostnameIn(service, pod);
  return {
    addresses: addressesOf(pod).filter((ip) => isIpv6(ip) === (family === 'IPv6')),
    conditions: { ready, serving, terminating },
    ...(hostname ? { hostname } : {}),
    ...(pod.spec.nodeName ? { nodeName: pod.spec.nodeName } : {}),
    targetRef: targetRefOf(pod),
    ...(zone ? { zone } : {}),
  };
}

function planFamily(
  service: Service,
  family: EndpointSlice['addressType'],
  groups: Map<string, Group>,
  existing: readonly EndpointSlice[],
): SliceWrites {
  const owned = existing.filter((slice) => isOwnedBy(service, slice));
  const writes: SliceWrites = { create: [], update: [], remove: existing.filter((slice) => !owned.includes(slice)) };
  for (const [key, group] of groups) {
    const slices = owned.filter((slice) => portsKey(slice.ports ?? []) === key);
    const ofGroup = planGroup(service, group, slices, () => newSlice(service, family, group.ports));
    writes.create.push(...ofGroup.create);
    writes.update.push(...ofGroup.update);
    writes.remove.push(...ofGroup.remove);
  }
  writes.remove.push(...owned.filter((slice) => !groups.has(portsKey(slice.ports ?? []))));
  if (existing.length !== writes.remove.length || writes.create.length > 0) return writes;
  // A Service always has a slice, if an empty one, so that a reader can tell "none" from "not yet".
  const placeholder = newSlice(service, family, []);
  const [only] = writes.remove;
  if (writes.remove.length === 1 && only && isSamePlaceholder(only, placeholder)) return { ...writes, remove: [] };
  return { ...writes, create: [placeholder] };
}

/** Keeps endpoints where they are, drops those that went, and fills slices that are written anyway before others. */
function planGroup(
  service: Service,
  group: Group,
  slices: readonly EndpointSlice[],
  make: () => EndpointSlice,
): SliceWrites {
  const wanted = new Map(group.endpoints);
  const labels = labelsOf(service);
  const unchanged: EndpointSlice[] = [];
  const update: EndpointSlice[] = [];
  const remove: EndpointSlice[] = [];
  for (const slice of slices) {
    const old = slice.endpoints ?? [];
    const kept = old.flatMap((endpoint) => take(wanted, endpointKey(endpoint)) ?? []);
    const isSame = kept.length === old.length && kept.every((e, i) => equalJson(e, old[i]));
    if (isSame && equalJson(slice.metadata.labels, labels)) unchanged.push(slice);
    else if (!isSame && kept.length === 0) remove.push(slice);
    else update.push({ ...slice, metadata: { ...slice.metadata, labels }, endpoints: kept });
  }
  const full = [...update].sort((a, b) => sizeOf(b) - sizeOf(a));
  for (const slice of full) fill(slice, wanted);
  const create: EndpointSlice[] = [];
  while (wanted.size > 0) {
    const roomy = bestFit(unchanged, wanted.size);
    const slice = roomy ? { ...roomy, endpoints: [...(roomy.endpoints ?? [])] } : make();
    fill(slice, wanted);
    if (roomy) {
      update.push(slice);
      unchanged.splice(unchanged.indexOf(roomy), 1);
    } else create.push(slice);
  }
  return { create, update, remove };
}

const sizeOf = (slice: EndpointSlice) => slice.endpoints?.length ?? 0;

function take<T>(from: Map<string, T>, key: string): T | undefined {
  const value = from.get(key);
  from.delete(key);
  return value;
}

function fill(slice: EndpointSlice, wanted: Map<string, Endpoint>): void {
  const endpoints = slice.endpoints ?? [];
  for (const [key, endpoint] of wanted) {
    if (endpoints.length >= maxPerSlice) break;
    endpoints.push(endpoint);
    wanted.delete(key);
  }
  slice.endpoints = endpoints;
}

/** The slice that everything still fits into with the least room left over. */
function bestFit(slices: readonly EndpointSlice[], count: number): EndpointSlice | undefined {
  const fitting = slices.filter((slice) => sizeOf(slice) + count <= maxPerSlice);
  return [...fitting].sort((a, b) => sizeOf(b) - sizeOf(a))[0];
}

/** One slice to go and one to come are one slice to change: its name stays. */
function reuse(service: Service, { create, update, remove }: SliceWrites): SliceWrites {
  const made = [...create];
  const updated = [...update];
  const gone = remove.filter((slice) => {
    if (!isOwnedBy(service, slice)) return true;
    const next = made.pop();
    if (!next) return true;
    const { name, uid, resourceVersion, generation, creationTimestamp, annotations } = slice.metadata;
    const kept = { name, uid, resourceVersion, generation, creationTimestamp, annotations };
    updated.push({ ...next, metadata: { ...next.metadata, ...kept } });
    return false;
  });
  return { create: made, update: updated, remove: gone };
}

function newSlice(service: Service, addressType: EndpointSlice['addressType'], ports: Ports): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: `${service.metadata.name}-`,
      namespace: service.metadata.namespace,
      labels: labelsOf(service),
      ownerReferences: [controllerRef({ apiVersion: 'v1', kind: 'Service', metadata: service.metadata })],
    },
    addressType,
    endpoints: [],
    ports,
  };
}

/** The Service's labels, but for those that mean something on a slice. */
function labelsOf(service: Service): Record<string, string> {
  const { [serviceNameLabel]: _, [managedByLabel]: __, [headlessLabel]: ___, ...own } = service.metadata.labels ?? {};
  return {
    ...own,
    ...(hasClusterAddress(service) ? {} : { [headlessLabel]: '' }),
    [serviceNameLabel]: service.metadata.name ?? '',
    [managedByLabel]: sliceController,
  };
}

function isSamePlaceholder(slice: EndpointSlice, placeholder: EndpointSlice): boolean {
  return (
    sizeOf(slice) === 0 &&
    (slice.ports ?? []).length === 0 &&
    equalJson(slice.metadata.labels, placeholder.metadata.labels) &&
    equalJson(slice.metadata.ownerReferences, placeholder.metadata.ownerReferences)
  );
}

function endpointKey({ addresses, hostname, targetRef }: Endpoint): string {
  return JSON.stringify([[...addresses].sort(), hostname ?? '', targetRef?.namespace, targetRef?.name]);
}

function portsKey(ports: Ports): string {
  const texts = ports.map(({ name, port, protocol, appProtocol }) =>
    JSON.stringify([name ?? '', port, protocol ?? 'TCP', appProtocol ?? '']),
  );
  return texts.sort().join();
}
