import type { Assertion, ByteSet, Node } from './nodes';

/**
 * JavaScript's own matcher, which is many times faster, for the expressions for which it finds what POSIX wants. Its
 * alternatives and repeated groups end at the first way that matches; without them (single bytes repeated, one after
 * another) the first way is the longest too.
 */
export function isPlain(node: Node): boolean {
  switch (node.type) {
    case 'set':
    case 'assertion':
      return true;
    case 'group':
      return isPlain(node.body);
    case 'sequence':
      return node.items.every(isPlain);
    case 'repeat':
      return node.body.type === 'set' || (node.least === node.most && isPlain(node.body));
    case 'choice':
    case 'backReference':
      return false;
  }
}

export function javascriptOf(node: Node, byLine: boolean): string {
  switch (node.type) {
    case 'set':
      return characterClass(node.set);
    case 'assertion':
      return assertionSource(node.assertion, byLine);
    case 'group':
      return `(${javascriptOf(node.body, byLine)})`;
    case 'sequence':
      return node.items.map((item) => javascriptOf(item, byLine)).join('');
    case 'repeat':
      return `(?:${javascriptOf(node.body, byLine)}){${node.least},${node.most === Infinity ? '' : node.most}}`;
    case 'choice':
    case 'backReference':
      throw new Error(`not plain: ${node.type}`);
  }
}

/** In how many ways repetitions could share a text of this length among them before nothing is found. */
export function ways(node: Node, length: number): number {
  switch (node.type) {
    case 'group':
      return ways(node.body, length);
    case 'sequence':
      return node.items.reduce((product, item) => product * ways(item, length), 1);
    case 'repeat':
      if (node.body.type !== 'set') return ways(node.body, length) ** node.least;
      return Math.max(1, Math.min(node.most, length) - node.least + 1);
    default:
      return 1;
  }
}

function characterClass(set: ByteSet): string {
  let source = '';
  for (let from = 0; from < 256; from++) {
    if (!set[from]) continue;
    let to = from;
    while (set[to + 1]) to++;
    source += from === to ? hex(from) : `${hex(from)}-${hex(to)}`;
    from = to;
  }
  return `[${source}]`;
}

function hex(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}

function assertionSource(assertion: Assertion, byLine: boolean): string {
  switch (assertion) {
    case 'lineStart':
      return byLine ? '(?<![^\\n])' : '^';
    case 'lineEnd':
      return byLine ? '(?![^\\n])' : '$';
    case 'textStart':
      return '^';
    case 'textEnd':
      return '$';
    case 'wordStart':
      return '\\b(?=\\w)';
    case 'wordEnd':
      return '\\b(?<=\\w)';
    case 'wordEdge':
      return '\\b';
    case 'noWordEdge':
      return '\\B';
    case 'noWordBefore':
      return '(?<!\\w)';
    case 'noWordAfter':
      return '(?!\\w)';
  }
}
