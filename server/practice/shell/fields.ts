import { escapePattern } from './pattern';

interface Piece {
  text: string;
  quoted: boolean;
}

/** A field before pathname expansion. */
export class Field {
  constructor(readonly pieces: readonly Piece[]) {}

  get text(): string {
    return this.pieces.map((piece) => piece.text).join('');
  }

  /** Quoted characters match only themselves. */
  get pattern(): string {
    return this.pieces.map((piece) => (piece.quoted ? escapePattern(piece.text) : piece.text)).join('');
  }

  get mayMatch(): boolean {
    return this.pieces.some((piece) => !piece.quoted && /[*?[]/.test(piece.text));
  }
}

/** Collects what a word expands to and splits unquoted results into fields by IFS (POSIX 2.6.5). */
export class FieldCollector {
  private readonly fields: Field[] = [];
  private pieces: Piece[] = [];
  private isStarted = false;
  private afterDelimiter: 'none' | 'space' | 'hard' = 'none';

  constructor(private readonly ifs: string) {}

  /** Text as it stands in the script, or quoted. */
  literal(text: string, quoted: boolean): void {
    if (text === '' && !quoted) return;
    this.pieces.push({ text, quoted });
    this.isStarted = true;
    this.afterDelimiter = 'none';
  }

  /** What an unquoted expansion gave. */
  splittable(text: string): void {
    let run = '';
    const flush = () => {
      if (run !== '') this.literal(run, false);
      run = '';
    };
    for (const c of text) {
      if (!this.ifs.includes(c)) {
        run += c;
        continue;
      }
      flush();
      this.delimiter(c === ' ' || c === '\t' || c === '\n');
    }
    flush();
  }

  /** Between the elements of `"$@"`. */
  breakField(): void {
    this.finishField();
  }

  /** An element of `"$@"` counts even when it is empty. */
  begin(): void {
    this.isStarted = true;
  }

  finish(): Field[] {
    this.finishField();
    return this.fields;
  }

  private delimiter(isSpace: boolean): void {
    if (this.isStarted) {
      this.finishField();
      this.afterDelimiter = isSpace ? 'space' : 'hard';
    } else if (!isSpace) {
      // Blanks around another delimiter belong to it; two such delimiters hold an empty field between them.
      if (this.afterDelimiter === 'space') this.afterDelimiter = 'hard';
      else this.fields.push(new Field([]));
    }
  }

  private finishField(): void {
    if (this.isStarted) this.fields.push(new Field(this.pieces));
    this.pieces = [];
    this.isStarted = false;
  }
}
