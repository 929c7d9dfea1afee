import dnsPacket from 'dns-packet';
import type { Exchange } from './exchange';

/** What a DNS server said, as text that can be compared: the records of each section in no order, as none is promised. */
export interface Reply {
  /** `NOERROR`, `NXDOMAIN` … */
  code: string;
  /** Of `aa`, `tc`, `rd`, `ra`. */
  flags: string;
  answers: string[];
  authorities: string[];
  additionals: string[];
}

export interface Wording {
  /** Whose an address is. */
  address(address: string): string;
  /** A server keeps what it has said, and then says how long it will: a time. */
  ttl(seconds: number): string;
}

export type DnsType = 'A' | 'AAAA' | 'SRV' | 'CNAME' | 'PTR' | 'TXT' | 'SOA';

/** Asks for an absolute name. */
export async function ask(exchange: Exchange, name: string, type: DnsType, wording: Wording): Promise<Reply> {
  const query = { type: 'query', id: 1, flags: dnsPacket.RECURSION_DESIRED, questions: [{ name, type }] } as const;
  return replyOf(
    dnsPacket.decode(await exchange(dnsPacket.encode({ ...query, questions: [...query.questions] }))),
    wording,
  );
}

const flags = [
  ['aa', dnsPacket.AUTHORITATIVE_ANSWER],
  ['tc', dnsPacket.TRUNCATED_RESPONSE],
  ['rd', dnsPacket.RECURSION_DESIRED],
  ['ra', dnsPacket.RECURSION_AVAILABLE],
] as const;

function replyOf(packet: dnsPacket.DecodedPacket, wording: Wording): Reply {
  const asked = packet.questions?.[0]?.name ?? '';
  const texts = (records: dnsPacket.Answer[] = []) => records.map((record) => textOf(record, asked, wording)).sort();
  return {
    code: String(Reflect.get(packet, 'rcode')),
    flags: flags.flatMap(([name, bit]) => ((packet.flags ?? 0) & bit ? [name] : [])).join(' '),
    answers: texts(packet.answers),
    authorities: texts(packet.authorities),
    additionals: texts(packet.additionals),
  };
}

/** As in a zone's file: `@ 30 A 10.0.0.1`, where `@` is the name that was asked for. */
function textOf(record: dnsPacket.Answer, asked: string, wording: Wording): string {
  const owner = record.name === asked ? '@' : record.name;
  const ttl = wording.ttl('ttl' in record ? (record.ttl ?? 0) : 0);
  return `${owner} ${ttl} ${record.type} ${dataOf(record, wording)}`;
}

function dataOf(record: dnsPacket.Answer, { address }: Wording): string {
  switch (record.type) {
    case 'A':
      return address(record.data);
    case 'SRV': {
      const { priority = 0, weight = 0, port, target } = record.data;
      return `${priority} ${weight} ${port} ${target}`;
    }
    case 'SOA': {
      const { mname, rname, refresh, retry, expire, minimum } = record.data;
      return `${mname} ${rname} <time> ${refresh} ${retry} ${expire} ${minimum}`;
    }
    case 'CNAME':
    case 'PTR':
    case 'NS':
      return record.data;
    case 'TXT':
      return String(record.data);
    default:
      return JSON.stringify(record);
  }
}
