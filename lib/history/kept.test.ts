import { describe, expect, it } from 'vitest';
import { randomFrom } from '../stream/testing';
import { KeptHistory } from './kept';
import { Watched } from './testing';

const limits = { ms: 30 * 60_000, steps: 5000 };

function story(seed: number, steps: number, over = limits): Watched {
  const random = randomFrom(seed);
  const watched = new Watched(over);
  for (let step = 0; step < steps; step++) {
    watched.anything(random);
    if (random() > 0.03) continue;
    watched.end();
    watched.world.later(60);
    watched.begin();
  }
  return watched;
}

describe('KeptHistory', () => {
  it('gives every past board as it was live, also in the next life of the server', () => {
    for (let seed = 1; seed <= 4; seed++) {
      const { kept, live, world } = story(seed, 120);
      const reread = new KeptHistory(limits);
      reread.prepend(JSON.parse(JSON.stringify(kept.stretches)), world.now);
      let found = 0;
      for (const moment of live) {
        const past = kept.moment(moment.position);
        expect(reread.moment(moment.position), `seed ${seed}`).toEqual(past);
        if (!past) continue;
        found += 1;
        expect(past, `seed ${seed}, version ${moment.position.version}`).toEqual(moment);
      }
      expect(found).toBeGreaterThan(60);
    }
  });

  it('never holds more steps than allowed, and tells that there were more', () => {
    const { kept, live } = story(3, 400, { ms: Number.MAX_SAFE_INTEGER, steps: 100 });
    expect(kept.steps).toBeLessThanOrEqual(100);
    expect(kept.steps).toBeGreaterThan(100 - 65);
    expect(kept.stretches.reduce((sum, stretch) => sum + stretch.steps.length, 0)).toBe(kept.steps);
    const newest = live.at(-1);
    expect(newest && kept.moment(newest.position)).toEqual(newest);
    expect(live[0] && kept.moment(live[0].position)).toBeUndefined();
  });

  it('keeps what is younger than allowed, and little that is older', () => {
    const { kept, live, world } = story(5, 450, { ms: 10 * 60_000, steps: 5000 });
    const young = live.filter(({ at }) => at >= world.now - 10 * 60_000);
    expect(young.length).toBeGreaterThan(64);
    for (const moment of young) expect(kept.moment(moment.position)).toEqual(moment);
    expect(kept.steps).toBeLessThan(young.length + 2 * 64);
    expect(kept.stretches[0]?.at).toBeGreaterThan(live[0]?.at ?? 0);
  });

  it('keeps the last changes of a quiet board, however old', () => {
    const watched = new Watched({ ms: 1000, steps: 5000 });
    watched.change((world) => world.create('web-0'));
    watched.world.later(7200);
    watched.kept.trim(watched.world.now);
    for (const moment of watched.live) expect(watched.kept.moment(moment.position)).toEqual(moment);
    watched.change((world) => world.gone('web-0'));
    expect(watched.kept.stretches).toHaveLength(1);
    expect(watched.kept.stretches[0]?.cut).toBeUndefined();
  });
});
