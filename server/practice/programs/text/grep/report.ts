import type { Wish } from './wish';

interface Line {
  text: string;
  number: number;
  offset: number;
}

const colours = { match: '01;31', name: '35', number: '32', mark: '36' } as const;

/** What grep prints of one file, line by line as it is told them. Text is bytes in latin1. */
export class Report {
  matched = 0;
  private number = 0;
  private offset = 0;
  private readonly before: Line[] = [];
  private afterLeft = 0;
  private lastPrinted = 0;
  private isBinary = false;

  constructor(
    private readonly wish: Wish,
    /** Undefined where names are not shown. */
    private readonly name: string | undefined,
  ) {}

  /** No line more can change what is printed. */
  get isOver(): boolean {
    const { shows, most } = this.wish;
    const isTold = this.matched > 0 && (shows === 'nothing' || shows === 'names' || shows === 'namesWithout');
    if (isTold || (this.isBinary && (this.wish.skipsBinary || (this.matched > 0 && this.showsText)))) return true;
    return this.matched >= most && this.afterLeft === 0;
  }

  private get showsText(): boolean {
    return this.wish.shows === 'lines' || this.wish.shows === 'matches';
  }

  /** Of a file that has a NUL in it only that it matches is told. */
  get binaryMatched(): boolean {
    return this.isBinary && this.matched > 0 && this.showsText && !this.wish.skipsBinary;
  }

  /** What is printed of these lines. */
  take(lines: readonly string[]): string {
    if (!this.wish.binaryAsText && lines.some((line) => line.includes('\0'))) this.isBinary = true;
    let out = '';
    for (const text of lines) {
      if (this.isOver) break;
      out += this.line(text);
    }
    return out;
  }

  private line(text: string): string {
    const line = { text, number: ++this.number, offset: this.offset };
    this.offset += text.length + 1;
    const { expression, inverted, most } = this.wish;
    if (this.matched < most && (expression.find(text) !== undefined) !== inverted) return this.match(line);
    if (this.afterLeft > 0) {
      this.afterLeft--;
      return this.printed(line, '-');
    }
    if (this.wish.before > 0) {
      this.before.push(line);
      if (this.before.length > this.wish.before) this.before.shift();
    }
    return '';
  }

  private match(line: Line): string {
    this.matched++;
    if (!this.showsText || this.isBinary) return '';
    if (this.wish.shows === 'matches') return this.wish.inverted ? '' : this.parts(line);
    this.afterLeft = this.wish.after;
    const before = this.before.splice(0).map((held) => this.printed(held, '-'));
    return before.join('') + this.printed(line, ':');
  }

  private printed(line: Line, mark: ':' | '-'): string {
    const { showsGaps, inverted, lineEnd } = this.wish;
    const hasGap = showsGaps && this.lastPrinted > 0 && line.number > this.lastPrinted + 1;
    this.lastPrinted = line.number;
    const text = mark === ':' && !inverted ? this.marked(line.text) : line.text;
    return (hasGap ? `${this.paint('mark', '--')}\n` : '') + this.prefix(line, line.offset, mark) + text + lineEnd;
  }

  /** -o: each match that is not empty. */
  private parts(line: Line): string {
    return this.matches(line.text)
      .map(({ start, end }) => {
        const text = this.paint('match', line.text.slice(start, end));
        return this.prefix(line, line.offset + start, ':') + text + this.wish.lineEnd;
      })
      .join('');
  }

  private matches(text: string): { start: number; end: number }[] {
    const found: { start: number; end: number }[] = [];
    for (let from = 0; from <= text.length;) {
      const next = this.wish.expression.find(text, from);
      if (!next) break;
      if (next.end > next.start) found.push({ start: next.start, end: next.end });
      from = next.end > next.start ? next.end : next.end + 1;
    }
    return found;
  }

  private marked(text: string): string {
    if (!this.wish.painted) return text;
    let out = '';
    let at = 0;
    for (const { start, end } of this.matches(text)) {
      out += text.slice(at, start) + this.paint('match', text.slice(start, end));
      at = end;
    }
    return out + text.slice(at);
  }

  private prefix(line: Line, offset: number, mark: string): string {
    const cells: string[] = [];
    if (this.name !== undefined) cells.push(this.paint('name', this.name));
    if (this.wish.numbered) cells.push(this.paint('number', String(line.number)));
    if (this.wish.offsets) cells.push(this.paint('number', String(offset)));
    return cells.map((cell) => cell + this.paint('mark', mark)).join('');
  }

  private paint(what: keyof typeof colours, text: string): string {
    return this.wish.painted ? `\x1b[${colours[what]}m\x1b[K${text}\x1b[m\x1b[K` : text;
  }

  /** What is printed at the file's end. `label` names it also where names are not shown. */
  end(label: string): string {
    const { shows } = this.wish;
    if (shows === 'count') {
      const name = this.name === undefined ? '' : this.paint('name', this.name) + this.paint('mark', ':');
      return `${name}${this.matched}\n`;
    }
    const isNamed = (shows === 'names' && this.matched > 0) || (shows === 'namesWithout' && this.matched === 0);
    return isNamed ? `${this.paint('name', label)}\n` : '';
  }
}
