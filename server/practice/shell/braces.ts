import type { Word, WordPart } from './ast';
import { ShellError } from './shellError';

/** As many words as one brace expansion may make: `{1..100000000}` must not fill the memory. */
const mostWords = 100_000;

type Unit = { part: WordPart } | { mark: '{' | '}' | ',' };

/** bash's `{a,b}` and `{1..9..2}`, before anything else is expanded. */
export function expandBraces(word: Word): Word[] {
  const hasBrace = word.parts.some((part) => part.type === 'text' && !part.quoted && part.text.includes('{'));
  if (!hasBrace) return [word];
  return alternatives(unitsOf(word)).map((units) => ({ parts: units.map(partOf), source: word.source }));
}

function unitsOf(word: Word): Unit[] {
  return word.parts.flatMap((part): Unit[] => {
    if (part.type !== 'text' || part.quoted) return [{ part }];
    return part.text.split(/([{},])/).flatMap((text): Unit[] => {
      if (text === '{' || text === '}' || text === ',') return [{ mark: text }];
      return text === '' ? [] : [{ part: { type: 'text', text, quoted: false } }];
    });
  });
}

function partOf(unit: Unit): WordPart {
  return 'part' in unit ? unit.part : { type: 'text', text: unit.mark, quoted: false };
}

function alternatives(units: Unit[]): Unit[][] {
  for (let at = 0; at < units.length; at++) {
    const unit = units[at];
    if (!unit || !('mark' in unit) || unit.mark !== '{') continue;
    const end = closingOf(units, at);
    if (end === undefined) continue;
    const choices = choicesOf(units.slice(at + 1, end));
    if (!choices) continue;
    const before = units.slice(0, at);
    const after = alternatives(units.slice(end + 1));
    const all = choices.flatMap((choice) => after.map((rest) => [...before, ...choice, ...rest]));
    if (all.length > mostWords)
      throw new ShellError({ kind: 'too much', what: 'brace expansion: failed to allocate memory' });
    return all;
  }
  return [units];
}

function closingOf(units: Unit[], open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < units.length; at++) {
    const unit = units[at];
    if (!unit || !('mark' in unit)) continue;
    if (unit.mark === '{') depth++;
    if (unit.mark === '}' && --depth === 0) return at;
  }
  return undefined;
}

function choicesOf(inner: Unit[]): Unit[][] | undefined {
  const pieces: Unit[][] = [[]];
  let depth = 0;
  for (const unit of inner) {
    if ('mark' in unit && unit.mark === '{') depth++;
    if ('mark' in unit && unit.mark === '}') depth--;
    if ('mark' in unit && unit.mark === ',' && depth === 0) pieces.push([]);
    else pieces.at(-1)?.push(unit);
  }
  if (pieces.length > 1) return pieces.flatMap(alternatives);
  const only = inner.length === 1 ? inner[0] : undefined;
  const text = only && 'part' in only && only.part.type === 'text' && !only.part.quoted ? only.part.text : undefined;
  return text === undefined
    ? undefined
    : sequenceOf(text)?.map((item) => [{ part: { type: 'text', text: item, quoted: false } }]);
}

function sequenceOf(text: string): string[] | undefined {
  const numbers = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/.exec(text);
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?\d+))?$/.exec(text);
  const match = numbers ?? letters;
  const [, from = '', to = '', by] = match ?? [];
  if (!match) return undefined;
  const value = (end: string) => (numbers ? Number(end) : end.charCodeAt(0));
  const step = Math.abs(Number(by ?? 1)) || 1;
  const [first, last] = [value(from), value(to)];
  if (Math.abs(last - first) / step > mostWords)
    throw new ShellError({ kind: 'too much', what: 'brace expansion: failed to allocate memory' });
  const width = /^-?0\d/.test(from) || /^-?0\d/.test(to) ? Math.max(from.length, to.length) : 0;
  const items: string[] = [];
  const sign = last >= first ? 1 : -1;
  for (let n = first; sign * n <= sign * last; n += sign * step)
    items.push(numbers ? padded(n, width) : String.fromCharCode(n));
  return items;
}

function padded(n: number, width: number): string {
  return n < 0 ? `-${String(-n).padStart(width - 1, '0')}` : String(n).padStart(width, '0');
}
