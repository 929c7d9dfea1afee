import dnsPacket from 'dns-packet';
import { describe, expect, test } from 'vitest';
import { ask, type DnsType } from './reply';

const name = 'web-0.web.lab.svc.cluster.local';
const wording = { address: (ip: string) => `<owner of ${ip}>`, ttl: String };

/** A server that says this to whatever it is asked. */
function saying(packet: Partial<dnsPacket.Packet> & { rcode?: string }) {
  return async (message: Buffer) => {
    const { id, questions } = dnsPacket.decode(message);
    return dnsPacket.encode({ type: 'response', id, questions, ...packet });
  };
}

describe('what a DNS server said', () => {
  test.each<[DnsType, dnsPacket.Answer, string]>([
    ['A', { name, type: 'A', ttl: 30, data: '10.0.0.1' }, '@ 30 A <owner of 10.0.0.1>'],
    [
      'SRV',
      { name, type: 'SRV', ttl: 30, data: { priority: 0, weight: 50, port: 80, target: 'a.b' } },
      '@ 30 SRV 0 50 80 a.b',
    ],
    ['CNAME', { name, type: 'CNAME', ttl: 30, data: 'example.com' }, '@ 30 CNAME example.com'],
    [
      'PTR',
      { name: '1.0.0.10.in-addr.arpa', type: 'PTR', ttl: 30, data: name },
      `1.0.0.10.in-addr.arpa 30 PTR ${name}`,
    ],
    ['TXT', { name, type: 'TXT', ttl: 28_800, data: '1.1.0' }, '@ 28800 TXT 1.1.0'],
  ])('%s', async (type, record, text) => {
    const reply = await ask(saying({ answers: [record] }), name, type, wording);
    expect(reply).toEqual({ code: 'NOERROR', flags: '', answers: [text], authorities: [], additionals: [] });
  });

  test('records come in no order, and flags by name', async () => {
    const answers = ['10.0.0.2', '10.0.0.1'].map((data) => ({ name, type: 'A', ttl: 30, data }) as const);
    const flags = dnsPacket.AUTHORITATIVE_ANSWER | dnsPacket.RECURSION_DESIRED;
    const reply = await ask(saying({ answers, flags }), name, 'A', wording);
    expect(reply.answers).toEqual(['@ 30 A <owner of 10.0.0.1>', '@ 30 A <owner of 10.0.0.2>']);
    expect(reply.flags).toBe('aa rd');
  });

  test('a denial says until when, and not when the zone was written', async () => {
    const data = { mname: 'ns', rname: 'who', serial: 17, refresh: 1, retry: 2, expire: 3, minimum: 30 };
    const soa = { name: 'cluster.local', type: 'SOA', ttl: 30, data } as const;
    const reply = await ask(saying({ authorities: [soa], flags: 3 }), name, 'A', { ...wording, ttl: () => '<left>' });
    expect(reply).toMatchObject({ code: 'NXDOMAIN', authorities: ['cluster.local <left> SOA ns who <time> 1 2 3 30'] });
  });
});
