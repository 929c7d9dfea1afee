import type { EndpointAddress, Endpoints, Service } from '../../../../lib/kubernetes/network';
import { isPodReady, type Pod } from '../../../../lib/kubernetes/pod';
import { addressesOf, hostnameIn, isEndpoint, isIpv6, portOf, targetRefOf } from './membership';

export type Subset = NonNullable<Endpoints['subsets']>[number];
type Port = NonNullable<Subset['ports']>[number];

interface Member {
  address: EndpointAddress;
  isReady: boolean;
  ports: Port[];
}

/**
 * The subsets of a Service's Endpoints (pkg/controller/endpoint, pkg/api/v1/endpoints): ports that the same addresses
 * serve stand together. Upstream orders ports and subsets by a hash of its own; here they are in the order of the Service.
 */
export function subsetsOf(service: Service, pods: readonly Pod[]): Subset[] {
  const isTolerant = service.spec.publishNotReadyAddresses === true;
  const members = pods
    .filter((pod) => isEndpoint(pod, { includeTerminating: isTolerant }))
    .flatMap((pod) => memberOf(service, pod, isTolerant) ?? []);
  if ((service.spec.ports ?? []).length === 0) return portless(service, members);
  const ports = new Map<string, { port: Port; members: Member[] }>();
  for (const member of members)
    for (const port of member.ports) {
      const found = ports.get(JSON.stringify(port)) ?? { port, members: [] };
      ports.set(JSON.stringify(port), found);
      found.members.push(member);
    }
  const subsets = new Map<string, { ports: Port[]; members: Member[] }>();
  for (const { port, members: serving } of ports.values()) {
    const key = JSON.stringify(serving.map(({ address, isReady }) => [address, isReady]));
    const found = subsets.get(key) ?? { ports: [], members: serving };
    subsets.set(key, found);
    found.ports.push(port);
  }
  return [...subsets.values()].map(({ ports: together, members: serving }) => subset(serving, together));
}

/** Only a headless Service may go without ports. */
function portless(service: Service, members: readonly Member[]): Subset[] {
  if (service.spec.clusterIP !== 'None') return [];
  return members.length > 0 ? [subset(members, [])] : [];
}

function memberOf(service: Service, pod: Pod, isTolerant: boolean): Member | undefined {
  const wantsIpv6 = (service.spec.ipFamilies?.[0] ?? 'IPv4') === 'IPv6';
  const ip = addressesOf(pod).find((address) => isIpv6(address) === wantsIpv6);
  if (ip === undefined) return undefined;
  const hostname = hostnameIn(service, pod);
  return {
    address: {
      ip,
      ...(hostname ? { hostname } : {}),
      nodeName: pod.spec.nodeName ?? '',
      targetRef: targetRefOf(pod),
    },
    isReady: isTolerant || isPodReady(pod),
    ports: (service.spec.ports ?? []).flatMap((port) => {
      const number = portOf(pod, port);
      const { name, protocol = 'TCP', appProtocol } = port;
      if (number === undefined) return [];
      return [{ ...(name ? { name } : {}), port: number, protocol, ...(appProtocol ? { appProtocol } : {}) }];
    }),
  };
}

function subset(members: readonly Member[], ports: Port[]): Subset {
  const addresses = (isReady: boolean) =>
    members
      .filter((member) => member.isReady === isReady)
      .map((member) => member.address)
      .sort(byAddress);
  const [ready, notReady] = [addresses(true), addresses(false)];
  return {
    ...(ready.length > 0 ? { addresses: ready } : {}),
    ...(notReady.length > 0 ? { notReadyAddresses: notReady } : {}),
    ...(ports.length > 0 ? { ports } : {}),
  };
}

/** As text, like upstream: 10.0.0.10 comes before 10.0.0.9. */
function byAddress(a: EndpointAddress, b: EndpointAddress): number {
  if (a.ip !== b.ip) return a.ip < b.ip ? -1 : 1;
  return (a.targetRef?.uid ?? '') < (b.targetRef?.uid ?? '') ? -1 : 1;
}

/** An Endpoints object holds this many addresses at most. */
const capacity = 1000;

/** Cut to capacity, not-ready addresses first. `isCut` says that addresses are missing. */
export function withinCapacity(subsets: readonly Subset[]): { subsets: Subset[]; isCut: boolean } {
  const count = (of: (s: Subset) => EndpointAddress[] | undefined) =>
    subsets.reduce((sum, s) => sum + (of(s)?.length ?? 0), 0);
  const ready = count((s) => s.addresses);
  const notReady = count((s) => s.notReadyAddresses);
  if (ready + notReady <= capacity) return { subsets: [...subsets], isCut: false };
  let readyRoom = Math.min(ready, capacity);
  let notReadyRoom = capacity - readyRoom;
  const cut = subsets.map(({ addresses, notReadyAddresses, ...rest }) => {
    const kept = addresses?.slice(0, readyRoom) ?? [];
    const keptNotReady = notReadyAddresses?.slice(0, notReadyRoom) ?? [];
    readyRoom -= kept.length;
    notReadyRoom -= keptNotReady.length;
    return {
      ...(kept.length > 0 ? { addresses: kept } : {}),
      ...(keptNotReady.length > 0 ? { notReadyAddresses: keptNotReady } : {}),
      ...rest,
    };
  });
  return { subsets: cut, isCut: true };
}
