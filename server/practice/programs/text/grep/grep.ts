import { FileSystemError } from '../../../filesystem/filesystem';
import { Exit } from '../../../process/program';
import { command } from '../../command';
import type { Call } from '../../command';
import { ExpressionError } from '../expressions/expressionError';
import { filesOf } from './files';
import { Report } from './report';
import { wishOf } from './wish';
import type { Wish } from './wish';

/**
 * grep, egrep, fgrep: lines as they come, so that `tail -f log | grep GET` shows each at once. Ends with 0 when a line was
 * selected, 1 when none was, 2 after an error.
 */
export const grep = command(
  {
    letters: 'EFGPe:f:iyvwxclLqsm:nbHhoaIrRA:B:C:zUu',
    long: {
      'extended-regexp': 'E',
      'fixed-strings': 'F',
      'basic-regexp': 'G',
      'perl-regexp': 'P',
      regexp: 'e',
      file: 'f',
      'ignore-case': 'i',
      'invert-match': 'v',
      'word-regexp': 'w',
      'line-regexp': 'x',
      count: 'c',
      'files-with-matches': 'l',
      'files-without-match': 'L',
      quiet: 'q',
      silent: 'q',
      'no-messages': 's',
      'max-count': 'm',
      'line-number': 'n',
      'byte-offset': 'b',
      'with-filename': 'H',
      'no-filename': 'h',
      'only-matching': 'o',
      text: 'a',
      recursive: 'r',
      'dereference-recursive': 'R',
      'after-context': 'A',
      'before-context': 'B',
      context: 'C',
      'null-data': 'z',
      color: 'color?',
      colour: 'color?',
      'line-buffered': 'line-buffered',
      label: 'label:',
      include: 'include:',
      exclude: 'exclude:',
      'exclude-dir': 'exclude-dir:',
    },
    usage: '[-HhnlLoqvsrRiwFE] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]...',
    usageCode: 2,
    // `grep -3`: that much of what stands around.
    oldForm: (first) => (/^-\d+$/.test(first) ? ['-C', first.slice(1)] : undefined),
  },
  async (call) => {
    const operands = [...call.operands];
    const patterns = await patternsOf(call, operands);
    if (!patterns) return usage(call);
    try {
      return await search(call, await wishOf(call, patterns, isPainted(call)), operands);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      return call.fail(call.isBusybox ? `bad regex '${patterns[0] ?? ''}': ${error.message}` : error.message, 2);
    }
  },
);

async function usage(call: Call): Promise<number> {
  if (call.isBusybox) await call.misuse();
  else
    await call.warn(
      `Usage: ${call.name} [OPTION]... PATTERNS [FILE]...\nTry '${call.name} --help' for more information.`,
    );
  return 2;
}

/** Each line of a pattern is one; where none is given by -e or -f it is the first operand, which is taken away. */
async function patternsOf(call: Call, operands: string[]): Promise<string[] | undefined> {
  const given = [...call.values('e')];
  for (const file of call.values('f')) {
    const lines = await call.attempt(
      () => call.allLines(file),
      () => file,
    );
    if (!lines) throw new Exit(2);
    for (const line of lines) given.push(Buffer.from(line, 'latin1').toString());
  }
  if (given.length === 0 && !call.has('e', 'f')) {
    const first = operands.shift();
    if (first === undefined) return undefined;
    given.push(first);
  }
  return given.flatMap((pattern) => pattern.split('\n'));
}

function isPainted(call: Call): boolean {
  const when = call.value('color');
  if (when === 'always' || when === 'yes') return true;
  return (when === '' || when === 'auto' || when === 'tty') && call.process.stdout.isTerminal === true;
}

async function search(call: Call, wish: Wish, operands: readonly string[]): Promise<number> {
  const isRecursive = call.has('r', 'R');
  const showsNames = call.has('H') || (!call.has('h') && (operands.length > 1 || isRecursive));
  let matched = false;
  let hasFailed = false;
  const files = operands.length > 0 || isRecursive ? filesOf(call, operands) : ['-'];
  for (const file of files) {
    const label = file === '-' ? (call.value('label') ?? '(standard input)') : file;
    const report = new Report(wish, showsNames ? label : undefined);
    try {
      await searchFile(call, wish, file, label, report);
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
      hasFailed = true;
      if (!call.has('s')) await call.complain(told(call, file, error));
    }
    matched ||= wish.shows === 'namesWithout' ? report.matched === 0 : report.matched > 0;
    if (matched && wish.shows === 'nothing') return 0;
  }
  return hasFailed ? 2 : matched ? 0 : 1;
}

function told(call: Call, file: string, error: FileSystemError): string {
  return call.isBusybox && error.code === 'EISDIR' ? `read error: ${error.reason}` : `${file}: ${error.reason}`;
}

async function searchFile(call: Call, wish: Wish, file: string, label: string, report: Report): Promise<void> {
  if (!report.isOver) {
    for await (const lines of call.linesAsTheyCome(file, wish.lineEnd)) {
      const text = report.take(lines);
      if (text !== '') await call.writeLatin1(text);
      if (report.isOver) break;
    }
  }
  if (report.binaryMatched) await call.warn(`grep: ${label}: binary file matches`);
  const last = report.end(Buffer.from(label).toString('latin1'));
  if (last !== '') await call.writeLatin1(last);
}
