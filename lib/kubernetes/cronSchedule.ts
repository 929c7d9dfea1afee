/** When a CronJob starts its Jobs, as github.com/robfig/cron/v3 reads it (ParseStandard), which Kubernetes uses. */
export interface CronSchedule {
  /** The next time after `after`, in milliseconds; undefined when there is none within five years. */
  next(after: number): number | undefined;
}

/** The words are the library's. */
export class CronError extends Error {
  override name = 'CronError';
}

/** Throws `CronError`. `timeZone` is where the fields are told by; UTC where none is given. */
export function parseCron(text: string, timeZone = 'UTC'): CronSchedule {
  if (text === '') throw new CronError('empty spec string');
  const [, zone, rest] = /^(?:CRON_)?TZ=(\S*)\s+(.*)$/.exec(text) ?? [];
  if (zone !== undefined) return parseFields((rest ?? '').trim(), checkedZone(zone));
  if (/^(?:CRON_)?TZ=/.test(text))
    throw new CronError('invalid schedule format: runtime error: slice bounds out of range');
  return parseFields(text.trim(), timeZone);
}

/** Whether there is such a time zone. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function checkedZone(zone: string): string {
  if (!isTimeZone(zone)) throw new CronError(`provided bad location ${zone}: unknown time zone ${zone}`);
  return zone;
}

interface Bounds {
  min: number;
  max: number;
  names?: readonly string[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const bounds: readonly Bounds[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: months },
  { min: 0, max: 6, names: days },
];

const descriptors: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

function parseFields(text: string, timeZone: string): CronSchedule {
  if (text.startsWith('@')) return parseDescriptor(text, timeZone);
  const words = text.split(/\s+/).filter((word) => word !== '');
  if (words.length !== bounds.length)
    throw new CronError(`expected exactly 5 fields, found ${words.length}: [${words.join(' ')}]`);
  const fields = bounds.map((bound, i) => parseField(words[i] ?? '', bound));
  return { next: (after) => nextMatch(fields, after, timeZone) };
}

function parseDescriptor(text: string, timeZone: string): CronSchedule {
  const known = descriptors[text];
  if (known) return parseFields(known, timeZone);
  if (!text.startsWith('@every ')) throw new CronError(`unrecognized descriptor: ${text}`);
  const delay = durationOf(text.slice('@every '.length));
  if (delay === undefined)
    throw new CronError(
      `failed to parse duration ${text}: time: invalid duration ${JSON.stringify(text.slice('@every '.length))}`,
    );
  const seconds = Math.max(1, Math.floor(delay / 1000));
  return { next: (after) => (Math.floor(after / 1000) + seconds) * 1000 };
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function durationOf(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+(?:\.\d*)?)(ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== text) return undefined;
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0), 0);
}

interface Field {
  values: ReadonlySet<number>;
  /** Every value: of the two day fields only the other one counts then. */
  isAny: boolean;
}

function parseField(text: string, bound: Bounds): Field {
  const values = new Set<number>();
  let isAny = false;
  for (const range of text.split(',').filter((part) => part !== '')) isAny = addRange(range, bound, values) || isAny;
  return { values, isAny };
}

/** `N`, `N-M`, `*`, each with `/STEP`. Says whether it stands for everything. */
function addRange(text: string, { min, max, names }: Bounds, into: Set<number>): boolean {
  const [range = '', stepText, ...more] = text.split('/');
  const ends = range.split('-');
  const isStar = ends[0] === '*' || ends[0] === '?';
  if (!isStar && ends.length > 2) throw new CronError(`too many hyphens: ${text}`);
  const start = isStar ? min : numberIn(ends[0] ?? '', names);
  let end = isStar ? max : ends.length === 1 ? start : numberIn(ends[1] ?? '', names);
  if (more.length > 0) throw new CronError(`too many slashes: ${text}`);
  const step = stepText === undefined ? 1 : numberIn(stepText);
  if (stepText !== undefined && ends.length === 1) end = max;
  if (start < min) throw new CronError(`beginning of range (${start}) below minimum (${min}): ${text}`);
  if (end > max) throw new CronError(`end of range (${end}) above maximum (${max}): ${text}`);
  if (start > end) throw new CronError(`beginning of range (${start}) beyond end of range (${end}): ${text}`);
  if (step === 0) throw new CronError(`step of range should be a positive number: ${text}`);
  for (let value = start; value <= end; value += step) into.add(value);
  return isStar && step === 1;
}

function numberIn(text: string, names: readonly string[] = []): number {
  const named = names.indexOf(text.toLowerCase());
  if (named >= 0) return names === months ? named + 1 : named;
  if (!/^[+-]?\d+$/.test(text))
    throw new CronError(
      `failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  const value = Number(text);
  if (value < 0) throw new CronError(`negative number (${value}) not allowed: ${text}`);
  return value;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Goes forward by what does not match, the largest first. Times are those of the zone's clock, told as if they were UTC. */
function nextMatch(
  [minute, hour, date, month, day]: readonly Field[],
  after: number,
  zone: string,
): number | undefined {
  if (!minute || !hour || !date || !month || !day) return undefined;
  const limit = new Date(after).getUTCFullYear() + 5;
  let wall = Math.floor((after + offsetOf(after, zone)) / minuteMs) * minuteMs + minuteMs;
  for (;;) {
    const at = new Date(wall);
    if (at.getUTCFullYear() > limit) return undefined;
    if (!month.values.has(at.getUTCMonth() + 1)) wall = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1);
    else if (!isDay(date, day, at)) wall = Math.floor(wall / dayMs) * dayMs + dayMs;
    else if (!hour.values.has(at.getUTCHours())) wall = Math.floor(wall / (60 * minuteMs) + 1) * 60 * minuteMs;
    else if (!minute.values.has(at.getUTCMinutes())) wall += minuteMs;
    else {
      const time = instantOf(wall, zone);
      // An hour that a clock skips, or has twice, is not met again.
      if (time > after) return time;
      wall += minuteMs;
    }
  }
}

/** When both are restricted either will do. */
function isDay(date: Field, day: Field, at: Date): boolean {
  const [isDate, isWeekday] = [date.values.has(at.getUTCDate()), day.values.has(at.getUTCDay())];
  return date.isAny || day.isAny ? isDate && isWeekday : isDate || isWeekday;
}

function instantOf(wall: number, zone: string): number {
  const guess = wall - offsetOf(wall, zone);
  return wall - offsetOf(guess, zone);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** By how much a zone's clocks are ahead of UTC. */
function offsetOf(time: number, zone: string): number {
  if (zone === 'UTC') return 0;
  let format = formats.get(zone);
  if (!format) {
    const two = '2-digit';
    const parts = { year: 'numeric', month: two, day: two, hour: two, minute: two, second: two } as const;
    formats.set(zone, (format = new Intl.DateTimeFormat('en-US', { ...parts, timeZone: zone, hourCycle: 'h23' })));
  }
  const found = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(time / 1000) * 1000;
}
