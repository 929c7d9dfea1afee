import { command } from '../command';
import type { Call } from '../command';
import { includes, ListError, parseList } from './cutList';
import type { Span } from './cutList';

/** Bytes or fields of each line, as the lines come. Characters are bytes, as in locale C. */
export const cut = command(
  {
    letters: 'b:c:f:d:snz',
    long: {
      bytes: 'b',
      characters: 'c',
      fields: 'f',
      delimiter: 'd',
      'only-delimited': 's',
      'output-delimiter': 'output:',
      complement: 'complement',
      'zero-terminated': 'z',
    },
    usage: '[OPTIONS] [FILE]...',
  },
  async (call) => {
    const line = await cutterOf(call);
    if (typeof line === 'number') return line;
    const end = call.has('z') ? '\0' : '\n';
    for (const operand of call.inputs) {
      await call.attempt(
        async () => {
          for await (const lines of call.linesAsTheyCome(operand, end)) {
            const cutLines = lines.map(line).filter((text) => text !== undefined);
            await call.writeLatin1(cutLines.map((text) => text + end).join(''));
          }
        },
        () => operand,
      );
    }
    return call.code;
  },
);

type Cutter = (line: string) => string | undefined;

/** What is done with a line; undefined leaves it out. The exit code where the options make no sense. */
async function cutterOf(call: Call): Promise<Cutter | number> {
  const kinds = ['b', 'c', 'f'].filter((kind) => call.has(kind));
  const [kind] = kinds;
  if (kind === undefined)
    return call.isBusybox
      ? call.fail('expected a list of bytes, characters, or fields')
      : call.misuse('you must specify a list of bytes, characters, or fields');
  if (kinds.length > 1) return call.misuse('only one list may be specified');
  if (kind !== 'f' && call.has('d'))
    return call.misuse(
      call.isBusybox
        ? 'a delimiter may be specified only when operating on fields'
        : 'an input delimiter may be specified only when operating on fields',
    );
  const delimiter = Buffer.from(call.value('d') ?? '\t').toString('latin1');
  if (delimiter.length > 1) return call.misuse('the delimiter must be a single character');
  try {
    const spans = parseList(call.value(kind) ?? '', kind === 'f' ? 'field' : 'byte');
    const isWanted = (position: number) => includes(spans, position) !== call.has('complement');
    const out = call.value('output') ?? (kind === 'f' ? delimiter : undefined);
    return kind === 'f' ? fields(delimiter, out ?? '', isWanted, call.has('s')) : bytes(spans, out, isWanted);
  } catch (error) {
    if (!(error instanceof ListError)) throw error;
    return call.isBusybox ? call.fail(error.busybox) : call.misuse(error.message);
  }
}

function fields(
  delimiter: string,
  out: string,
  isWanted: (position: number) => boolean,
  onlyDelimited: boolean,
): Cutter {
  return (line) => {
    // `-d ''`: a NUL, which text has not.
    if (!line.includes(delimiter || '\0')) return onlyDelimited ? undefined : line;
    return line
      .split(delimiter || '\0')
      .filter((_, i) => isWanted(i + 1))
      .join(out);
  };
}

function bytes(spans: readonly Span[], out: string | undefined, isWanted: (position: number) => boolean): Cutter {
  if (out === undefined) return (line) => [...line].filter((_, i) => isWanted(i + 1)).join('');
  return (line) =>
    spans
      .map(([from, to]) => line.slice(from - 1, to))
      .filter((part) => part !== '')
      .join(out);
}
