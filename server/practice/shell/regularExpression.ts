/**
 * POSIX extended regular expressions for `[[ =~ ]]`. The search gives up after a fixed number of steps and then says that
 * nothing matches: a pattern such as `(a+)+$` must not hold up the thread. Leftmost, but the first alternative rather
 * than the longest one wins.
 */
type Node =
  | { type: 'set'; matches: (c: string) => boolean }
  | { type: 'start' | 'end' }
  | { type: 'group'; index: number; body: Node }
  | { type: 'sequence'; items: Node[] }
  | { type: 'choice'; options: Node[] }
  | { type: 'repeat'; body: Node; least: number; most: number };

const mostSteps = 200_000;

/** The groups of the first match; undefined when there is none. Quoted characters come with a backslash before them. */
export function matchRegularExpression(
  expression: string,
  text: string,
): (string | undefined)[] | undefined | 'invalid' {
  const parser = new ExpressionParser([...expression]);
  const node = parser.parse();
  return node ? new Matcher([...text]).search(node, parser.groups) : 'invalid';
}

class Matcher {
  private steps = 0;
  private spans: ([number, number] | undefined)[] = [];

  constructor(private readonly text: readonly string[]) {}

  search(node: Node, groups: number): (string | undefined)[] | undefined {
    for (let start = 0; start <= this.text.length; start++) {
      this.spans = new Array<undefined>(groups + 1).fill(undefined);
      let end = -1;
      if (!this.match(node, start, (at) => ((end = at), true))) continue;
      this.spans[0] = [start, end];
      return this.spans.map((span) => span && this.text.slice(span[0], span[1]).join(''));
    }
    return undefined;
  }

  private match(node: Node, at: number, next: (at: number) => boolean): boolean {
    if (++this.steps > mostSteps) return false;
    switch (node.type) {
      case 'set': {
        const c = this.text[at];
        return c !== undefined && node.matches(c) && next(at + 1);
      }
      case 'start':
        return at === 0 && next(at);
      case 'end':
        return at === this.text.length && next(at);
      case 'group': {
        const before = this.spans[node.index];
        const found = this.match(node.body, at, (end) => {
          const inner = this.spans[node.index];
          this.spans[node.index] = [at, end];
          if (next(end)) return true;
          this.spans[node.index] = inner;
          return false;
        });
        if (!found) this.spans[node.index] = before;
        return found;
      }
      case 'sequence':
        return this.sequence(node.items, 0, at, next);
      case 'choice':
        return node.options.some((option) => this.match(option, at, next));
      case 'repeat':
        return this.repeat(node, 0, at, next);
    }
  }

  private sequence(items: Node[], index: number, at: number, next: (at: number) => boolean): boolean {
    const item = items[index];
    return item ? this.match(item, at, (end) => this.sequence(items, index + 1, end, next)) : next(at);
  }

  private repeat(node: Node & { type: 'repeat' }, count: number, at: number, next: (at: number) => boolean): boolean {
    // A single character repeated needs no recursion, so that long texts do not exhaust the stack.
    if (node.body.type === 'set') return this.repeatSet(node, node.body, at, next);
    if (count < node.most && count < 1000) {
      const again = this.match(node.body, at, (end) => end > at && this.repeat(node, count + 1, end, next));
      if (again) return true;
    }
    return count >= node.least && next(at);
  }

  private repeatSet(
    node: Node & { type: 'repeat' },
    set: Node & { type: 'set' },
    at: number,
    next: (at: number) => boolean,
  ): boolean {
    let end = at;
    while (end - at < node.most && end < this.text.length && set.matches(this.text[end] ?? '')) end++;
    for (; end - at >= node.least; end--) {
      if (++this.steps > mostSteps) return false;
      if (next(end)) return true;
    }
    return false;
  }
}

const classes: Record<string, string> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: ' \t\n\r\f\v',
  blank: ' \t',
  punct: '!-/:-@[-`{-~',
  xdigit: '0-9A-Fa-f',
  word: 'A-Za-z0-9_',
};

class ExpressionParser {
  groups = 0;
  private at = 0;

  constructor(private readonly source: readonly string[]) {}

  parse(): Node | undefined {
    const node = this.choice();
    return this.at === this.source.length ? node : undefined;
  }

  private choice(): Node {
    const options = [this.sequence()];
    while (this.source[this.at] === '|') {
      this.at++;
      options.push(this.sequence());
    }
    return { type: 'choice', options };
  }

  private sequence(): Node {
    const items: Node[] = [];
    while (this.at < this.source.length && this.source[this.at] !== '|' && this.source[this.at] !== ')')
      items.push(this.repeated());
    return { type: 'sequence', items };
  }

  private repeated(): Node {
    let node = this.atom();
    for (;;) {
      const bounds = this.bounds();
      if (!bounds) return node;
      node = { type: 'repeat', body: node, ...bounds };
    }
  }

  private bounds(): { least: number; most: number } | undefined {
    const c = this.source[this.at];
    if (c === '*' || c === '+' || c === '?') {
      this.at++;
      return { least: c === '+' ? 1 : 0, most: c === '?' ? 1 : Infinity };
    }
    const match = /^\{(\d+)(,?)(\d*)\}/.exec(this.source.slice(this.at, this.at + 16).join(''));
    if (!match) return undefined;
    this.at += match[0].length;
    const least = Number(match[1]);
    return { least, most: match[3] ? Number(match[3]) : match[2] ? Infinity : least };
  }

  private atom(): Node {
    const c = this.source[this.at++] ?? '';
    if (c === '(') {
      const index = ++this.groups;
      const body = this.choice();
      if (this.source[this.at] === ')') this.at++;
      return { type: 'group', index, body };
    }
    if (c === '^') return { type: 'start' };
    if (c === '$') return { type: 'end' };
    if (c === '.') return { type: 'set', matches: () => true };
    if (c === '[') return this.bracket();
    const literal = c === '\\' ? (this.source[this.at++] ?? '') : c;
    return { type: 'set', matches: (candidate) => candidate === literal };
  }

  private bracket(): Node {
    let text = '';
    const negated = this.source[this.at] === '^';
    if (negated) this.at++;
    for (let isFirst = true; this.at < this.source.length; isFirst = false) {
      const rest = this.source.slice(this.at, this.at + 16).join('');
      const name = /^\[:([a-z]+):\]/.exec(rest);
      if (name) {
        text += classes[name[1] ?? ''] ?? '';
        this.at += name[0].length;
        continue;
      }
      if (this.source[this.at] === ']' && !isFirst) break;
      if (this.source[this.at] === '\\' && this.source[this.at + 1] !== undefined) this.at++;
      text += this.source[this.at++];
    }
    this.at++;
    const ranges = rangesOf([...text]);
    return { type: 'set', matches: (c) => ranges.some(([from, to]) => c >= from && c <= to) !== negated };
  }
}

function rangesOf(characters: readonly string[]): [string, string][] {
  const ranges: [string, string][] = [];
  for (let at = 0; at < characters.length; at++) {
    const from = characters[at] ?? '';
    const to = characters[at + 1] === '-' ? characters[at + 2] : undefined;
    ranges.push([from, to ?? from]);
    if (to !== undefined) at += 2;
  }
  return ranges;
}
