import type { Service } from '../../../../../lib/kubernetes/network';
import { StatusError } from '../../../status';
import { fieldMessage, invalid, type FieldError } from '../../fieldError';
import type { KindContext } from '../kind';
import { isIPv4 } from '../validation/ip';

/**
 * What a Service is given when it is stored: its cluster IP, its IP families, its node ports
 * (pkg/registry/core/service/storage/alloc.go). The cluster is IPv4 only.
 */
export function allocateForService(service: Service, context: KindContext, old?: Service): void {
  const { spec } = service;
  if (spec.type === 'ExternalName') return;
  if (spec.clusterIP && !spec.clusterIPs?.length) spec.clusterIPs = [spec.clusterIP];
  const lonely = spec.clusterIP ? undefined : spec.clusterIPs?.[0];
  if (lonely)
    throw asInvalid(
      service,
      invalid('spec.clusterIPs', spec.clusterIPs, 'must be empty when `clusterIP` is not specified'),
    );
  setFamilies(service);
  const taken: Service = { metadata: {}, spec: {} };
  try {
    allocateAddress(service, context, old, taken);
    allocateNodePorts(service, context, old, taken);
  } catch (error) {
    releaseOfService(taken, context, old);
    throw error;
  }
}

/** An update that leaves out what was allocated keeps it (patchAllocatedValues), or gives up what its type has no use for. */
export function keepAllocated(draft: Service, old: Service): void {
  const { spec } = draft;
  if (spec.type === 'ExternalName') {
    if (old.spec.type !== 'ExternalName' && spec.clusterIP === old.spec.clusterIP) dropAddress(draft);
  } else if (old.spec.type !== 'ExternalName') {
    // Who changes only the one field means both; whether it may change is validation's to say.
    const isSame = (spec.clusterIPs ?? [])[0] === old.spec.clusterIP;
    if (spec.clusterIP && spec.clusterIP !== old.spec.clusterIP && isSame) spec.clusterIPs = [spec.clusterIP];
    spec.clusterIP ||= old.spec.clusterIP;
    if (!spec.clusterIPs?.length) spec.clusterIPs = old.spec.clusterIPs;
    spec.ipFamilies ??= old.spec.ipFamilies;
    spec.ipFamilyPolicy ??= old.spec.ipFamilyPolicy;
  }
  if (needsNodePorts(draft)) {
    if (needsNodePorts(old)) keepNodePorts(draft, old);
    return;
  }
  if (needsNodePorts(old)) {
    const had = nodePortsOf(old);
    for (const port of spec.ports ?? []) if (had.includes(port.nodePort ?? 0)) delete port.nodePort;
  }
  if (spec.externalTrafficPolicy === old.spec.externalTrafficPolicy && !spec.externalIPs?.length) {
    delete spec.externalTrafficPolicy;
  }
  if (old.spec.type === 'LoadBalancer') delete spec.allocateLoadBalancerNodePorts;
}

function dropAddress({ spec }: Service): void {
  delete spec.clusterIP;
  delete spec.clusterIPs;
  delete spec.ipFamilies;
  delete spec.ipFamilyPolicy;
}

function keepNodePorts(draft: Service, old: Service): void {
  const used = nodePortsOf(draft);
  for (const port of draft.spec.ports ?? []) {
    const before = old.spec.ports?.find((other) => (other.name ?? '') === (port.name ?? ''))?.nodePort;
    if (!port.nodePort && before && !used.includes(before)) port.nodePort = before;
  }
}

export function releaseOfService(service: Service, { addresses, nodePorts }: KindContext, kept?: Service): void {
  const stillUsed = [...addressesOf(kept)];
  for (const ip of addressesOf(service)) if (!stillUsed.includes(ip)) addresses.release(ip);
  const keptPorts = kept ? nodePortsOf(kept) : [];
  for (const port of nodePortsOf(service)) if (!keptPorts.includes(port)) nodePorts.release(port);
}

/** A headless Service without a selector may have endpoints of either family. */
function setFamilies(service: Service): void {
  const { spec } = service;
  const isBare = spec.clusterIP === 'None' && Object.keys(spec.selector ?? {}).length === 0;
  spec.ipFamilyPolicy ??= isBare ? 'RequireDualStack' : 'SingleStack';
  if (isBare && spec.ipFamilyPolicy !== 'SingleStack') {
    const first = spec.ipFamilies?.[0] ?? 'IPv4';
    spec.ipFamilies = spec.ipFamilies?.length === 2 ? spec.ipFamilies : [first, first === 'IPv4' ? 'IPv6' : 'IPv4'];
  }
  spec.ipFamilies ??= ['IPv4'];
  if (isBare) return;
  if (spec.ipFamilyPolicy === 'RequireDualStack') {
    const why = 'this cluster is not configured for dual-stack services';
    throw asInvalid(service, invalid('spec.ipFamilyPolicy', spec.ipFamilyPolicy, why));
  }
  const foreign = spec.ipFamilies.indexOf('IPv6');
  if (foreign >= 0 && familiesAreKnown(spec.ipFamilies)) {
    throw asInvalid(service, invalid(`spec.ipFamilies[${foreign}]`, 'IPv6', 'not configured on this cluster'));
  }
}

/** Unknown and repeated families are validation's to refuse. */
function familiesAreKnown(families: string[]): boolean {
  return new Set(families).size === families.length && families.every((f) => f === 'IPv4' || f === 'IPv6');
}

function allocateAddress(service: Service, { addresses }: KindContext, old: Service | undefined, taken: Service): void {
  const { spec } = service;
  const hadOne = old !== undefined && old.spec.type !== 'ExternalName';
  if (spec.clusterIP === 'None' || hadOne) return;
  if (!spec.clusterIP) {
    spec.clusterIP = addresses.allocate();
    spec.clusterIPs = [spec.clusterIP];
    taken.spec.clusterIPs = spec.clusterIPs;
  } else if (isIPv4(spec.clusterIP)) {
    takeAddress(service, spec.clusterIP, addresses);
    taken.spec.clusterIPs = [spec.clusterIP];
  }
}

function takeAddress(service: Service, ip: string, addresses: KindContext['addresses']): void {
  const why = (text: string) => `failed to allocate IP ${ip}: ${text}`;
  if (!addresses.contains(ip)) {
    throw refused(
      service,
      why(`the provided IP (${ip}) is not in the valid range. The range of valid IPs is 10.96.0.0/12`),
    );
  }
  if (!addresses.take(ip)) throw refused(service, why('provided IP is already allocated'));
}

function allocateNodePorts(
  service: Service,
  { nodePorts }: KindContext,
  old: Service | undefined,
  taken: Service,
): void {
  if (!needsNodePorts(service)) return;
  const had = old ? nodePortsOf(old) : [];
  taken.spec.ports = [];
  // One number serves a port's TCP and its UDP.
  const shared = new Map<number, number>();
  for (const [index, port] of (service.spec.ports ?? []).entries()) {
    const asked = port.nodePort || shared.get(port.port);
    if (asked === undefined) port.nodePort = nodePorts.allocate();
    else port.nodePort = asked;
    const isNew = asked !== undefined && !had.includes(asked) && ![...shared.values()].includes(asked);
    if (isNew && !nodePorts.take(asked)) throw refusedPort(service, index, asked);
    shared.set(port.port, port.nodePort);
    if (asked === undefined || isNew) taken.spec.ports.push({ port: port.port, nodePort: port.nodePort });
  }
}

function refusedPort(service: Service, index: number, port: number): StatusError {
  const isInRange = port >= 30000 && port <= 32767;
  const why = isInRange
    ? 'provided port is already allocated'
    : 'provided port is not in the valid range. The range of valid ports is 30000-32767';
  return asInvalid(service, invalid(`spec.ports[${index}].nodePort`, port, why));
}

function refused(service: Service, why: string): StatusError {
  return asInvalid(service, invalid('spec.clusterIPs', service.spec.clusterIPs, why));
}

function asInvalid(service: Service, error: FieldError): StatusError {
  const name = service.metadata.name ?? '';
  return new StatusError(422, 'Invalid', `Service "${name}" is invalid: ${fieldMessage(error)}`, {
    name,
    kind: 'Service',
    causes: [{ reason: error.type, message: error.body, field: error.field }],
  });
}

function needsNodePorts({ spec }: Service): boolean {
  return spec.type === 'NodePort' || (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false);
}

function addressesOf(service: Service | undefined): string[] {
  return (service?.spec.clusterIPs ?? []).filter((ip) => ip !== 'None' && ip !== '');
}

function nodePortsOf({ spec }: Service): number[] {
  return (spec.ports ?? []).map((port) => port.nodePort ?? 0).filter((port) => port !== 0);
}
