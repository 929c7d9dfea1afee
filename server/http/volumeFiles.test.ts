import { describe, expect, it } from 'vitest';
import type { WrittenFile } from '../../lib/board/model';
import { parseFound, parseStats, statCommands, writerOf } from './volumeFiles';

describe('what find and stat say', () => {
  it('keeps names whole, whatever is in them', () => {
    expect(parseFound('/www/b\0/www/two\nlines\0/www/$(id) "\'\0')).toEqual([
      '/www/$(id) "\'',
      '/www/b',
      '/www/two\nlines',
    ]);
    expect(parseFound('')).toEqual([]);
  });

  it('is told apart by the names asked for, also where one has gone or has line breaks', () => {
    const five = { bytes: 5, modifiedAt: 1_700_000_000_000 };
    const nought = { bytes: 0, modifiedAt: 0 };
    expect(parseStats('5 1700000000 /a\n0 0 /b\n', ['/a', '/b'])).toEqual([five, nought]);
    expect(parseStats('5 1700000000 /a\n0 0 /c\n', ['/a', '/b', '/c'])).toEqual([five, undefined, nought]);
    expect(parseStats('5 1700000000 /a\n0 0 /b\n0 0 /c\n', ['/a\n0 0 /b', '/c'])).toEqual([five, nought]);
    expect(parseStats('5 %Y /a\n', ['/a'])).toEqual([undefined]);
    expect(parseStats('', ['/a'])).toEqual([undefined]);
  });

  it('is asked in requests of a bounded size, each file once', () => {
    const paths = Array.from({ length: 200 }, (_, index) => `/www/☃☃☃☃/${index}`);
    const commands = statCommands(paths);
    expect(commands.length).toBeGreaterThan(1);
    expect(commands.flatMap((command) => command.slice(3))).toEqual(paths);
    for (const command of commands) expect(encodeURIComponent(command.join('')).length).toBeLessThan(4200);
    expect(statCommands(['/'.padEnd(4095, '☃')])).toHaveLength(1);
    expect(statCommands([])).toEqual([]);
  });
});

describe('writerOf', () => {
  const by: WrittenFile = {
    ...{ name: 'a', path: '/www/a', bytes: 5, at: 1, pod: 'web-0', container: 'nginx', modifiedAt: 2000 },
  };
  const file = { path: '/www/a', bytes: 5, modifiedAt: 2000 };

  it.each([
    ['as it was written', file, { by, changedSince: false }],
    ['of another size', { ...file, bytes: 6 }, { by, changedSince: true }],
    ['of another time', { ...file, modifiedAt: 3000 }, { by, changedSince: true }],
    ['not looked at', { path: '/www/a' }, undefined],
  ])('%s', (_name, listed, writer) => expect(writerOf(listed, 'a', [by]).writer).toEqual(writer));

  it('goes by the size where the time was not learned, and knows nobody of other files', () => {
    const untimed: WrittenFile = { name: 'a', path: '/www/a', bytes: 5, at: 1, pod: 'web-0', container: 'nginx' };
    expect(writerOf(file, 'a', [untimed]).writer?.changedSince).toBe(false);
    expect(writerOf(file, 'b', [by])).toEqual({});
  });
});
