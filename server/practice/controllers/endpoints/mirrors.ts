import { equalJson } from '../../../../lib/kubernetes/equal';
import type { Endpoint, EndpointAddress, Endpoints, EndpointSlice } from '../../../../lib/kubernetes/network';
import { controllerRef } from '../runtime/controllerRefs';
import { stable } from '../runtime/stable';
import { isIpv6, triggerTimeAnnotation } from './membership';
import { managedByLabel, serviceNameLabel, type SliceWrites } from './slices';

/** What the slices of hand-made Endpoints should be: one for each set of ports and each address family. */
export const mirrorController = 'endpointslicemirroring-controller.k8s.io';
export const maxPerSubset = 1000;

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

type Ports = NonNullable<EndpointSlice['ports']>;
type Family = 'IPv4' | 'IPv6';

interface Mirror {
  family: Family;
  ports: Ports;
  endpoints: Endpoint[];
}

/** The writes that get there, and how many addresses had no room. */
export function planMirrors(
  endpoints: Endpoints,
  existing: readonly EndpointSlice[],
): SliceWrites & { leftOut: number } {
  const { mirrors, leftOut } = mirrorsOf(endpoints);
  const rest = new Map(existing.map((slice) => [slice.metadata.name, slice]));
  const plan: SliceWrites = { create: [], update: [], remove: [] };
  const isFor = (mirror: Mirror) => (slice: EndpointSlice) =>
    slice.addressType === mirror.family && portsKey(slice.ports ?? []) === portsKey(mirror.ports);
  const unplaced: EndpointSlice[] = [];
  for (const mirror of mirrors) {
    const wanted = sliceOf(endpoints, mirror);
    const old = [...rest.values()].find(isFor(mirror));
    if (!old) {
      unplaced.push(wanted);
      continue;
    }
    rest.delete(old.metadata.name);
    if (!isSame(old, wanted)) plan.update.push(inPlaceOf(old, wanted));
  }
  // One to go and one to come of the same family are one to change.
  for (const wanted of unplaced) {
    const old = [...rest.values()].find(({ addressType }) => addressType === wanted.addressType);
    if (old) rest.delete(old.metadata.name);
    if (old) plan.update.push(inPlaceOf(old, wanted));
    else plan.create.push(wanted);
  }
  plan.remove.push(...rest.values());
  return { ...plan, leftOut };
}

function mirrorsOf(endpoints: Endpoints): { mirrors: Mirror[]; leftOut: number } {
  const mirrors = new Map<string, Mirror>();
  let leftOut = 0;
  for (const { ports, addresses } of repacked(endpoints)) {
    leftOut += Math.max(0, addresses.length - maxPerSubset);
    for (const { address, isReady } of addresses.slice(0, maxPerSubset)) {
      const family = isIpv6(address.ip) ? 'IPv6' : 'IPv4';
      const key = `${family} ${portsKey(ports)}`;
      const mirror = mirrors.get(key) ?? { family, ports, endpoints: [] };
      mirrors.set(key, mirror);
      mirror.endpoints.push(endpointOf(address, isReady));
    }
  }
  return { mirrors: [...mirrors.values()], leftOut };
}

interface Subset {
  ports: Ports;
  addresses: { address: EndpointAddress; isReady: boolean }[];
}

/**
 * The subsets with what belongs together in one (pkg/api/v1/endpoints RepackSubsets): ports that exactly the same addresses serve. An
 * address that is not ready anywhere for a port is not ready for it.
 */
function repacked({ subsets = [] }: Endpoints): Subset[] {
  const byPort = new Map<string, { port: Ports[number]; addresses: Map<string, Subset['addresses'][number]> }>();
  for (const { ports = [], addresses = [], notReadyAddresses = [] } of subsets) {
    const all = [
      ...addresses.map((address) => ({ address, isReady: true })),
      ...notReadyAddresses.map((address) => ({ address, isReady: false })),
    ];
    for (const { name = '', port, protocol = 'TCP', appProtocol } of ports) {
      const full = { name, port, protocol, ...(appProtocol ? { appProtocol } : {}) };
      const entry = byPort.get(stable(full)) ?? { port: full, addresses: new Map() };
      byPort.set(stable(full), entry);
      for (const { address, isReady } of all) {
        const key = stable([address.ip, address.targetRef?.uid]);
        const known = entry.addresses.get(key);
        entry.addresses.set(key, { address: known?.address ?? address, isReady: isReady && known?.isReady !== false });
      }
    }
  }
  const grouped = new Map<string, Subset>();
  for (const { port, addresses } of byPort.values()) {
    const list = [...addresses.values()].sort((a, b) => (a.address.ip < b.address.ip ? -1 : 1));
    const key = stable(list.map(({ address, isReady }) => [address.ip, address.targetRef?.uid, isReady]));
    const subset = grouped.get(key) ?? { ports: [], addresses: list };
    grouped.set(key, subset);
    subset.ports.push(port);
  }
  return [...grouped.values()];
}

function endpointOf({ ip, hostname, nodeName, targetRef }: EndpointAddress, ready: boolean): Endpoint {
  return {
    addresses: [ip],
    conditions: { ready },
    ...(hostname ? { hostname } : {}),
    ...(targetRef ? { targetRef } : {}),
    ...(nodeName ? { nodeName } : {}),
  };
}

function sliceOf({ metadata }: Endpoints, { family, ports, endpoints }: Mirror): EndpointSlice {
  const { [triggerTimeAnnotation]: _, [lastApplied]: __, ...annotations } = metadata.annotations ?? {};
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: `${metadata.name}-`,
      namespace: metadata.namespace,
      labels: { ...metadata.labels, [serviceNameLabel]: metadata.name ?? '', [managedByLabel]: mirrorController },
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
      ownerReferences: [controllerRef({ apiVersion: 'v1', kind: 'Endpoints', metadata })],
    },
    addressType: family,
    endpoints,
    ports,
  };
}

function isSame(slice: EndpointSlice, wanted: EndpointSlice): boolean {
  const facts = ({ metadata, endpoints }: EndpointSlice) => [
    metadata.labels,
    metadata.annotations ?? {},
    metadata.ownerReferences,
    (endpoints ?? []).map((endpoint) => stable(endpoint)).sort(),
  ];
  return equalJson(facts(slice), facts(wanted));
}

function inPlaceOf({ metadata }: EndpointSlice, wanted: EndpointSlice): EndpointSlice {
  const { name, uid, resourceVersion, generation, creationTimestamp, generateName } = metadata;
  const kept = { name, uid, resourceVersion, generation, creationTimestamp, generateName };
  return { ...wanted, metadata: { ...wanted.metadata, ...kept } };
}

function portsKey(ports: Ports): string {
  const texts = ports.map(({ name = '', port, protocol = 'TCP', appProtocol = '' }) =>
    stable([name, port, protocol, appProtocol]),
  );
  return texts.sort().join();
}
