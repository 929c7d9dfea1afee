import dnsPacket from 'dns-packet';
import type { Duplex } from 'node:stream';
import type { DnsAnswer, SrvTarget } from '../../lib/board/model';

export type Answer = Omit<DnsAnswer, 'askedAt'>;

interface Question {
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

/**
 * One connection to a DNS server, on which questions follow each other without waiting (RFC 7766): each message has its
 * length in two bytes before it, and answers find their question by its id.
 */
export class DnsConnection {
  private readonly waiting = new Map<number, Question>();
  private received: Buffer = Buffer.alloc(0);
  private nextId = 1;
  isClosed = false;

  constructor(private readonly stream: Duplex) {
    stream.on('data', (chunk: Buffer) => this.take(chunk));
    stream.on('error', (error) => this.end(error));
    stream.on('end', () => this.end(new Error('DNS closed the connection')));
    stream.on('close', () => this.end(new Error('DNS closed the connection')));
  }

  ask(name: string, type: 'A' | 'SRV' = 'A'): Promise<Answer> {
    const id = this.nextId;
    this.nextId = (this.nextId % 65_535) + 1;
    const questions: dnsPacket.Question[] = [{ type, name }];
    const packet: dnsPacket.Packet = { type: 'query', id, flags: dnsPacket.RECURSION_DESIRED, questions };
    return new Promise((resolve, reject) => {
      if (this.isClosed) return reject(new Error('DNS closed the connection'));
      this.waiting.set(id, { resolve, reject });
      this.stream.write(dnsPacket.streamEncode(packet));
    });
  }

  close(): void {
    this.end(new Error('the connection is not needed any more'));
  }

  private take(chunk: Buffer): void {
    this.received = Buffer.concat([this.received, chunk]);
    while (this.received.length >= 2 && this.received.length >= 2 + this.received.readUInt16BE(0)) {
      const length = this.received.readUInt16BE(0);
      const message = this.received.subarray(2, 2 + length);
      this.received = this.received.subarray(2 + length);
      if (message.length < 2) continue;
      const question = this.waiting.get(message.readUInt16BE(0));
      this.waiting.delete(message.readUInt16BE(0));
      question?.resolve(readAnswer(message));
    }
  }

  private end(error: Error): void {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const question of this.waiting.values()) question.reject(error);
    this.waiting.clear();
    this.stream.destroy();
  }
}

/** No packet of a DNS server may end us: what cannot be read is a failed answer. */
export function readAnswer(message: Buffer): Answer {
  try {
    return answerOf(dnsPacket.decode(message));
  } catch {
    return { status: 'failed', addresses: [] };
  }
}

function answerOf(packet: dnsPacket.DecodedPacket): Answer {
  const rcode: unknown = Reflect.get(packet, 'rcode');
  const records = (packet.answers ?? []).flatMap((record) => (record.type === 'A' ? [record] : []));
  if (records.length > 0) {
    const ttlSeconds = Math.min(...records.map((record) => record.ttl ?? 0));
    return { status: 'answered', addresses: records.map((record) => record.data).sort(), ttlSeconds };
  }
  const targets = (packet.answers ?? []).flatMap((record) => (record.type === 'SRV' ? [record] : []));
  if (targets.length > 0) {
    return {
      status: 'answered',
      addresses: [],
      targets: targets.map(({ data }) => targetOf(data)).sort((a, b) => (a.target < b.target ? -1 : 1)),
      ttlSeconds: Math.min(...targets.map((record) => record.ttl ?? 0)),
    };
  }
  const status = rcode === 'NXDOMAIN' ? 'nxdomain' : rcode === 'NOERROR' ? 'nodata' : 'failed';
  // How long a "no" may be kept: the smaller of the SOA record's own TTL and its minimum (RFC 2308, 5).
  for (const record of packet.authorities ?? []) {
    if (record.type !== 'SOA') continue;
    return { status, addresses: [], ttlSeconds: Math.min(record.ttl ?? 0, record.data.minimum ?? 0) };
  }
  return { status, addresses: [] };
}

function targetOf({ target, port, priority, weight }: dnsPacket.SrvData): SrvTarget {
  return { target, port: port ?? 0, priority: priority ?? 0, weight: weight ?? 0 };
}
