import { decode, encode } from 'dns-packet';
import type { RecordType } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { Bench } from '../programs/testing/bench';
import { settle } from '../clock';
import { seededIds } from '../ids';

function question(name: string, type: RecordType = 'A'): Buffer {
  return encode({ type: 'query', id: 7, flags: 0x100, questions: [{ name, type }] });
}

async function build(cacheSeconds: number) {
  const bench = await new Bench({ cacheSeconds }).withDns();
  const rcode = (name: string) => {
    const packet = bench.dns.answer(question(name));
    const answer = packet ? decode(Buffer.from(packet)) : undefined;
    return answer && 'rcode' in answer ? `${String(answer.rcode)} ${answer.answers?.length}` : 'none';
  };
  return { bench, rcode };
}

const name = 'web-0.nginx.default.svc.cluster.local';
const ports = [{ name: 'web', port: 80, protocol: 'TCP' as const }];

describe('caching', () => {
  it.each([
    [30, 30_000],
    [6, 6_000],
  ])('with %s seconds a name asked too early stays unknown for that long', async (seconds, ms) => {
    const { bench, rcode } = await build(seconds);
    expect(rcode(name)).toBe('NXDOMAIN 0');
    await bench.service('nginx', { clusterIP: 'None', ports });
    await bench.slice('nginx', [{ addresses: ['10.244.0.5'], hostname: 'web-0', conditions: { ready: true } }], ports);
    await settle();
    await bench.clock.advance(ms - 1);
    expect(rcode(name)).toBe('NXDOMAIN 0');
    await bench.clock.advance(1);
    expect(rcode(name)).toBe('NOERROR 1');
  });

  it('without a cache every answer is fresh', async () => {
    const { bench, rcode } = await build(0);
    expect(rcode(name)).toBe('NXDOMAIN 0');
    await bench.service('nginx', { clusterIP: 'None', ports });
    await bench.slice('nginx', [{ addresses: ['10.244.0.5'], hostname: 'web-0', conditions: { ready: true } }], ports);
    await settle();
    expect(rcode(name)).toBe('NOERROR 1');
  });
});

describe('packets', () => {
  it('are compressed, and then cut short, when there are more answers than fit', async () => {
    const { bench } = await build(0);
    await bench.service('big', { clusterIP: 'None', ports });
    const endpoints = Array.from({ length: 60 }, (_, i) => ({
      addresses: [`10.244.1.${i}`],
      conditions: { ready: true },
    }));
    await bench.slice('big', endpoints, ports);
    await settle();
    const asked = question('big.default.svc.cluster.local');
    const udp = bench.dns.answer(asked) ?? new Uint8Array();
    expect(udp.length).toBeLessThanOrEqual(512);
    expect(decode(Buffer.from(udp)).flag_tc).toBe(true);
    const tcp = decode(Buffer.from(bench.dns.answer(asked, 'tcp') ?? []));
    expect(tcp.flag_tc).toBe(false);
    expect(tcp.answers).toHaveLength(60);
  });

  it.each([
    ['a packet without a header', Buffer.from([1, 2, 3]), null],
    ['an answer', Buffer.from(question('a').map((byte, i) => (i === 2 ? byte | 0x80 : byte))), null],
    ['a name that never ends', Buffer.concat([question('a').subarray(0, 12), Buffer.alloc(5, 63)]), 'FORMERR'],
    ['another opcode', Buffer.from(question('a').map((byte, i) => (i === 2 ? 0x28 : byte))), 'NOTIMP'],
  ])('%s', async (_what, packet, rcode) => {
    const { bench } = await build(0);
    const answer = bench.dns.answer(packet);
    if (rcode === null) return expect(answer).toBeNull();
    expect((answer?.[3] ?? 0) & 15).toBe(rcode === 'FORMERR' ? 1 : 4);
  });

  it('survive 5000 random ones', async () => {
    const { bench } = await build(30);
    const ids = seededIds(42);
    for (let i = 0; i < 5000; i++) {
      const bytes = Buffer.from(ids.hex(2 * Math.floor(ids.fraction() * 80)), 'hex');
      if (bytes.length > 12 && ids.fraction() < 0.7) Buffer.from('000701000001000000000000', 'hex').copy(bytes);
      const answer = bench.dns.answer(bytes);
      if (answer) expect(answer.length).toBeGreaterThanOrEqual(12);
    }
  });
});
