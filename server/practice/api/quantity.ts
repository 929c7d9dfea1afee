/**
 * Quantities to the letter (k8s.io/apimachinery/pkg/api/resource): exact arithmetic, and the one way of writing each value
 * that every object comes back with (`1024Mi` → `1Gi`, `0.5` → `500m`). Values are whole billionths, as upstream keeps
 * nothing finer.
 */
const nano = 10n ** 9n;

const binary: Record<string, bigint> = {
  Ki: 2n ** 10n,
  Mi: 2n ** 20n,
  Gi: 2n ** 30n,
  Ti: 2n ** 40n,
  Pi: 2n ** 50n,
  Ei: 2n ** 60n,
};
const decimal: Record<string, number> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const suffixes = new Map(Object.entries(decimal).map(([suffix, exponent]) => [exponent, suffix]));

type Form = 'binary' | 'decimal' | 'exponent';

/** The sentence that a refused quantity is answered with. */
export const quantityPattern =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/** Billionths, and how the value was written; undefined for text that is no quantity. */
export function parseQuantity(text: unknown): { nanos: bigint; form: Form } | undefined {
  const match = /^([+-]?)([0-9]+\.?[0-9]*|\.[0-9]+)(?:([eE])([+-]?[0-9]+)|([a-zA-Z]*))$/.exec(String(text));
  if (!match) return undefined;
  const [, sign, digits = '', exponentMark, exponentText, suffix = ''] = match;
  const negative = sign === '-';
  if (exponentMark) return signed(negative, scaled(digits, Number(exponentText)), 'exponent');
  const factor = binary[suffix];
  if (factor !== undefined) return signed(negative, divideUp(scaledExact(digits, factor)), 'binary');
  const exponent = decimal[suffix];
  return exponent === undefined ? undefined : signed(negative, scaled(digits, exponent), 'decimal');
}

function signed(negative: boolean, nanos: bigint, form: Form) {
  return { nanos: negative ? -nanos : nanos, form };
}

/** `digits` × 10^exponent in billionths, rounded up. */
function scaled(digits: string, exponent: number): bigint {
  const [whole = '', fraction = ''] = digits.split('.');
  const power = exponent + 9 - fraction.length;
  const value = BigInt(`0${whole}${fraction}`);
  return power >= 0 ? value * 10n ** BigInt(power) : divideUp([value, 10n ** BigInt(-power)]);
}

function scaledExact(digits: string, factor: bigint): [bigint, bigint] {
  const [whole = '', fraction = ''] = digits.split('.');
  return [BigInt(`0${whole}${fraction}`) * factor * nano, 10n ** BigInt(fraction.length)];
}

function divideUp([value, by]: [bigint, bigint]): bigint {
  return (value + by - 1n) / by;
}

/** The canonical text; what is no quantity comes back as it was, for validation to refuse. */
export function canonicalQuantity(text: unknown): string {
  const parsed = parseQuantity(text);
  if (!parsed) return String(text);
  const negative = parsed.nanos < 0n;
  const written = write(negative ? -parsed.nanos : parsed.nanos, parsed.form);
  return negative && written !== '0' ? `-${written}` : written;
}

function write(nanos: bigint, form: Form): string {
  if (nanos === 0n) return '0';
  // A binary suffix is kept only where it says the same value exactly.
  if (form === 'binary' && nanos % nano === 0n && nanos >= 1024n * nano) return writeBinary(nanos / nano);
  let mantissa = nanos;
  let exponent = -9;
  while (mantissa % 1000n === 0n && exponent < 18) {
    mantissa /= 1000n;
    exponent += 3;
  }
  if (form === 'exponent') return exponent === 0 ? String(mantissa) : `${mantissa}e${exponent}`;
  return `${mantissa}${suffixes.get(exponent) ?? ''}`;
}

function writeBinary(value: bigint): string {
  const names = ['', ...Object.keys(binary)];
  let power = 0;
  while (value % 1024n === 0n && power < names.length - 1) {
    value /= 1024n;
    power++;
  }
  return `${value}${names[power] ?? ''}`;
}

/** Less than, equal to or greater than 0, as `a` is to `b`; text that is no quantity counts as 0. */
export function compareQuantities(a: unknown, b: unknown): number {
  const difference = (parseQuantity(a)?.nanos ?? 0n) - (parseQuantity(b)?.nanos ?? 0n);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

/** Rewrites each quantity of a resource list in place, rounded up to thousandths (SetDefaults_ResourceList). */
export function canonicalizeResources(list: Record<string, string> | undefined): void {
  for (const [name, text] of Object.entries(list ?? {})) {
    const parsed = parseQuantity(text);
    if (!list || !parsed) continue;
    const milli = 10n ** 6n;
    const rest = ((parsed.nanos % milli) + milli) % milli;
    if (rest === 0n) list[name] = canonicalQuantity(text);
    else list[name] = canonicalQuantity(`${(parsed.nanos - rest) / milli + 1n}m`);
  }
}
