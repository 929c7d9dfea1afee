import { beforeEach, describe, expect, it } from 'vitest';
import { DnsAbsences, keptAbsences } from './dnsAbsences';
import type { DnsAnswer } from './model';

const name = 'web-0.nginx.default.svc.cluster.local';
const at = (...addresses: string[]) => new Map(addresses.length > 0 ? [[name, addresses]] : []);
const said = (askedAt: number, ...addresses: string[]): DnsAnswer => ({
  status: addresses.length > 0 ? 'answered' : 'nxdomain',
  addresses,
  ttlSeconds: 30,
  askedAt,
});

describe('DnsAbsences', () => {
  let log: DnsAbsences;

  beforeEach(() => {
    log = new DnsAbsences();
    log.endpointsAre(at('10.0.0.1'), 0, true);
  });

  it('takes what a first list has for what was there before', () => {
    expect(log.all).toEqual([]);
  });

  it('tells a name that is seen to come for the first time', () => {
    log.endpointsAre(new Map([...at('10.0.0.1'), ['web-1.nginx', ['10.0.0.2']]]), 1000, false);
    log.answered('web-1.nginx', said(1500, '10.0.0.2'));
    expect(log.all).toEqual([
      { number: 1, dnsName: 'web-1.nginx', former: [], readyAt: 1000, addresses: ['10.0.0.2'], answeredAt: 1500 },
    ]);
  });

  it('follows a name out of DNS and back at another address, with the cache between', () => {
    log.answered(name, said(10_000, '10.0.0.1'));
    log.endpointsAre(at(), 20_000, false);
    expect(log.all).toEqual([
      { number: 1, dnsName: name, former: ['10.0.0.1'], leftAt: 20_000, addresses: [], formerUntil: 40_000 },
    ]);
    log.endpointsAre(at('10.0.0.9'), 27_000, false);
    log.answered(name, said(27_500, '10.0.0.1'));
    expect(log.all[0]).toMatchObject({ readyAt: 27_000, addresses: ['10.0.0.9'], formerUntil: 57_500 });
    expect(log.all[0]?.answeredAt).toBeUndefined();
    log.answered(name, said(41_000, '10.0.0.9'));
    log.answered(name, said(72_000, '10.0.0.9'));
    expect(log.all).toHaveLength(1);
    expect(log.all[0]?.answeredAt).toBe(41_000);
  });

  it('keeps until when a "no" is remembered', () => {
    log.endpointsAre(at(), 1000, false);
    log.endpointsAre(at('10.0.0.9'), 2000, false);
    log.answered(name, said(2500));
    expect(log.all[0]).toMatchObject({ readyAt: 2000, noUntil: 32_500 });
  });

  it.each([
    ['a change of the address without a gap', [at('10.0.0.9')], [1000, 1000]],
    ['an absence that was over before anybody asked', [at(), at('10.0.0.9')], [1000, 2000]],
  ])('counts %s as one absence', (_name, steps, [leftAt, readyAt]) => {
    steps.forEach((names, step) => log.endpointsAre(names, (step + 1) * 1000, false));
    expect(log.all).toHaveLength(1);
    expect(log.all[0]).toMatchObject({ leftAt, readyAt, former: ['10.0.0.1'], addresses: ['10.0.0.9'] });
  });

  it('sees an absence that a later list shows, and leaves other lists alone', () => {
    const before = log.all;
    log.endpointsAre(at('10.0.0.1'), 1000, true);
    expect(log.all).toBe(before);
    log.endpointsAre(at(), 2000, true);
    log.endpointsAre(at('10.0.0.9'), 3000, true);
    expect(log.all[0]).toMatchObject({ leftAt: 2000, readyAt: 3000 });
  });

  it('keeps the newest, and no more than so many', () => {
    for (let n = 0; n < keptAbsences + 5; n++) log.endpointsAre(at(`10.0.1.${n}`), n, false);
    expect(log.all).toHaveLength(keptAbsences);
    expect(log.all[0]?.addresses).toEqual([`10.0.1.${keptAbsences + 4}`]);
  });
});
