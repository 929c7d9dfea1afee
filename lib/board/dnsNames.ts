import type { ServiceFacts, SetFacts, SliceFacts } from './facts/facts';
import type { DnsAnswer, DnsView } from './model';
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
  const names = headlessDomains(snapshot).map((name) => ({ name, answer: answerFor(name, snapshot) }));
  const { problem } = snapshot.dns;
  return problem === undefined ? { source: 'asked', names } : { source: 'derived', problem, names };
}

function headlessDomains(snapshot: NamespaceSnapshot): string[] {
  return [...snapshot.services.values()]
    .filter((service) => service.view.headless)
    .map((service) => serviceDomain(service.name, snapshot.name, snapshot.clusterDomain))
    .sort();
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
    return derivedFromSlices(service, host, [...snapshot.slices.values()]);
  }
  return { status: 'nxdomain', addresses: [] };
}

/** Only ready endpoints have records, unless the Service publishes the others, and then their slice says ready. */
function derivedFromSlices(service: ServiceFacts, host: string | undefined, slices: SliceFacts[]): DnsAnswer {
  const addresses = slices
    .filter((slice) => slice.service === service.name)
    .flatMap((slice) => slice.ready)
    .filter((endpoint) => host === undefined || endpoint.hostname === host)
    .map((endpoint) => endpoint.ip);
  if (addresses.length === 0) return { status: 'nxdomain', addresses: [] };
  return { status: 'answered', addresses: [...new Set(addresses)].sort() };
}
