import type { ByteSet } from './nodes';

const ranges: Readonly<Record<string, string>> = {
  alpha: 'AZaz',
  digit: '09',
  alnum: 'AZaz09',
  upper: 'AZ',
  lower: 'az',
  space: '  \t\r',
  blank: '  \t\t',
  punct: '!/:@[`{~',
  xdigit: '09AFaf',
  cntrl: '\x00\x1f\x7f\x7f',
  print: ' ~',
  graph: '!~',
};

/** `[:alpha:]` and its like, in the C locale. */
export function classSet(name: string): ByteSet | undefined {
  const pairs = Object.hasOwn(ranges, name) ? ranges[name] : undefined;
  if (pairs === undefined) return undefined;
  const set = emptySet();
  for (let at = 0; at < pairs.length; at += 2) addRange(set, pairs.charCodeAt(at), pairs.charCodeAt(at + 1));
  return set;
}

export function emptySet(): ByteSet {
  return new Uint8Array(256);
}

export function anyByte(): ByteSet {
  return emptySet().fill(1);
}

export function byteSet(character: string): ByteSet {
  const set = emptySet();
  set[character.charCodeAt(0)] = 1;
  return set;
}

/** `\w` or `\s`; the capital letter is the rest. */
export function letterSet(letter: string): ByteSet | undefined {
  const set = { w: classSet('alnum'), s: classSet('space') }[letter.toLowerCase()];
  if (!set) return undefined;
  if (letter.toLowerCase() === 'w') set[0x5f] = 1;
  return letter === letter.toLowerCase() ? set : complement(set);
}

export function addRange(set: ByteSet, from: number, to: number): void {
  set.fill(1, from, to + 1);
}

export function addAll(set: ByteSet, other: ByteSet): void {
  for (let byte = 0; byte < 256; byte++) if (other[byte]) set[byte] = 1;
}

export function complement(set: ByteSet): ByteSet {
  return set.map((held) => (held ? 0 : 1));
}

/** Every letter in it in both cases. */
export function bothCases(set: ByteSet): ByteSet {
  const folded = set.slice();
  for (let upper = 0x41; upper <= 0x5a; upper++) {
    const held = set[upper] || set[upper + 0x20] ? 1 : 0;
    folded[upper] = held;
    folded[upper + 0x20] = held;
  }
  return folded;
}

export function isWordByte(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) || code === 0x5f
  );
}
