import { months } from './listing';

/** strftime for UTC, the only zone containers have. */
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const longMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const unitsMs: Readonly<Record<string, number>> = {
  sec: 1000,
  second: 1000,
  min: 60_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

/**
 * The moment that `-d` names: `@seconds`, `2026-01-02`, `2026-01-02 03:04:05`, and of GNU's words `yesterday`, `2 days ago`,
 * `+1 hour`. Undefined for what is no date, the 30th of February too.
 */
export function parseDate(text: string, now: number, hasWords: boolean): number | undefined {
  const [, seconds] = /^@(-?\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (seconds !== undefined) return Number(seconds) * 1000;
  const named = { now: 0, today: 0, yesterday: -1, tomorrow: 1 }[text];
  if (named !== undefined && hasWords) return now + named * 86_400_000;
  const [, count, unit = '', ago] = /^([+-]?\d+) ?([a-z]+?)s?( ago)?$/.exec(text) ?? [];
  const unitMs = unitsMs[unit];
  if (count !== undefined && unitMs !== undefined && hasWords)
    return now + Number(count) * unitMs * (ago === undefined ? 1 : -1);
  const isZoned = /[zZ]|[+-]\d\d:?\d\d$/.test(text);
  const whole = isZoned ? text : `${text.replace(' ', 'T')}${text.includes(':') ? '' : 'T00:00:00'}Z`;
  const ms = Date.parse(whole);
  const [, day] = /^\d{4}-\d\d-(\d\d)/.exec(text) ?? [];
  const isReal = day === undefined || isZoned || new Date(ms).getUTCDate() === Number(day);
  return Number.isNaN(ms) || !isReal ? undefined : ms;
}

export function formatDate(format: string, ms: number): string {
  const date = new Date(ms);
  return format.replace(/%([-_0]?)([a-zA-Z%])/g, (whole, flag: string, letter: string) => {
    const text = part(letter, date, ms);
    if (text === undefined) return whole;
    if (flag === '-') return text.replace(/^[0 ]+(?=.)/, '');
    return flag === '_' ? text.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length)) : text;
  });
}

function part(letter: string, date: Date, ms: number): string | undefined {
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = date.getUTCHours();
  const dayOfYear =
    Math.floor(
      (Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()) - Date.UTC(date.getUTCFullYear(), 0, 1)) /
        86_400_000,
    ) + 1;
  const parts: Record<string, () => string> = {
    Y: () => String(date.getUTCFullYear()),
    y: () => two(date.getUTCFullYear() % 100),
    m: () => two(date.getUTCMonth() + 1),
    d: () => two(date.getUTCDate()),
    e: () => String(date.getUTCDate()).padStart(2),
    H: () => two(hours),
    I: () => two(hours % 12 || 12),
    k: () => String(hours).padStart(2),
    l: () => String(hours % 12 || 12).padStart(2),
    M: () => two(date.getUTCMinutes()),
    S: () => two(date.getUTCSeconds()),
    N: () =>
      String(((ms % 1000) + 1000) % 1000)
        .padStart(3, '0')
        .padEnd(9, '0'),
    s: () => String(Math.floor(ms / 1000)),
    p: () => (hours < 12 ? 'AM' : 'PM'),
    a: () => (days[date.getUTCDay()] ?? '').slice(0, 3),
    A: () => days[date.getUTCDay()] ?? '',
    b: () => months[date.getUTCMonth()] ?? '',
    h: () => months[date.getUTCMonth()] ?? '',
    B: () => longMonths[date.getUTCMonth()] ?? '',
    U: () => two(Math.floor((dayOfYear + 6 - date.getUTCDay()) / 7)),
    W: () => two(Math.floor((dayOfYear + 6 - ((date.getUTCDay() + 6) % 7)) / 7)),
    C: () => two(Math.floor(date.getUTCFullYear() / 100)),
    q: () => String(Math.floor(date.getUTCMonth() / 3) + 1),
    j: () => String(dayOfYear).padStart(3, '0'),
    u: () => String(date.getUTCDay() || 7),
    w: () => String(date.getUTCDay()),
    Z: () => 'UTC',
    z: () => '+0000',
    n: () => '\n',
    t: () => '\t',
    '%': () => '%',
    T: () => formatDate('%H:%M:%S', ms),
    R: () => formatDate('%H:%M', ms),
    r: () => formatDate('%I:%M:%S %p', ms),
    D: () => formatDate('%m/%d/%y', ms),
    F: () => formatDate('%Y-%m-%d', ms),
    c: () => formatDate('%a %b %e %H:%M:%S %Y', ms),
    x: () => formatDate('%m/%d/%y', ms),
    X: () => formatDate('%H:%M:%S', ms),
  };
  return parts[letter]?.();
}
