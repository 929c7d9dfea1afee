import type { EndpointSlice, Service } from '../../../lib/kubernetes/network';
import { isHeadless } from '../../../lib/kubernetes/network';
import type { Clock } from '../clock';
import type { Informers } from '../controllers/runtime/informer';
import type { Ids } from '../ids';
import { serviceKeyOf } from '../network/serviceRouting';
import type { Program } from '../process/program';
import { DnsCache } from './cache';
import { coredns } from './coredns';
import { answerOf } from './records';
import type { Answer, DnsRecord, Question } from './records';
import { encodeAnswer, parseQuery } from './wire';
import { answerFromZone } from './zone';
import type { ZoneView } from './zone';

/**
 * The cluster's DNS server: real packets, the `kubernetes`, `cache` and `loadbalance` plugins of CoreDNS.
 * There is no upstream to forward to. Names outside the cluster's zone, and addresses nobody here has, are answered as an
 * upstream that knows none of them would: NXDOMAIN, without authority. So a search list ends as it does anywhere.
 */
export interface DnsDeps {
  informers: Informers;
  clock: Clock;
  ids: Ids;
  /** How long answers and denials are kept; 0 turns the cache off. */
  cacheSeconds: number;
  /** `cluster.local` by default. */
  domain?: string;
}

export interface Dns {
  /** The `coredns` program of the image `registry.k8s.io/coredns/coredns`. */
  program: Program;
  /** One packet in, one out; null when nothing is said back. By UDP the answer may come truncated. */
  answer(packet: Uint8Array, transport?: 'udp' | 'tcp'): Uint8Array | null;
}

const recordTtl = 30;
const plainUdpLimit = 512;
const tcpLimit = 65_535;

export interface DnsCounts {
  requests: Map<string, number>;
  responses: Map<string, number>;
}

export function createDns(deps: DnsDeps): Dns {
  const view = new InformedView(deps);
  const counts: DnsCounts = { requests: new Map(), responses: new Map() };
  const shuffle = shuffler(deps.ids);
  const domain = deps.domain ?? 'cluster.local';

  const resolve = (cache: DnsCache, question: Question): Answer => {
    const kept = cache.get(question);
    if (kept) return kept;
    const options = { domain, ttl: recordTtl, serial: view.serial };
    const answer = answerFromZone(question, view, options) ?? answerOf('NXDOMAIN');
    return cache.put(question, answer);
  };
  const server = () => {
    // A cache of its own for each process: a new DNS pod starts with an empty one.
    const cache = new DnsCache(deps.clock, deps.cacheSeconds);
    return (packet: Uint8Array, transport: 'udp' | 'tcp' = 'udp'): Uint8Array | null => {
      const parsed = parseQuery(packet);
      if (parsed.kind === 'ignore') return null;
      if (parsed.kind === 'error') return parsed.answer;
      const { asked } = parsed;
      const answer = shuffle(resolve(cache, asked.question));
      count(counts.requests, asked.question.type);
      count(counts.responses, answer.rcode);
      const limit = transport === 'tcp' ? tcpLimit : (asked.udpPayloadSize ?? plainUdpLimit);
      return encodeAnswer(asked, answer, limit);
    };
  };
  const isReady = () => view.synced();
  return { program: coredns({ server, counts, isReady, clock: deps.clock }), answer: server() };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** `loadbalance round_robin`: addresses in random order, after the CNAMEs that lead to them. */
function shuffler(ids: Ids): (answer: Answer) => Answer {
  const shuffled = (records: DnsRecord[]) => {
    const addresses = records.filter((r) => r.type === 'A');
    for (let i = addresses.length - 1; i > 0; i--) {
      const j = Math.floor(ids.fraction() * (i + 1));
      const [a, b] = [addresses[i], addresses[j]];
      if (a && b) [addresses[i], addresses[j]] = [b, a];
    }
    const aliases = records.filter((r) => r.type === 'CNAME');
    return [...aliases, ...addresses, ...records.filter((r) => r.type !== 'A' && r.type !== 'CNAME')];
  };
  return (answer) => ({ ...answer, answers: shuffled(answer.answers), additionals: shuffled(answer.additionals) });
}

/** The objects as the zone asks for them, out of the shared informers. */
class InformedView implements ZoneView {
  serial: number;
  private hasSynced = false;
  private readonly services;
  private readonly slicesOf;
  private readonly namespaces;

  constructor({ informers, clock }: DnsDeps) {
    this.serial = Math.floor(clock.now() / 1000);
    this.services = informers.for('services');
    this.slicesOf = informers.for('endpointslices');
    this.namespaces = informers.for('namespaces');
    this.services.addIndex('dnsAddress', (service) => (ownAddress(service) ? [ownAddress(service)] : []));
    this.slicesOf.addIndex('dnsAddress', (slice) => (slice.endpoints ?? []).flatMap((e) => e.addresses));
    this.slicesOf.addIndex('service', (slice) => [serviceKeyOf(slice)]);
    const changed = () => void (this.serial = Math.floor(clock.now() / 1000));
    const handlers = { added: changed, modified: changed, deleted: changed };
    this.services.on(handlers);
    this.slicesOf.on(handlers);
    void informers.synced().then(() => (this.hasSynced = true));
  }

  service(namespace: string, name: string): Service | undefined {
    return this.services.get(name, namespace);
  }

  slices(namespace: string, name: string): EndpointSlice[] {
    return this.slicesOf.by('service', `${namespace}/${name}`);
  }

  hasNamespace(name: string): boolean {
    return this.namespaces.get(name) !== undefined;
  }

  servicesByAddress(ip: string): Service[] {
    return this.services.by('dnsAddress', ip);
  }

  slicesByAddress(ip: string): EndpointSlice[] {
    return this.slicesOf.by('dnsAddress', ip);
  }

  ownServices(): { namespace: string; name: string; ip: string }[] {
    const service = this.services.get('kube-dns', 'kube-system');
    const ip = service ? ownAddress(service) : '';
    return ip === '' ? [] : [{ namespace: 'kube-system', name: 'kube-dns', ip }];
  }

  synced(): boolean {
    return this.hasSynced;
  }
}

function ownAddress(service: Service): string {
  return isHeadless(service) || service.spec.type === 'ExternalName' ? '' : (service.spec.clusterIP ?? '');
}
