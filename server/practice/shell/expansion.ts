import type { ParameterPart, Word, WordPart } from './ast';
import { evaluate } from './arithmetic';
import { expandBraces } from './braces';
import { Field, FieldCollector } from './fields';
import { glob } from './glob';
import { expandParameter } from './parameter';
import { escapePattern } from './pattern';
import type { Shell } from './shellState';

/** Where the results of a word's parts go; `null` collects plain text. */
type Sink = FieldCollector | TextSink;

/** Joins everything: for assignments, redirections and patterns, where nothing is split. */
class TextSink {
  text = '';

  constructor(private readonly asPattern: boolean) {}

  literal(text: string, quoted: boolean): void {
    this.text += this.asPattern && quoted ? escapePattern(text) : text;
  }

  splittable(text: string): void {
    this.text += text;
  }

  breakField(): void {
    this.text += ' ';
  }

  begin(): void {}
}

/** A command's words: all expansions, in POSIX' order. */
export async function expandWords(shell: Shell, words: readonly Word[]): Promise<string[]> {
  const result: string[] = [];
  for (const word of words) {
    for (const alternative of shell.isBash && !shell.options.has('nobrace') ? expandBraces(word) : [word]) {
      for (const field of await expandFields(shell, alternative)) result.push(...expandPath(shell, field));
    }
  }
  return result;
}

export async function expandFields(shell: Shell, word: Word): Promise<Field[]> {
  const collector = new FieldCollector(shell.ifs);
  await expandInto(shell, word, collector, 'word');
  return collector.finish();
}

/** One text, neither split nor matched against files. */
export async function expandText(
  shell: Shell,
  word: Word,
  tilde: 'word' | 'assignment' | 'none' = 'word',
): Promise<string> {
  const sink = new TextSink(false);
  await expandInto(shell, word, sink, tilde);
  return sink.text;
}

/** A pattern in which what was quoted is escaped. */
export async function expandPattern(shell: Shell, word: Word): Promise<string> {
  const sink = new TextSink(true);
  await expandInto(shell, word, sink, 'word');
  return sink.text;
}

function expandPath(shell: Shell, field: Field): string[] {
  if (!field.mayMatch || shell.options.has('f')) return [field.text];
  const paths = glob(shell.process.files, field.pattern);
  if (paths.length > 0) return paths;
  return shell.shopts.has('nullglob') ? [] : [field.text];
}

async function expandInto(shell: Shell, word: Word, sink: Sink, tilde: 'word' | 'assignment' | 'none'): Promise<void> {
  const parts = tilde === 'none' ? word.parts : withTilde(shell, word.parts, tilde === 'assignment');
  for (const part of parts) await expandPart(shell, part, sink);
}

async function expandPart(shell: Shell, part: WordPart, sink: Sink): Promise<void> {
  switch (part.type) {
    case 'text':
      return sink.literal(part.text, part.quoted);
    case 'command': {
      const output = (await shell.captureOutput(part.script)).replace(/\n+$/, '');
      return part.quoted ? sink.literal(output, true) : sink.splittable(output);
    }
    case 'arithmetic': {
      const value = String(await arithmetic(shell, part.expression));
      return part.quoted ? sink.literal(value, true) : sink.splittable(value);
    }
    case 'process':
      return sink.literal(await shell.substituteProcess(part.direction, part.script), true);
    case 'parameter':
      return expandParameterInto(shell, part, sink);
  }
}

async function expandParameterInto(shell: Shell, part: ParameterPart, sink: Sink): Promise<void> {
  const value = await expandParameter(shell, part);
  // A default value is a word with quotes of its own.
  if (value.type === 'word') {
    if (part.quoted) return sink.literal(await expandText(shell, value.word), true);
    const inner = sink instanceof TextSink ? sink : undefined;
    if (inner) return expandInto(shell, value.word, sink, 'word');
    for (const piece of withTilde(shell, value.word.parts, false)) {
      if (piece.type === 'text' && !piece.quoted) sink.splittable(piece.text);
      else await expandPart(shell, piece, sink);
    }
    return;
  }
  if (value.type === 'text') return part.quoted ? sink.literal(value.text, true) : sink.splittable(value.text);
  const { items, joined } = value;
  if (part.quoted && joined) return sink.literal(items.join(shell.ifs[0] ?? ''), true);
  if (sink instanceof TextSink && joined) return sink.literal(items.join(shell.ifs[0] ?? ''), false);
  items.forEach((item, index) => {
    if (index > 0) sink.breakField();
    if (part.quoted) {
      sink.begin();
      sink.literal(item, true);
    } else sink.splittable(item);
  });
}

export async function arithmetic(shell: Shell, expression: Word): Promise<bigint> {
  return evaluate(await expandText(shell, expression, 'none'), shell.arithmeticVariables);
}

/** `~` and `~user` at the start of a word, and in an assignment after each colon. */
function withTilde(shell: Shell, parts: readonly WordPart[], isAssignment: boolean): readonly WordPart[] {
  const [first, ...rest] = parts;
  if (first?.type !== 'text' || first.quoted || !first.text.includes('~')) return parts;
  const pieces = isAssignment ? first.text.split(/(?<=:)/) : [first.text];
  const expanded = pieces.map((piece, index): WordPart[] => {
    const match = /^~([\w.-]*)(?=[/:]|$)/.exec(piece);
    const isWhole = match && (match[0].length < piece.length || index < pieces.length - 1 || rest.length === 0);
    const home = match && isWhole ? shell.homeOf(match[1] ?? '') : undefined;
    if (!match || home === undefined) return [{ type: 'text', text: piece, quoted: false }];
    return [
      { type: 'text', text: home, quoted: true },
      { type: 'text', text: piece.slice(match[0].length), quoted: false },
    ];
  });
  return [...expanded.flat(), ...rest];
}
