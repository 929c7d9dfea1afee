import { command } from './command';
import { unescape } from './escapes';

/** printf(1): the format is used again while arguments are left. */
export const printf = command({ raw: true, usage: 'FORMAT [ARG]...' }, async (call) => {
  const [format, ...args] = call.operands[0] === '--' ? call.operands.slice(1) : call.operands;
  if (format === undefined) return call.missingOperand();
  const formatter = new Formatter(args);
  const bytes = formatter.all(format);
  await call.write(bytes);
  for (const bad of formatter.bad)
    await call.complain(call.isBusybox ? `invalid number '${bad}'` : `'${bad}': expected a numeric value`);
  return formatter.bad.length > 0 ? 1 : 0;
});

class Formatter {
  readonly bad: string[] = [];
  private stopped = false;
  private used = 0;

  constructor(private readonly args: readonly string[]) {}

  all(format: string): Buffer {
    const parts: Buffer[] = [];
    do {
      const before = this.used;
      parts.push(this.once(format));
      if (this.used === before) break;
    } while (this.used < this.args.length && !this.stopped);
    return Buffer.concat(parts);
  }

  private once(format: string): Buffer {
    const parts: Buffer[] = [];
    for (const [piece] of format.matchAll(/%[-+ 0#]*(?:\*|\d*)(?:\.(?:\*|\d*))?[a-zA-Z%]|[^%]+|%/g)) {
      if (this.stopped) break;
      if (piece.startsWith('%') && piece.length > 1) parts.push(this.conversion(piece));
      else {
        const { bytes, stopped } = unescape(piece, 'printf');
        parts.push(bytes);
        this.stopped ||= stopped;
      }
    }
    return Buffer.concat(parts);
  }

  private next(): string {
    const arg = this.args[this.used] ?? '';
    this.used++;
    return arg;
  }

  private conversion(text: string): Buffer {
    const [, flags = '', width = '', precision, letter = ''] =
      /^%([-+ 0#]*)(\*|\d*)(?:\.(\*|\d*))?([a-zA-Z%])$/.exec(text) ?? [];
    if (letter === '%') return Buffer.from('%');
    const size = width === '*' ? Number(this.next()) : Number(width || 0);
    const digits =
      precision === undefined ? undefined : precision === '*' ? Number(this.next()) : Number(precision || 0);
    if (letter === 's' || letter === 'b' || letter === 'c' || letter === 'q')
      return this.text(letter, flags, size, digits);
    const value = this.number(this.next());
    const plain = numberText(letter, value, flags, digits);
    const sign = /^-/.test(plain) ? '' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
    const signed = /[diefgEG]/.test(letter) ? sign + plain : plain;
    return Buffer.from(padded(signed, flags, size, digits === undefined || /[efgEG]/.test(letter)));
  }

  private text(letter: string, flags: string, size: number, digits: number | undefined): Buffer {
    const arg = this.next();
    if (letter === 'b') {
      const { bytes, stopped } = unescape(arg, 'echo');
      this.stopped ||= stopped;
      return bytes;
    }
    const cut = letter === 'c' ? arg.slice(0, 1) : digits === undefined ? arg : arg.slice(0, digits);
    return Buffer.from(flags.includes('-') ? cut.padEnd(size) : cut.padStart(size));
  }

  private number(text: string): number {
    if (text === '') return 0;
    if (/^['"]/.test(text)) return text.codePointAt(1) ?? 0;
    const value = /^[-+]?0[0-7]+$/.test(text) ? parseInt(text, 8) : Number(text);
    if (!Number.isNaN(value)) return value;
    this.bad.push(text);
    return parseFloat(text) || 0;
  }
}

function numberText(letter: string, value: number, flags: string, digits: number | undefined): string {
  const whole = Math.trunc(value);
  const least = (text: string) =>
    digits === undefined ? text : text.replace(/\d+|[0-9a-f]+/i, (run) => run.padStart(digits, '0'));
  switch (letter) {
    case 'x':
      return (flags.includes('#') ? '0x' : '') + least(BigInt.asUintN(64, BigInt(whole)).toString(16));
    case 'X':
      return (flags.includes('#') ? '0X' : '') + least(BigInt.asUintN(64, BigInt(whole)).toString(16)).toUpperCase();
    case 'o':
      return (flags.includes('#') ? '0' : '') + least(BigInt.asUintN(64, BigInt(whole)).toString(8));
    case 'f':
    case 'F':
      return value.toFixed(digits ?? 6);
    case 'e':
    case 'E':
      return value.toExponential(digits ?? 6).replace(/e([-+])(\d)$/, 'e$10$2');
    case 'g':
    case 'G':
      return String(Number(value.toPrecision(digits ?? 6)));
    default:
      return least(String(whole));
  }
}

function padded(text: string, flags: string, size: number, zeroAllowed: boolean): string {
  if (flags.includes('-')) return text.padEnd(size);
  if (!flags.includes('0') || !zeroAllowed) return text.padStart(size);
  const [, sign = '', rest = ''] = /^([-+ ]?)([\s\S]*)$/.exec(text) ?? [];
  return sign + rest.padStart(size - sign.length, '0');
}
