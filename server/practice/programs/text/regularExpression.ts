import { bothCases, byteSet, emptySet } from './expressions/byteSets';
import { parseExpression } from './expressions/expressionParser';
import { firstBytes } from './expressions/firstBytes';
import { instructionsOf } from './expressions/instructions';
import { isPlain, javascriptOf, ways } from './expressions/javascript';
import type { ExpressionTree, Node } from './expressions/nodes';
import { Search } from './expressions/search';

/**
 * POSIX regular expressions over bytes: expressions and texts are latin1, as `Call.lines` gives them. So a character
 * beyond ASCII is two or more `.`: that is the C locale, which a pod has unless its image sets LANG.
 */
export interface ExpressionOptions {
  ignoreCase?: boolean;
  /** `^` and `$` match at every line of the text (sed's M). */
  byLine?: boolean;
  /** What grep reads as characters and sed refuses: a repetition of nothing, a brace that holds no interval. */
  isLenient?: boolean;
  /** It has to be all of a line, or no part of a word: grep's -x and -w. */
  whole?: 'line' | 'word';
}

export interface Match {
  start: number;
  end: number;
  /** The match and its groups; undefined for one that had no part. */
  groups: readonly (string | undefined)[];
}

/** Throws `ExpressionError`. Several sources are alternatives, and none matches nothing. */
export function compileBasic(sources: string | readonly string[], options: ExpressionOptions = {}): RegularExpression {
  return compile([sources].flat(), false, options);
}

export function compileExtended(
  sources: string | readonly string[],
  options: ExpressionOptions = {},
): RegularExpression {
  return compile([sources].flat(), true, options);
}

/** Texts that mean themselves: grep's -F. */
export function compileFixed(texts: readonly string[], options: ExpressionOptions = {}): RegularExpression {
  const trees = texts.map((text) => ({ groups: 0, root: fixed(text, options.ignoreCase ?? false) }));
  return new RegularExpression(joined(trees, options), options);
}

function compile(sources: readonly string[], isExtended: boolean, options: ExpressionOptions): RegularExpression {
  const { ignoreCase = false, byLine = false, isLenient = false } = options;
  const trees = sources.map((source) => parseExpression(source, { isExtended, ignoreCase, byLine, isLenient }));
  return new RegularExpression(joined(trees, options), options);
}

function fixed(text: string, ignoreCase: boolean): Node {
  const sets = [...text].map(byteSet).map((set) => (ignoreCase ? bothCases(set) : set));
  return { type: 'sequence', items: sets.map((set) => ({ type: 'set', set })) };
}

const nothing: Node = { type: 'set', set: emptySet() };

function joined(trees: readonly ExpressionTree[], { whole }: ExpressionOptions): ExpressionTree {
  let groups = 0;
  const options = trees.map((tree) => {
    const before = groups;
    groups += tree.groups;
    return before === 0 ? tree.root : renumbered(tree.root, before);
  });
  const [only] = options;
  const root = options.length > 1 ? { type: 'choice' as const, options } : (only ?? nothing);
  if (whole === undefined) return { root, groups };
  const [before, after] =
    whole === 'line' ? (['lineStart', 'lineEnd'] as const) : (['noWordBefore', 'noWordAfter'] as const);
  const assertions = [before, after].map((assertion): Node => ({ type: 'assertion', assertion }));
  return { root: { type: 'sequence', items: [...assertions.slice(0, 1), root, ...assertions.slice(1)] }, groups };
}

/** A second expression's `\1` is its own first group. */
function renumbered(node: Node, by: number): Node {
  switch (node.type) {
    case 'group':
      return { ...node, index: node.index + by, body: renumbered(node.body, by) };
    case 'backReference':
      return { ...node, index: node.index + by };
    case 'sequence':
      return { ...node, items: node.items.map((item) => renumbered(item, by)) };
    case 'choice':
      return { ...node, options: node.options.map((option) => renumbered(option, by)) };
    case 'repeat':
      return { ...node, body: renumbered(node.body, by) };
    default:
      return node;
  }
}

/** JavaScript's matcher cannot be interrupted: what may take longer than this is left to our own search. */
const mostWays = 10_000_000;

export class RegularExpression {
  readonly groups: number;
  private readonly javascript: RegExp | undefined;
  private readonly search: Search;
  private quickUpTo = 0;

  constructor(
    private readonly tree: ExpressionTree,
    options: ExpressionOptions,
  ) {
    this.groups = tree.groups;
    const byLine = options.byLine ?? false;
    this.search = new Search(instructionsOf(tree), options, firstBytes(tree.root));
    this.javascript = isPlain(tree.root) ? new RegExp(javascriptOf(tree.root, byLine), 'g') : undefined;
  }

  /** The leftmost and there the longest match that begins at `from` or later; `^` is the start of the text all the same. */
  find(text: string, from = 0): Match | undefined {
    const length = text.length - from;
    if (this.javascript && this.isQuick(length)) {
      this.javascript.lastIndex = from;
      const found = this.javascript.exec(text);
      return found ? { start: found.index, end: found.index + found[0].length, groups: found } : undefined;
    }
    const spans = this.search.find(text, from);
    return spans && { start: spans[0] ?? 0, end: spans[1] ?? 0, groups: this.textsOf(text, spans) };
  }

  private isQuick(length: number): boolean {
    if (length > this.quickUpTo && length * ways(this.tree.root, length) <= mostWays) this.quickUpTo = length;
    return length <= this.quickUpTo;
  }

  private textsOf(text: string, spans: readonly number[]): (string | undefined)[] {
    return Array.from({ length: this.groups + 1 }, (_, group) => {
      const [start = -1, end = -1] = spans.slice(group * 2, group * 2 + 2);
      return start < 0 || end < start ? undefined : text.slice(start, end);
    });
  }
}
