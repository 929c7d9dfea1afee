import { describe, expect, it } from 'vitest';
import { formatDate, parseDate } from './dates';

const now = Date.UTC(2026, 10, 29, 12);

describe('dates', () => {
  it.each([
    ['@86400', 86_400_000],
    ['2020-01-02', Date.UTC(2020, 0, 2)],
    ['2020-01-02 03:04:05', Date.UTC(2020, 0, 2, 3, 4, 5)],
    ['2020-01-02T03:04:05Z', Date.UTC(2020, 0, 2, 3, 4, 5)],
    ['2020-02-30', undefined],
    ['nonsense', undefined],
    ['yesterday', now - 86_400_000],
    ['2 hours ago', now - 7_200_000],
    ['+1 day', now + 86_400_000],
  ])('%s', (text, ms) => expect(parseDate(text, now, true)).toBe(ms));

  it('knows no words in busybox', () => expect(parseDate('yesterday', now, false)).toBeUndefined());

  it.each([
    ['%A %d %B %Y %j %U %W %C %q', 'Sunday 29 November 2026 333 48 47 20 4'],
    ['%-d %e %_m', '29 29 11'],
  ])('%s', (format, text) => expect(formatDate(format, now)).toBe(text));
});
