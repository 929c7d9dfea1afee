import { expect, it } from 'vitest';
import { detectLocale } from './locale';
import { durationOf, shownAge } from './duration';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

it.each([
  [-5, { unit: 's', n: 0 }],
  [119 * second, { unit: 's', n: 119 }],
  [3 * minute + 12 * second, { unit: 'ms', m: 3, s: 12 }],
  [3 * minute, { unit: 'm', n: 3 }],
  [25 * minute + 9 * second, { unit: 'm', n: 25 }],
  [3 * hour + 5 * minute, { unit: 'hm', h: 3, m: 5 }],
  [9 * hour + 5 * minute, { unit: 'h', n: 9 }],
  [72 * hour, { unit: 'd', n: 3 }],
])('%d ms is an age as kubectl prints it', (milliseconds, duration) => {
  expect(durationOf(milliseconds)).toEqual(duration);
});

it.each([
  ['ordinal-locale=es', ['en-US'], 'es'],
  ['a=b; ordinal-locale=en', ['es'], 'en'],
  ['', ['fr-FR', 'es-MX', 'en'], 'es'],
  ['ordinal-locale=xx', ['fr'], 'en'],
])('cookie %j and languages %j give %s', (cookie, languages, locale) => {
  expect(detectLocale(cookie, languages)).toBe(locale);
});

it('an age that is shown as another stays the same words until its words change', () => {
  for (let age = -second; age < 60 * hour; age += 41 * second) {
    const shown = shownAge(age);
    expect(durationOf(shown)).toEqual(durationOf(age));
    expect(shown).toBeLessThanOrEqual(Math.max(0, age));
  }
  expect(shownAge(25 * minute + 59 * second)).toBe(25 * minute);
  expect(shownAge(71 * hour)).toBe(48 * hour);
});
