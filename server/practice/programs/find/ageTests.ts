import { parseDate } from '../dates';
import { statOf } from './fileTests';
import { holds, invalidNumber, parseBound } from './numbers';
import type { Bound } from './numbers';
import type { Given, Primaries } from './primary';
import type { Stat } from '../../filesystem/filesystem';
import type { Test } from './search';

/** Tests of when a file was read, changed or written. */
type Clock = 'a' | 'c' | 'm';

const dayMs = 86_400_000;
const minuteMs = 60_000;

export const ageTests: Primaries = {
  '-mtime': { build: (given) => daysTest(given, 'm'), busybox: 0 },
  '-atime': { build: (given) => daysTest(given, 'a'), busybox: 35 },
  '-ctime': { build: (given) => daysTest(given, 'c'), busybox: 35 },
  '-mmin': { build: (given) => minutesTest(given, 'm'), busybox: 0 },
  '-amin': { build: (given) => minutesTest(given, 'a'), busybox: 35 },
  '-cmin': { build: (given) => minutesTest(given, 'c'), busybox: 35 },
  '-newer': { build: (given) => newerTest(given, 'm', 'm'), busybox: 0 },
  '-anewer': { build: (given) => newerTest(given, 'a', 'm') },
  '-cnewer': { build: (given) => newerTest(given, 'c', 'm') },
  ...Object.fromEntries(
    (['a', 'c', 'm'] as const).flatMap((own) => [
      ...(['a', 'c', 'm'] as const).map((other) => [
        `-newer${own}${other}`,
        { build: (given: Given) => newerTest(given, own, other) },
      ]),
      [`-newer${own}t`, { build: (given: Given) => newerThanTest(given, own) }],
    ]),
  ),
};

function timeOf(stat: Stat, clock: Clock): number {
  return { a: stat.atimeMs, c: stat.ctimeMs, m: stat.mtimeMs }[clock];
}

function newerTest(given: Given, own: Clock, other: Clock): Test {
  const reference = timeOf(statOf(given, given.argument(), given.search.plan.follows !== 'never'), other);
  // busybox compares seconds.
  const whole = (ms: number) => (given.search.call.isBusybox ? Math.floor(ms / 1000) : ms);
  return ({ stat }) => whole(timeOf(stat, own)) > whole(reference);
}

/** -newermt: what `date -d` takes. */
function newerThanTest(given: Given, own: Clock): Test {
  const text = given.argument();
  const reference =
    parseDate(text, given.search.startedMs, true) ??
    given.refuse(`I cannot figure out how to interpret '${text}' as a date or time`);
  return ({ stat }) => timeOf(stat, own) > reference;
}

function boundOf(given: Given): Bound {
  const text = given.argument();
  const bound = parseBound(text, given.search.call.isBusybox ? /^\d+$/ : /^(\d+\.?\d*|\.\d+)$/);
  return bound ?? given.refuse(`invalid argument \`${text}' to \`${given.name}'`, invalidNumber(text));
}

/** Whole days ago, what is over being left out. For `-N` GNU allows a second more (parser.c, get_relative_timestamp). */
function daysTest(given: Given, clock: Clock): Test {
  const bound = boundOf(given);
  const { search, mood } = given;
  if (search.call.isBusybox) return wholeUnits(bound, (stat) => search.startedMs - timeOf(stat, clock), dayMs);
  const dayStart = mood.dayStartMs;
  return ({ stat }) => {
    const age = dayStart + dayMs - timeOf(stat, clock);
    if (bound.sign === '+') return age > (bound.value + 1) * dayMs;
    if (bound.sign === '-') return age < bound.value * dayMs + 1000;
    return age >= bound.value * dayMs && age < (bound.value + 1) * dayMs;
  };
}

/** GNU counts begun minutes, busybox whole ones. */
function minutesTest(given: Given, clock: Clock): Test {
  const bound = boundOf(given);
  const { search, mood } = given;
  if (search.call.isBusybox) return wholeUnits(bound, (stat) => search.startedMs - timeOf(stat, clock), minuteMs);
  const now = mood.dayStartMs + dayMs;
  return ({ stat }) => {
    const age = now - timeOf(stat, clock);
    if (bound.sign !== '') return holds(bound, age / minuteMs);
    return age >= (bound.value - 1) * minuteMs && age < bound.value * minuteMs;
  };
}

function wholeUnits(bound: Bound, ageOf: (stat: Stat) => number, unitMs: number): Test {
  return ({ stat }) => holds(bound, Math.floor(ageOf(stat) / unitMs));
}
