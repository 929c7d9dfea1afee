import type { EndpointSlice, Service } from '../../../lib/kubernetes/network';
import { isHeadless } from '../../../lib/kubernetes/network';
import { answerOf } from './records';
import type { Answer, DnsRecord, Question } from './records';
import { baseOf, parseName, reversedAddress } from './zoneNames';
import type { ParsedName } from './zoneNames';

/**
 * The cluster's zone: Services and EndpointSlices as DNS records, by the Kubernetes DNS specification 1.1.0 and as the
 * `kubernetes` plugin of CoreDNS answers (plugin/kubernetes, plugin/backend_lookup.go). Pure: the same question to the same
 * objects has the same answer. `pods insecure` is on, as kubeadm sets it. IPv4 only; no zone transfer.
 */
export interface ZoneView {
  service(namespace: string, name: string): Service | undefined;
  slices(namespace: string, name: string): EndpointSlice[];
  hasNamespace(name: string): boolean;
  servicesByAddress(ip: string): Service[];
  slicesByAddress(ip: string): EndpointSlice[];
  /** The names and addresses of the DNS server's own Services, for NS. */
  ownServices(): { namespace: string; name: string; ip: string }[];
  /** False until every cache holds the API's state. */
  synced(): boolean;
}

export interface ZoneOptions {
  /** `cluster.local` */
  domain: string;
  ttl: number;
  /** SOA's serial: when something last changed, in seconds. */
  serial: number;
}

/** A record before it has a type: a host under a name, with a port. */
interface Entry {
  owner: string;
  host: string;
  port: number;
}

/** CoreDNS' mark for a Service without ports: addresses are answered, SRV is not. */
const noPort = -1;
const txtVersionTtl = 28_800;
const longestChain = 10;

/** Undefined: not a name of this zone, ask elsewhere. Unknown addresses fall through as well (`fallthrough`). */
export function answerFromZone(question: Question, view: ZoneView, options: ZoneOptions): Answer | undefined {
  const name = question.name.toLowerCase();
  if (name === 'in-addr.arpa' || name.endsWith('.in-addr.arpa')) return reverseAnswer(question, view, options);
  const base = baseOf(name, options.domain);
  if (base === undefined) return undefined;
  return new Zone(view, options).answer(question, base);
}

class Zone {
  constructor(
    private readonly view: ZoneView,
    private readonly options: ZoneOptions,
  ) {}

  answer(question: Question, base: string): Answer {
    const { type } = question;
    if (type === 'AXFR' || type === 'IXFR') return answerOf('REFUSED');
    if (type === 'SOA' && base === '') return this.found([this.soa()]);
    if (type === 'NS' && base === '') return this.nameServers(question.name);
    if (type === 'TXT' && base === 'dns-version')
      return this.found([{ name: question.name, ttl: txtVersionTtl, type: 'TXT', text: '1.1.0' }]);
    const entries = base === 'ns.dns' ? this.ownEntries() : this.entries(base);
    if (!entries) return this.absent();
    if (type === 'A') return this.found(this.addresses(question.name, entries, []));
    if (type === 'SRV') return this.services(question.name, entries);
    const alias = entries.find((entry) => !isAddress(entry.host));
    // Where an alias leads inside the zone there is no IPv6 either, and then the alias itself is left out.
    const isShown =
      type === 'CNAME' ||
      (type === 'AAAA' && alias && baseOf(alias.host.toLowerCase(), this.options.domain) === undefined);
    if (alias && isShown) return this.found([this.cname(question.name, alias.host)]);
    return this.found([]);
  }

  /** What a name stands for; undefined when there is no such name, empty when it has nothing of its own. */
  private entries(base: string): Entry[] | undefined {
    const parsed = parseName(base);
    if (!parsed) return undefined;
    if (parsed.namespace === undefined) return [];
    if (!this.view.hasNamespace(parsed.namespace)) return undefined;
    if (parsed.service === undefined) return [];
    return parsed.kind === 'pod' ? this.podEntries(parsed.service) : this.serviceEntries(parsed.service, parsed);
  }

  /** `pods insecure`: any address spelled with dashes is believed. */
  private podEntries(dashed: string): Entry[] | undefined {
    const ip = dashed.replaceAll('-', '.');
    return isAddress(ip) ? [{ owner: '', host: ip, port: 0 }] : undefined;
  }

  private serviceEntries(name: string, parsed: ParsedName): Entry[] | undefined {
    const service = this.view.service(parsed.namespace ?? '', name);
    if (!service) return undefined;
    const owner = `${name}.${parsed.namespace}.svc.${this.options.domain}`;
    if (service.spec.type === 'ExternalName') return externalEntries(service, owner, parsed);
    const entries =
      isHeadless(service) || parsed.endpoint !== undefined
        ? this.endpointEntries(this.view.slices(parsed.namespace ?? '', name), owner, parsed)
        : clusterEntries(service, owner, parsed);
    return entries.length > 0 ? entries : undefined;
  }

  private endpointEntries(slices: EndpointSlice[], owner: string, parsed: ParsedName): Entry[] {
    const entries: Entry[] = [];
    for (const { ip, hostname, slice } of readyAddresses(slices)) {
      if (parsed.endpoint !== undefined && parsed.endpoint !== hostname.toLowerCase()) continue;
      for (const port of portsOf(slice))
        if (matchesPort(parsed, port.name, port.protocol))
          entries.push({ owner: `${hostname}.${owner}`, host: ip, port: port.port });
    }
    return entries;
  }

  private addresses(name: string, entries: Entry[], chain: string[]): DnsRecord[] {
    const seen = new Set<string>();
    const records: DnsRecord[] = [];
    for (const { host } of entries) {
      if (seen.has(host)) continue;
      seen.add(host);
      if (isAddress(host)) records.push({ name, ttl: this.options.ttl, type: 'A', address: host });
      else records.push(...this.aliased(name, host, chain));
    }
    return records;
  }

  /** The CNAME, and what it leads to when that is in this zone. A loop, or a dead end inside the zone, has no answer. */
  private aliased(name: string, host: string, chain: string[]): DnsRecord[] {
    if (chain.length > longestChain || chain.includes(host.toLowerCase()) || host.toLowerCase() === name.toLowerCase())
      return [];
    const base = baseOf(host.toLowerCase(), this.options.domain);
    if (base === undefined) return [this.cname(name, host)];
    const next = this.addresses(host, this.entries(base) ?? [], [...chain, host.toLowerCase()]);
    return next.length > 0 ? [this.cname(name, host), ...next] : [];
  }

  private services(name: string, entries: Entry[]): Answer {
    // External names have no SRV, and -1 stands for a Service without ports.
    const usable = entries.filter((entry) => isAddress(entry.host) && entry.owner !== '');
    const weight = Math.max(1, Math.floor(100 / Math.max(1, usable.length)));
    const records = new Map<string, DnsRecord>();
    const additionals = new Map<string, DnsRecord>();
    for (const { owner, host, port } of usable) {
      if (port === noPort) continue;
      const ttl = this.options.ttl;
      records.set(`${owner} ${port}`, { name, ttl, type: 'SRV', priority: 0, weight, port, target: owner });
      additionals.set(`${owner} ${host}`, { name: owner, ttl, type: 'A', address: host });
    }
    if (records.size === 0) return this.found([]);
    return this.found([...records.values()], [...additionals.values()]);
  }

  private ownEntries(): Entry[] {
    return this.view.ownServices().map(({ namespace, name, ip }) => ({
      owner: `${name}.${namespace}.svc.${this.options.domain}`,
      host: ip,
      port: noPort,
    }));
  }

  private nameServers(name: string): Answer {
    const own = this.ownEntries();
    const ttl = this.options.ttl;
    return this.found(
      own.map(({ owner }) => ({ name, ttl, type: 'NS', target: owner })),
      own.map(({ owner, host }) => ({ name: owner, ttl, type: 'A', address: host })),
    );
  }

  private cname(name: string, target: string): DnsRecord {
    return { name, ttl: this.options.ttl, type: 'CNAME', target };
  }

  /** No records: the name exists, but not with this type (NODATA), which carries the SOA. */
  private found(answers: DnsRecord[], additionals: DnsRecord[] = []): Answer {
    const authorities = answers.length === 0 ? [this.soa()] : [];
    return answerOf('NOERROR', { authoritative: true, answers, additionals, authorities });
  }

  private absent(): Answer {
    const rcode = this.view.synced() ? 'NXDOMAIN' : 'SERVFAIL';
    return answerOf(rcode, { authoritative: true, authorities: [this.soa()] });
  }

  private soa(): DnsRecord {
    const { domain, ttl, serial } = this.options;
    return {
      name: domain,
      ttl: Math.min(ttl, 300),
      type: 'SOA',
      primary: `ns.dns.${domain}`,
      mailbox: `hostmaster.${domain}`,
      serial,
      refresh: 7200,
      retry: 1800,
      expire: 86_400,
      minimum: ttl,
    };
  }
}

/** PTR of a cluster IP or of an endpoint. An address nobody has falls through to upstream. */
function reverseAnswer(question: Question, view: ZoneView, options: ZoneOptions): Answer | undefined {
  const ip = reversedAddress(question.name.toLowerCase());
  if (question.type !== 'PTR' || ip === undefined) return undefined;
  const names = new Set<string>();
  const service = view.servicesByAddress(ip)[0];
  if (service) names.add(`${service.metadata.name}.${service.metadata.namespace}.svc.${options.domain}`);
  else
    for (const slice of view.slicesByAddress(ip))
      for (const address of readyAddresses([slice]))
        if (address.ip === ip) names.add(`${address.hostname}.${serviceNameOf(slice)}.svc.${options.domain}`);
  if (names.size === 0) return view.synced() ? undefined : answerOf('SERVFAIL', { authoritative: true });
  const answers: DnsRecord[] = [...names].map((target) => ({
    name: question.name,
    ttl: options.ttl,
    type: 'PTR',
    target,
  }));
  return answerOf('NOERROR', { authoritative: true, answers });
}

function serviceNameOf(slice: EndpointSlice): string {
  return `${slice.metadata.labels?.['kubernetes.io/service-name'] ?? ''}.${slice.metadata.namespace ?? ''}`;
}

function externalEntries(service: Service, owner: string, parsed: ParsedName): Entry[] | undefined {
  const host = service.spec.externalName;
  if (host === undefined || host === '' || isAddress(host)) return undefined;
  if (parsed.endpoint !== undefined || parsed.port !== undefined) return undefined;
  return [{ owner, host: host.replace(/\.$/, ''), port: 0 }];
}

function clusterEntries(service: Service, owner: string, parsed: ParsedName): Entry[] {
  const ip = service.spec.clusterIP;
  if (ip === undefined || ip === '') return [];
  const ports = service.spec.ports ?? [];
  const all = ports.length > 0 ? ports : [{ port: noPort, name: undefined, protocol: undefined }];
  return all
    .filter((port) => matchesPort(parsed, port.name ?? '', port.protocol ?? 'TCP'))
    .map((port) => ({ owner, host: ip, port: port.port }));
}

/** Ready addresses with the name each has below its Service: its hostname, else its address with dashes. */
function readyAddresses(slices: EndpointSlice[]): { ip: string; hostname: string; slice: EndpointSlice }[] {
  return slices
    .filter((slice) => slice.addressType === 'IPv4')
    .flatMap((slice) =>
      (slice.endpoints ?? [])
        .filter((endpoint) => endpoint.conditions?.ready !== false)
        .flatMap((endpoint) =>
          endpoint.addresses.map((ip) => ({ ip, hostname: endpoint.hostname || ip.replaceAll('.', '-'), slice })),
        ),
    );
}

function portsOf(slice: EndpointSlice): { name: string; port: number; protocol: string }[] {
  const ports = slice.ports ?? [];
  if (ports.length === 0) return [{ name: '', port: noPort, protocol: '' }];
  return ports.map((p) => ({ name: p.name ?? '', port: p.port ?? noPort, protocol: p.protocol ?? 'TCP' }));
}

function matchesPort(parsed: ParsedName, name: string, protocol: string): boolean {
  return (
    (parsed.port === undefined || parsed.port === name.toLowerCase()) &&
    (parsed.protocol === undefined || parsed.protocol === protocol.toLowerCase())
  );
}

function isAddress(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}
