import { describe, expect, test } from 'vitest';
import { ageSince, humanDuration } from './age';

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];

describe('durations as kubectl prints them', () => {
  test.each([
    [-2 * second, '<invalid>'],
    [-1 * second, '0s'],
    [0, '0s'],
    [999, '0s'],
    [119 * second, '119s'],
    [120 * second, '2m'],
    [125 * second, '2m5s'],
    [10 * minute, '10m'],
    [179 * minute, '179m'],
    [3 * hour, '3h'],
    [3 * hour + 5 * minute, '3h5m'],
    [8 * hour + 5 * minute, '8h'],
    [47 * hour, '47h'],
    [48 * hour, '2d'],
    [50 * hour, '2d2h'],
    [8 * day, '8d'],
    [729 * day, '729d'],
    [730 * day, '2y'],
    [735 * day, '2y5d'],
    [2920 * day + day, '8y'],
  ])('%d ms are %s', (ms, text) => expect(humanDuration(ms)).toBe(text));

  test('no timestamp', () => expect([ageSince(undefined, 0), ageSince(null, 0)]).toEqual(['<unknown>', '<unknown>']));
});
