/** From and to, counted from 1, both in it. */
export type Span = readonly [number, number];

/** A list that cannot be: `message` in GNU's words. */
export class ListError extends Error {
  constructor(
    message: string,
    readonly busybox: string,
  ) {
    super(message);
  }
}

/** `1,3-5,-2,7-`: in order and without overlap, for nothing is printed twice. */
export function parseList(text: string, of: 'byte' | 'field'): Span[] {
  const spans = text.split(/[, \t]/).map((part) => parseSpan(part, of));
  const joined: [number, number][] = [];
  for (const [from, to] of spans.sort(([a], [b]) => a - b)) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

function parseSpan(part: string, of: 'byte' | 'field'): Span {
  const [whole, from = '', dash = '', to = ''] = /^(\d*)(-?)(\d*)$/.exec(part) ?? [];
  const what = of === 'field' ? 'field value' : 'byte/character position';
  if (whole === undefined) throw new ListError(`invalid ${what} '${part}'`, `invalid number '${part}'`);
  if (part === '-') throw new ListError('invalid range with no endpoint: -', "invalid range '-'");
  const span: Span = [from === '' ? 1 : Number(from), dash === '' ? Number(from) : to === '' ? Infinity : Number(to)];
  if (part === '' || span[0] === 0)
    throw new ListError(
      of === 'field' ? 'fields are numbered from 1' : 'byte/character positions are numbered from 1',
      `invalid number '${part}'`,
    );
  if (span[1] < span[0]) throw new ListError('invalid decreasing range', `invalid range '${part}'`);
  return span;
}

export function includes(spans: readonly Span[], position: number): boolean {
  return spans.some(([from, to]) => position >= from && position <= to);
}
