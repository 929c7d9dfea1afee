import { parseNumber } from '../arithmetic';
import { escapeCharacter, unescape } from '../escapes';
import type { Shell } from '../shellState';
import { fail } from './builtin';
import type { Builtin } from './builtin';

export const printf: Builtin = {
  async run(shell, args, name) {
    const words = [...args];
    let variable: string | undefined;
    if (shell.isBash && words[0] === '-v') variable = words.splice(0, 2)[1];
    if (words[0] === '--') words.shift();
    const [format, ...values] = words;
    if (format === undefined) {
      if (shell.isBash) await shell.writeError('printf: usage: printf [-v var] format [arguments]\n');
      else
        await shell.complain(
          shell.flavour === 'dash' ? 'printf: usage: printf format [arg ...]' : 'printf: usage: printf FORMAT [ARG]...',
        );
      return 2;
    }
    const formatter = new Formatter(shell, name, format, values);
    const text = await formatter.run();
    if (variable === undefined) await shell.write(1, text);
    else shell.variables.set(variable, text);
    return formatter.status;
  },
};

class Formatter {
  status = 0;
  private output = '';
  private stopped = false;
  private used = 0;

  constructor(
    private readonly shell: Shell,
    private readonly name: string,
    private readonly format: string,
    private readonly values: readonly string[],
  ) {}

  /** The format is used again until all values are. */
  async run(): Promise<string> {
    do {
      const before = this.used;
      await this.pass();
      if (this.used === before) break;
    } while (this.used < this.values.length && !this.stopped);
    return this.output;
  }

  private async pass(): Promise<void> {
    const { format } = this;
    for (let at = 0; at < format.length && !this.stopped; at++) {
      const c = format[at] ?? '';
      if (c === '\\') {
        const escape = escapeCharacter(format, at + 1, 'format');
        this.output += escape.text;
        at += escape.length;
      } else if (c === '%') at = await this.conversion(at);
      else this.output += c;
    }
  }

  private async conversion(at: number): Promise<number> {
    const match = /^%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?([hlLjzt]*)(\(.*?\)T|.)?/s.exec(this.format.slice(at));
    const [whole = '%', flags = '', width, precision, , kind = ''] = match ?? [];
    if (kind === '%') {
      this.output += '%';
      return at + whole.length - 1;
    }
    const size = (word: string | undefined) =>
      word === '*' ? Number(this.next() ?? '0') : word === undefined ? undefined : Number(word || '0');
    const columns = size(width);
    const digits = size(precision);
    const text = await this.converted(kind, flags, digits);
    const padded = pad(text, flags, columns ?? 0, /^[diouxXeEfFgG]$/.test(kind) && digits === undefined);
    this.output += padded;
    return at + whole.length - 1;
  }

  private async converted(kind: string, flags: string, precision: number | undefined): Promise<string> {
    switch (kind) {
      case 's':
        return (this.next() ?? '').slice(0, precision);
      case 'b': {
        const { text, stopped } = unescape(this.next() ?? '', 'echo');
        this.stopped = stopped;
        return text.slice(0, precision);
      }
      case 'c':
        return (this.next() ?? '').slice(0, 1);
      case 'q':
        if (!this.shell.isBash) break;
        return (this.next() ?? '').replace(/[^\w@%+=:,./-]/g, '\\$&') || "''";
      case 'd':
      case 'i':
        return signed(await this.integer(), flags, precision);
      case 'u':
        return BigInt.asUintN(64, await this.integer())
          .toString()
          .padStart(precision ?? 0, '0');
      case 'o':
        return BigInt.asUintN(64, await this.integer())
          .toString(8)
          .padStart(precision ?? 0, '0');
      case 'x':
      case 'X': {
        const value = BigInt.asUintN(64, await this.integer());
        const hex =
          (flags.includes('#') && value !== 0n ? '0x' : '') + value.toString(16).padStart(precision ?? 0, '0');
        return kind === 'X' ? hex.toUpperCase() : hex;
      }
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        return real(Number(this.next() ?? '0') || 0, kind, flags, precision ?? 6);
    }
    if (kind.endsWith('T')) return strftime(kind.slice(1, -2), this.next(), this.shell.process.clock.now());
    this.status = await fail(
      this.shell,
      this.name,
      this.shell.isBash ? `\`${kind}': invalid format character` : `%${kind}: invalid directive`,
      this.shell.flavour === 'dash' ? 2 : 1,
    );
    this.stopped = true;
    return '';
  }

  private next(): string | undefined {
    return this.values[this.used++];
  }

  private async integer(): Promise<bigint> {
    const word = this.next();
    if (word === undefined || word === '') return 0n;
    if (/^["']/.test(word)) return BigInt(word.codePointAt(1) ?? 0);
    const value = parseNumber(word.trimStart());
    if (value !== undefined) return value;
    const message = this.shell.isBash
      ? `${word}: invalid number`
      : this.shell.flavour === 'dash'
        ? `${word}: expected numeric value`
        : `invalid number '${word}'`;
    if (this.shell.flavour === 'ash') await this.shell.complain(message);
    else await fail(this.shell, this.name, message, 1);
    this.status = 1;
    return BigInt(/^[+-]?\d+/.exec(word)?.[0] ?? '0');
  }
}

function signed(value: bigint, flags: string, precision: number | undefined): string {
  const digits = (value < 0n ? -value : value).toString().padStart(precision ?? 0, '0');
  return (value < 0n ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '') + digits;
}

function real(value: number, kind: string, flags: string, precision: number): string {
  const lower = kind.toLowerCase();
  let text =
    lower === 'f'
      ? value.toFixed(Math.min(precision, 100))
      : lower === 'e'
        ? exponent(value, precision)
        : general(value, precision);
  if (value >= 0 && flags.includes('+')) text = `+${text}`;
  return kind === lower ? text : text.toUpperCase();
}

function exponent(value: number, precision: number): string {
  return value.toExponential(Math.min(precision, 100)).replace(/e([+-])(\d)$/, 'e$10$2');
}

function general(value: number, precision: number): string {
  const digits = Math.max(1, Math.min(precision, 100));
  const magnitude = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  if (magnitude < -4 || magnitude >= digits) return exponent(value, digits - 1).replace(/\.?0+e/, 'e');
  const fixed = value.toFixed(Math.max(0, digits - 1 - magnitude));
  return fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
}

function pad(text: string, flags: string, width: number, isNumber: boolean): string {
  const missing = Math.min(width, 1 << 20) - text.length;
  if (width < 0) return text.padEnd(-width);
  if (missing <= 0) return text;
  if (flags.includes('-')) return text + ' '.repeat(missing);
  if (!flags.includes('0') || !isNumber) return ' '.repeat(missing) + text;
  const sign = /^[-+ ]|^0x/i.exec(text)?.[0] ?? '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
}

/** `%(%Y-%m-%d)T`; -1 and nothing mean now. */
function strftime(format: string, argument: string | undefined, now: number): string {
  const seconds = argument === undefined || Number(argument) < 0 ? now / 1000 : Number(argument);
  const date = new Date(seconds * 1000);
  const iso = date.toISOString();
  const fields: Record<string, string> = {
    Y: iso.slice(0, 4),
    m: iso.slice(5, 7),
    d: iso.slice(8, 10),
    H: iso.slice(11, 13),
    M: iso.slice(14, 16),
    S: iso.slice(17, 19),
    F: iso.slice(0, 10),
    T: iso.slice(11, 19),
    s: String(Math.floor(seconds)),
    Z: 'UTC',
    z: '+0000',
  };
  return (format || '%T').replace(
    /%([A-Za-z%])/g,
    (whole, letter: string) => fields[letter] ?? (letter === '%' ? '%' : whole),
  );
}
