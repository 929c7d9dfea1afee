import { describe, expect, it } from 'vitest';
import { compare, Lives } from './lives.mjs';

/** A pod deleted and made again, as kubectl prints it from `start` on. */
function printed(start: number): Lives {
  const lives = new Lives();
  const lines = [
    ['ADDED', '0/1', 'Pending'],
    ['MODIFIED', '0/1', 'ContainerCreating'],
    ['MODIFIED', '1/1', 'Running'],
    ['MODIFIED', '1/1', 'Terminating'],
    ['MODIFIED', '1/1', 'Terminating'],
    ['DELETED', '0/1', 'Completed'],
    ['ADDED', '0/1', 'Pending'],
  ];
  lines.forEach(([event = '', ready = '', status = ''], index) => {
    lives.line({ at: start + index * 10, event, name: 'web-0', ready, status });
  });
  return lives;
}

function shown(...slots: [number, string, string][]): Lives {
  const lives = new Lives();
  for (const [at, uid, state] of slots) lives.slot({ at, name: 'web-0', uid, state });
  return lives;
}

describe('bench:pixel', () => {
  it('compares the same change of the same life on both sides', () => {
    const page = shown(
      [1005, 'a', 'pending'],
      [1015, 'a', 'starting'],
      [1018, 'a', 'ready'],
      [1037, 'a', 'terminating'],
      [1061, 'b', 'pending'],
    );
    expect(compare(printed(1000), page)).toEqual({
      delays: { appears: [5, 1], ready: [-2], terminating: [7], gone: [11] },
      never: [],
    });
  });

  it('names what the page never showed', () => {
    const page = shown([1005, 'a', 'pending'], [1060, '', 'kept']);
    expect(compare(printed(1000), page).never).toEqual([
      'web-0, life 1: ready',
      'web-0, life 1: terminating',
      'web-0, life 2: appears',
    ]);
  });
});
