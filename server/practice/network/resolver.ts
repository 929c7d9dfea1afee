import { decode, encode, RECURSION_DESIRED } from 'dns-packet';
import type { DecodedPacket, RecordType } from 'dns-packet';
import { NetworkError } from './network';
import type { PodNetwork } from './network';

/** The resolver of a pod: a client of whatever server /etc/resolv.conf names. Rules: resolv.conf(5), getaddrinfo(3). */

/** resolv.conf's `timeout` and `attempts`, as libc has them by default. */
const defaultTimeoutMs = 5000;
const attempts = 2;

export interface QueryOptions {
  server?: string;
  port?: number;
  timeoutMs?: number;
  attempts?: number;
  tcp?: boolean;
  /** Size announced by EDNS(0); without it answers beyond 512 bytes come truncated and are asked again by TCP. */
  udpPayloadSize?: number;
  recursionDesired?: boolean;
  class?: 'IN' | 'CH';
}

export interface Reply {
  packet: DecodedPacket;
  /** Bytes of the answer, as `dig` reports them. */
  size: number;
  server: string;
  port: number;
  tcp: boolean;
  /** `NOERROR`, `NXDOMAIN` … */
  rcode: string;
}

/** One question. Servers are tried in turn; rejects with ETIMEDOUT when none answered. */
export async function query(
  network: PodNetwork,
  name: string,
  type: RecordType,
  options: QueryOptions = {},
): Promise<Reply> {
  const servers = options.server === undefined ? network.address.resolver.nameservers : [options.server];
  const question = questionOf(name, type, options);
  let failure: unknown = new NetworkError('ETIMEDOUT', 'no servers could be reached');
  for (let attempt = 0; attempt < (options.attempts ?? attempts); attempt++) {
    for (const server of servers) {
      try {
        return await askServer(network, server, question, options);
      } catch (error) {
        failure = error;
      }
    }
  }
  throw failure;
}

function questionOf(name: string, type: RecordType, options: QueryOptions): Buffer {
  const edns =
    options.udpPayloadSize === undefined
      ? []
      : [
          {
            type: 'OPT' as const,
            name: '.',
            udpPayloadSize: options.udpPayloadSize,
            extendedRcode: 0,
            ednsVersion: 0,
            flags: 0,
            flag_do: false,
            options: [],
          },
        ];
  return encode({
    type: 'query',
    id: (questionId = (questionId * 31 + 7) & 0xffff),
    flags: options.recursionDesired === false ? 0 : RECURSION_DESIRED,
    questions: [{ type, name: withoutDot(name), class: options.class ?? 'IN' }],
    additionals: edns,
  });
}

/** Ids need not be hard to guess here: nobody can forge an answer on this network. */
let questionId = 1;

async function askServer(network: PodNetwork, server: string, question: Buffer, options: QueryOptions): Promise<Reply> {
  const port = options.port ?? 53;
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  if (!options.tcp) {
    const bytes = await network.ask(server, port, question, { timeoutMs });
    const reply = replyOf(decode(Buffer.from(bytes)), bytes.length, server, port, false);
    if (!reply.packet.flag_tc) return reply;
  }
  return askByTcp(network, server, port, question, timeoutMs);
}

async function askByTcp(
  network: PodNetwork,
  server: string,
  port: number,
  question: Buffer,
  timeoutMs: number,
): Promise<Reply> {
  const socket = await network.connect(server, port, { timeoutMs });
  const length = Buffer.alloc(2);
  length.writeUInt16BE(question.length);
  socket.write(Buffer.concat([length, question]));
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of socket) {
      parts.push(part);
      size += part.length;
      const all = Buffer.concat(parts);
      if (size < 2 || size < 2 + all.readUInt16BE(0)) continue;
      const answer = all.subarray(2, 2 + all.readUInt16BE(0));
      return replyOf(decode(answer), answer.length, server, port, true);
    }
  } finally {
    socket.destroy();
  }
  throw new NetworkError('ETIMEDOUT', 'end of file');
}

function replyOf(packet: DecodedPacket, size: number, server: string, port: number, tcp: boolean): Reply {
  return { packet, size, server, port, tcp, rcode: 'rcode' in packet ? String(packet.rcode) : 'NOERROR' };
}

/** The names to try for one that was typed: the search list first when it has fewer dots than `ndots`. */
export function candidates(name: string, resolver: { searches: string[]; ndots: number }): string[] {
  if (name.endsWith('.')) return [name];
  const searched = resolver.searches.filter((s) => s !== '').map((search) => `${name}.${search}`);
  const dots = name.split('.').length - 1;
  return dots >= resolver.ndots ? [name, ...searched] : [...searched, name];
}

export interface Found {
  /** The name that had an answer, search domain included. */
  name: string;
  addresses: string[];
}

/** getaddrinfo for IPv4: literals, /etc/hosts, then DNS. Rejects with ENOTFOUND (no such name) or EAI_AGAIN. */
export async function lookUp(network: PodNetwork, name: string): Promise<Found> {
  if (isIPv4(name)) return { name, addresses: [name] };
  const known = network.address.hosts.get(name)?.filter(isIPv4);
  if (known && known.length > 0) return { name, addresses: known };
  let failed = false;
  for (const candidate of candidates(name, network.address.resolver)) {
    const reply = await query(network, candidate, 'A').catch(() => undefined);
    if (!reply || (reply.rcode !== 'NOERROR' && reply.rcode !== 'NXDOMAIN')) {
      failed = true;
      // No server at all: the next name would only wait as long again.
      if (!reply) break;
      continue;
    }
    const addresses = addressesOf(reply.packet);
    if (addresses.length > 0) return { name: withoutDot(candidate), addresses };
  }
  if (failed) throw new NetworkError('EAI_AGAIN', `getaddrinfo EAI_AGAIN ${name}`);
  throw new NetworkError('ENOTFOUND', `getaddrinfo ENOTFOUND ${name}`);
}

/** The name of an address: /etc/hosts, then PTR; undefined when there is none. */
export async function nameOf(network: PodNetwork, ip: string): Promise<string | undefined> {
  for (const [name, addresses] of network.address.hosts) if (addresses.includes(ip)) return name;
  const reply = await query(network, reverseName(ip), 'PTR', { attempts: 1 }).catch(() => undefined);
  for (const answer of reply?.packet.answers ?? []) if (answer.type === 'PTR') return answer.data;
  return undefined;
}

export function addressesOf(packet: DecodedPacket): string[] {
  return (packet.answers ?? []).flatMap((answer) => (answer.type === 'A' ? [answer.data] : []));
}

/** `4.3.2.1.in-addr.arpa` */
export function reverseName(ip: string): string {
  return `${ip.split('.').reverse().join('.')}.in-addr.arpa`;
}

export function isIPv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

export function withoutDot(name: string): string {
  return name.endsWith('.') && name !== '.' ? name.slice(0, -1) : name;
}
