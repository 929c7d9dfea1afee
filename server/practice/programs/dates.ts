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
    C: () => two(Math.floor(date.getUTCFullYear() / 100)),
  };
  return parts[letter]?.();
}
