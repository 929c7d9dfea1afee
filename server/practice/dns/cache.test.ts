import { describe, expect, it } from 'vitest';
import { ManualClock } from '../clock';
import { DnsCache } from './cache';
import { answerOf, type DnsRecord } from './records';

const address = (name: string, ttl: number): DnsRecord => ({ name, ttl, type: 'A', address: '10.0.0.1' });
const asked = (name: string) => ({ name, type: 'A' });
const answered = (ttl: number, name = 'web') => answerOf('NOERROR', { answers: [address(name, ttl)] });

function build(seconds = 30) {
  const clock = new ManualClock();
  return { clock, cache: new DnsCache(clock, seconds) };
}

describe('the cache of a DNS server', () => {
  it.each([
    ['as long as the record lasts', 30, 20, 20],
    ['no longer than the cache keeps it', 30, 28_800, 30],
    ['never less than five seconds', 30, 1, 5],
    ['not at all when it is off: told as it is', 0, 28_800, 28_800],
  ])('keeps an answer %s, and says so at once', (_, seconds, ttl, told) => {
    const { cache } = build(seconds);
    expect(cache.put(asked('web'), answered(ttl)).answers).toEqual([address('web', told)]);
  });

  it('takes off the whole seconds that have passed, and then forgets', async () => {
    const { clock, cache } = build();
    cache.put(asked('web'), answered(30));
    const left = () => cache.get(asked('web'))?.answers[0]?.ttl;
    expect(left()).toBe(30);
    await clock.advance(900);
    expect(left()).toBe(30);
    await clock.advance(100);
    expect(left()).toBe(29);
    await clock.advance(28_999);
    expect(left()).toBe(1);
    await clock.advance(1);
    expect(left()).toBeUndefined();
  });

  it('finds a name however it is spelled, and tells it as it was asked first', () => {
    const { cache } = build();
    cache.put(asked('Web'), answered(30, 'Web'));
    expect(cache.get(asked('wEB'))?.answers).toEqual([address('Web', 30)]);
  });

  it('keeps no failure', () => {
    const { cache } = build();
    cache.put(asked('web'), answerOf('SERVFAIL'));
    expect(cache.get(asked('web'))).toBeUndefined();
  });
});
