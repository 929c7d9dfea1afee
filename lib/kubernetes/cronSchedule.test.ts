import { describe, expect, it } from 'vitest';
import { parseCron } from './cronSchedule';

const next = (text: string, after: string, zone?: string) => {
  const time = parseCron(text, zone).next(Date.parse(after));
  return time === undefined ? undefined : new Date(time).toISOString().replace('.000Z', 'Z');
};

describe('a schedule', () => {
  it.each([
    ['* * * * *', '2026-07-09T14:45:00Z', '2026-07-09T14:46:00Z'],
    ['*/15 * * * *', '2026-07-09T14:45:30Z', '2026-07-09T15:00:00Z'],
    ['20-35/15 * * * *', '2026-07-09T14:45:00Z', '2026-07-09T15:20:00Z'],
    ['0 0 31 12 ?', '2026-07-09T14:45:00Z', '2026-12-31T00:00:00Z'],
    ['0 0 29 feb *', '2026-07-09T14:45:00Z', '2028-02-29T00:00:00Z'],
    ['0 0 * * mon-fri', '2026-07-10T00:00:00Z', '2026-07-13T00:00:00Z'],
    ['0 0 13 * fri', '2026-07-09T14:45:00Z', '2026-07-10T00:00:00Z'],
    ['30 8/6 * * *', '2026-07-09T14:45:00Z', '2026-07-09T20:30:00Z'],
    ['@hourly', '2026-07-09T14:45:00Z', '2026-07-09T15:00:00Z'],
    ['@weekly', '2026-07-09T14:45:00Z', '2026-07-12T00:00:00Z'],
    ['@every 1h30m', '2026-07-09T14:45:10.500Z', '2026-07-09T16:15:10Z'],
    ['59 23 31 2 *', '2026-07-09T14:45:00Z', undefined],
  ])('%s after %s is %s', (text, after, expected) => expect(next(text, after)).toBe(expected));

  it.each([
    ['0 9 * * *', 'Asia/Tokyo', '2026-07-09T14:45:00Z', '2026-07-10T00:00:00Z'],
    ['30 1 * * *', 'America/New_York', '2026-01-15T00:00:00Z', '2026-01-15T06:30:00Z'],
    ['30 1 * * *', 'America/New_York', '2026-07-15T00:00:00Z', '2026-07-15T05:30:00Z'],
  ])('%s in %s after %s is %s', (text, zone, after, expected) => {
    expect(next(text, after, zone)).toBe(expected);
    expect(next(`TZ=${zone} ${text}`, after)).toBe(expected);
  });

  it.each([
    ['error', 'expected exactly 5 fields, found 1: [error]'],
    ['5 j * * *', 'failed to parse int from j: strconv.Atoi: parsing "j": invalid syntax'],
    ['60 * * * *', 'end of range (60) above maximum (59): 60'],
    ['* * 0 * *', 'beginning of range (0) below minimum (1): 0'],
    ['5-3 * * * *', 'beginning of range (5) beyond end of range (3): 5-3'],
    ['*/0 * * * *', 'step of range should be a positive number: */0'],
    ['1-2-3 * * * *', 'too many hyphens: 1-2-3'],
    ['1/2/3 * * * *', 'too many slashes: 1/2/3'],
    ['@fortnightly', 'unrecognized descriptor: @fortnightly'],
    ['@every soon', 'failed to parse duration @every soon: time: invalid duration "soon"'],
    ['TZ=Nowhere/City 0 0 * * *', 'provided bad location Nowhere/City: unknown time zone Nowhere/City'],
    ['', 'empty spec string'],
  ])('%j is none: %s', (text, why) => expect(() => parseCron(text)).toThrow(why));
});
