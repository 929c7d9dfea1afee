import type { ServiceFacts, SetFacts, SliceFacts } from './facts/facts';
import type { DnsAnswer, DnsView, EndpointView, HeadlessName } from './model';
import type { NamespaceSnapshot } from './snapshot';

export function serviceDomain(service: string, namespace: string, clusterDomain: string): string {
  return `${service}.${namespace}.svc.${clusterDomain}`;
}

/** `web-2.nginx.default.svc.cluster.local`; empty without a headless Service to govern the set. */
export function slotDnsName(pod: string, set: SetFacts, snapshot: NamespaceSnapshot): string {
  const service = snapshot.services.get(set.view.serviceName);
  if (!service?.view.headless) return '';
  return `${pod}.${serviceDomain(service.name, snapshot.name, snapshot.clusterDomain)}`;
}

export function dnsView(snapshot: NamespaceSnapshot): DnsView {
  const headless = [...snapshot.services.values()].filter((service) => service.view.headless);
  const names = headless.map((service) => headlessName(service, snapshot));
  const ports = headless.flatMap((service) =>
    srvNames(service, snapshot).map((name) => ({ name, answer: answerFor(name, snapshot) })),
  );
  const { problem } = snapshot.dns;
  const view = { names: byName(names), ports: byName(ports), absences: [...snapshot.dns.absences] };
  return problem === undefined ? { source: 'asked', ...view } : { source: 'derived', problem, ...view };
}

function byName<T extends { name: string }>(items: T[]): T[] {
  return items.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function headlessName(service: ServiceFacts, snapshot: NamespaceSnapshot): HeadlessName {
  const name = serviceDomain(service.name, snapshot.name, snapshot.clusterDomain);
  const answer = answerFor(name, snapshot);
  const ready = slicesOf(service, snapshot).flatMap((slice) => slice.ready);
  const there = new Set(ready.map(({ ip }) => ip));
  return { name, answer, gone: answer.addresses.filter((address) => !there.has(address)) };
}

/** Only a port with a name has an SRV record that can be asked for. */
function srvNames(service: ServiceFacts, snapshot: NamespaceSnapshot): string[] {
  const domain = serviceDomain(service.name, snapshot.name, snapshot.clusterDomain);
  return service.view.ports
    .filter((port) => port.name !== '')
    .map((port) => `_${port.name}._${port.protocol.toLowerCase()}.${domain}`);
}

/** The names that DNS has for the pods of this namespace, by its EndpointSlices, each with its addresses. */
export function endpointNames(snapshot: NamespaceSnapshot): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const service of snapshot.services.values()) {
    if (!service.view.headless) continue;
    const domain = serviceDomain(service.name, snapshot.name, snapshot.clusterDomain);
    for (const { hostname, ip } of slicesOf(service, snapshot).flatMap((slice) => slice.ready)) {
      if (hostname === '') continue;
      const name = `${hostname}.${domain}`;
      names.set(name, [...new Set([...(names.get(name) ?? []), ip])].sort());
    }
  }
  return names;
}

function slicesOf(service: ServiceFacts, snapshot: NamespaceSnapshot): SliceFacts[] {
  return [...snapshot.slices.values()].filter((slice) => slice.service === service.name);
}

const unknown: DnsAnswer = { status: 'unknown', addresses: [] };

/**
 * What DNS said. Where it could not be asked, what it would say by the EndpointSlices; and a name that no endpoint stands
 * behind is not asked for (see server/dns) but known to be withdrawn: then there is no `askedAt`.
 */
export function answerFor(name: string, snapshot: NamespaceSnapshot): DnsAnswer {
  if (name === '') return unknown;
  if (snapshot.dns.problem !== undefined) return derivedAnswer(name, snapshot);
  const said = snapshot.dns.answers.get(name);
  if (said) return said;
  const derived = derivedAnswer(name, snapshot);
  return derived.status === 'nxdomain' ? derived : unknown;
}

function derivedAnswer(name: string, snapshot: NamespaceSnapshot): DnsAnswer {
  for (const service of snapshot.services.values()) {
    const domain = serviceDomain(service.name, snapshot.name, snapshot.clusterDomain);
    if (name !== domain && !name.endsWith(`.${domain}`)) continue;
    const host = name === domain ? undefined : name.slice(0, -domain.length - 1);
    const slices = slicesOf(service, snapshot);
    return host?.startsWith('_') ? derivedSrv(host, domain, slices) : derivedFromSlices(host, slices);
  }
  return { status: 'nxdomain', addresses: [] };
}

/** Only ready endpoints have records, unless the Service publishes the others, and then their slice says ready. */
function derivedFromSlices(host: string | undefined, slices: SliceFacts[]): DnsAnswer {
  const addresses = slices
    .flatMap((slice) => slice.ready)
    .filter((endpoint) => host === undefined || endpoint.hostname === host)
    .map((endpoint) => endpoint.ip);
  if (addresses.length === 0) return { status: 'nxdomain', addresses: [] };
  return { status: 'answered', addresses: [...new Set(addresses)].sort() };
}

/** As CoreDNS makes them: all of one priority, and a hundredth's share of the weight each, at least 1. */
function derivedSrv(host: string, domain: string, slices: SliceFacts[]): DnsAnswer {
  const targets = slices.flatMap((slice) =>
    slice.ports
      .filter((port) => host === `_${port.name}._${port.protocol.toLowerCase()}`)
      .flatMap(({ port }) => slice.ready.map((endpoint) => ({ target: `${hostOf(endpoint)}.${domain}`, port }))),
  );
  if (targets.length === 0) return { status: 'nxdomain', addresses: [] };
  const weight = Math.max(1, Math.floor(100 / targets.length));
  const sorted = targets.sort((a, b) => (a.target < b.target ? -1 : 1));
  return { status: 'answered', addresses: [], targets: sorted.map((target) => ({ ...target, priority: 0, weight })) };
}

/** An endpoint without a hostname is named after its address, as CoreDNS does it. */
function hostOf({ hostname, ip }: EndpointView): string {
  return hostname === '' ? ip.replaceAll('.', '-') : hostname;
}
