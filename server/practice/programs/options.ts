/** getopt_long: letters may be bundled, values may be glued on, operands may stand between (unless `stopAtOperand`). */
export interface OptionSpec {
  /** As getopt has them: `la:` takes `-l` and `-a VALUE`. */
  letters: string;
  /** Long names and the letter each stands for; a letter of more than one character is a key of its own. */
  long?: Readonly<Record<string, string>>;
  /** The first operand ends the options (POSIX order), as in `env` or `timeout`. */
  stopAtOperand?: boolean;
}

export interface Options {
  values: Map<string, string[]>;
  /** Every option with its value in the order in which they were given. */
  given: [key: string, value: string][];
  operands: string[];
}

export class OptionError extends Error {
  constructor(
    readonly kind: 'invalid' | 'needsValue' | 'unknownLong' | 'longNeedsValue' | 'longTakesNone',
    readonly option: string,
  ) {
    super(option);
    this.name = 'OptionError';
  }
}

export function parseOptions(args: readonly string[], spec: OptionSpec): Options {
  const parsed: Options = { values: new Map(), given: [], operands: [] };
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') {
      parsed.operands.push(...rest);
      break;
    }
    if (arg.startsWith('--')) readLong(arg, rest, spec, parsed);
    else if (arg.startsWith('-') && arg !== '-') readLetters(arg, rest, spec, parsed);
    else if (spec.stopAtOperand) {
      parsed.operands.push(arg, ...rest);
      break;
    } else parsed.operands.push(arg);
  }
  return parsed;
}

function readLetters(arg: string, rest: string[], spec: OptionSpec, parsed: Options): void {
  for (let i = 1; i < arg.length; i++) {
    const letter = arg[i] ?? '';
    const at = letter === ':' ? -1 : spec.letters.indexOf(letter);
    if (at < 0) throw new OptionError('invalid', letter);
    if (spec.letters[at + 1] !== ':') {
      add(parsed, letter, '');
      continue;
    }
    // `x::` takes a value only when it is glued on.
    const value = i + 1 < arg.length ? arg.slice(i + 1) : spec.letters[at + 2] === ':' ? '' : rest.shift();
    if (value === undefined) throw new OptionError('needsValue', letter);
    add(parsed, letter, value);
    return;
  }
}

function readLong(arg: string, rest: string[], spec: OptionSpec, parsed: Options): void {
  const [, name = '', glued] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(arg) ?? [];
  const names = Object.keys(spec.long ?? {});
  const matching = names.includes(name) ? [name] : names.filter((known) => known.startsWith(name));
  const key = matching.length === 1 ? spec.long?.[matching[0] ?? ''] : undefined;
  if (key === undefined) throw new OptionError('unknownLong', arg);
  const takesValue = key.length === 1 ? spec.letters[spec.letters.indexOf(key) + 1] === ':' : key.endsWith(':');
  const stored = key.length > 1 && key.endsWith(':') ? key.slice(0, -1) : key;
  if (!takesValue) {
    if (glued !== undefined && !key.endsWith('?')) throw new OptionError('longTakesNone', `--${name}`);
    add(parsed, stored.replace(/\?$/, ''), glued ?? '');
    return;
  }
  const isOptional = key.length === 1 && spec.letters[spec.letters.indexOf(key) + 2] === ':';
  const value = glued ?? (isOptional ? '' : rest.shift());
  if (value === undefined) throw new OptionError('longNeedsValue', `--${name}`);
  add(parsed, stored, value);
}

function add(parsed: Options, key: string, value: string): void {
  parsed.given.push([key, value]);
  const held = parsed.values.get(key);
  if (held) held.push(value);
  else parsed.values.set(key, [value]);
}
