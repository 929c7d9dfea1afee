import dnsPacket from 'dns-packet';
import { Duplex } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { deriveBoard } from '../../lib/board/derive';
import type { DnsAnswer } from '../../lib/board/model';
import { World } from '../../lib/board/testing';
import { ManualClock } from '../clock';
import { ClusterError } from '../kubernetes/errors';
import { DnsWatch } from './dnsWatch';
import { readAnswer } from './query';

/** A DNS server at the other end of a connection: answers from a table, and notes what it was asked. */
class FakeDns {
  readonly asked: string[] = [];
  readonly records = new Map<string, string[]>();
  readonly targets = new Map<string, string>();
  connections = 0;

  connect(): Duplex {
    this.connections += 1;
    const { asked, records, targets } = this;
    return new Duplex({
      read: () => undefined,
      write(chunk: Buffer, _encoding, done) {
        const query = dnsPacket.streamDecode(chunk);
        const name = query?.questions?.[0]?.name ?? '';
        asked.push(name);
        const found = records.get(name);
        const target = targets.get(name);
        const type = query?.questions?.[0]?.type ?? 'A';
        const answer = dnsPacket.streamEncode({
          type: 'response',
          id: query?.id ?? 0,
          flags: found || target ? 0 : 3,
          questions: [{ type, name }],
          answers: [
            ...(found ?? []).map((data) => ({ type: 'A' as const, name, ttl: 30, data })),
            ...(target && type === 'SRV'
              ? [{ type: 'SRV' as const, name, ttl: 12, data: { target, port: 80, priority: 0, weight: 50 } }]
              : []),
          ],
        });
        // In pieces, as TCP may bring it.
        for (const byte of answer) this.push(Buffer.from([byte]));
        done();
      },
    });
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
}

const service = 'nginx.default.svc.cluster.local';
const slot = `web-0.${service}`;

describe('DnsWatch', () => {
  let dns: FakeDns;
  let clock: ManualClock;
  let world: World;
  let watch: DnsWatch;
  let refusal: ClusterError | undefined;
  const told: (string | undefined)[] = [];
  const answers = new Map<string, DnsAnswer>();

  beforeEach(() => {
    dns = new FakeDns();
    clock = new ManualClock();
    world = new World().set(2).service();
    refusal = undefined;
    told.length = 0;
    answers.clear();
    watch = new DnsWatch({
      clock,
      connect: () => (refusal ? Promise.reject(refusal) : Promise.resolve(dns.connect())),
      answered: (_namespace, name, answer) => void (answer ? answers.set(name, answer) : answers.delete(name)),
      problem: (message) => void told.push(message),
    });
  });

  function look(): void {
    watch.boardChanged(deriveBoard(world.snapshot()));
  }

  async function pass(ms: number): Promise<void> {
    clock.advance(ms);
    await settled();
  }

  it('asks for nothing that no endpoint stands behind: a "no" would be remembered for everybody', async () => {
    look();
    await pass(60_000);
    expect(dns.asked).toEqual([]);
  });

  it('asks when an endpoint appears, over one connection, and again when the answer expires', async () => {
    dns.records.set(service, ['10.0.0.1']).set(slot, ['10.0.0.1']);
    world.endpoints([{ name: 'web-0', ip: '10.0.0.1' }]);
    look();
    await pass(1000);
    expect([...dns.asked].sort()).toEqual([service, slot].sort());
    expect(dns.connections).toBe(1);
    expect(answers.get(slot)).toEqual({
      status: 'answered',
      addresses: ['10.0.0.1'],
      ttlSeconds: 30,
      askedAt: clock.now(),
    });
    await pass(29_000);
    expect(dns.asked).toHaveLength(2);
    await pass(2000);
    expect(dns.asked).toHaveLength(4);
  });

  it('asks for the SRV records of a named port, once an endpoint stands behind it', async () => {
    const port = `_web._tcp.${service}`;
    dns.targets.set(port, slot);
    world.service('nginx', 'None', 'web');
    look();
    await pass(1000);
    expect(dns.asked).toEqual([]);
    world.endpoints([{ name: 'web-0', ip: '10.0.0.1' }]);
    look();
    await pass(1000);
    expect(answers.get(port)).toEqual({
      status: 'answered',
      addresses: [],
      targets: [{ target: slot, port: 80, priority: 0, weight: 50 }],
      ttlSeconds: 12,
      askedAt: clock.now(),
    });
  });

  it('keeps the last answer of a name that lost its endpoint until it expires, and does not ask again', async () => {
    dns.records.set(service, ['10.0.0.1']).set(slot, ['10.0.0.1']);
    world.endpoints([{ name: 'web-0', ip: '10.0.0.1' }]);
    look();
    await pass(1000);
    world.endpoints([]);
    look();
    await pass(20_000);
    expect(answers.has(slot)).toBe(true);
    await pass(12_000);
    expect(answers.has(slot)).toBe(false);
    expect(dns.asked).toHaveLength(2);
  });

  it('says why nobody can be asked, and asks again later', async () => {
    refusal = new ClusterError('forbidden', 'pods/portforward is forbidden', 'Forbidden', 403);
    dns.records.set(slot, ['10.0.0.1']);
    world.endpoints([{ name: 'web-0', ip: '10.0.0.1' }]);
    look();
    await pass(1000);
    expect(told.at(-1)).toBe('pods/portforward is forbidden');
    refusal = undefined;
    await pass(31_000);
    expect(told.at(-1)).toBeUndefined();
    expect(answers.get(slot)?.status).toBe('answered');
  });

  it('leaves what was answered alone while the cluster is away', async () => {
    dns.records.set(slot, ['10.0.0.1']);
    world.endpoints([{ name: 'web-0', ip: '10.0.0.1' }]);
    look();
    await pass(1000);
    refusal = new ClusterError('unreachable', 'connection refused');
    await pass(60_000);
    expect(answers.get(slot)?.addresses).toEqual(['10.0.0.1']);
    expect(told).not.toContain('connection refused');
  });
});

describe('readAnswer', () => {
  it('takes rubbish for a failed answer', () => {
    expect(readAnswer(Buffer.from([1, 2, 3]))).toEqual({ status: 'failed', addresses: [] });
    expect(readAnswer(Buffer.alloc(40, 0xff)).status).toBe('failed');
  });
});
