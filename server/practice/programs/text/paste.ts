import { command } from '../command';
import type { Call } from '../command';

/** Files beside each other, line by line; with `-s` one after the other, each in one line. */
export const paste = command(
  { letters: 'd:s', long: { delimiters: 'd', serial: 's' }, usage: '[-d LIST] [-s] [FILE]...' },
  async (call) => {
    const operands = call.inputs;
    const delimiters = delimitersOf(call.value('d') ?? '\t');
    const between = (i: number) => delimiters[i % delimiters.length] ?? '';
    await (call.has('s') ? oneByOne(call, operands, between) : sideBySide(call, operands, between));
    return call.code;
  },
);

type Between = (i: number) => string;

/** `\0` is none at all. */
function delimitersOf(list: string): string[] {
  const escapes: Readonly<Record<string, string>> = { '\\n': '\n', '\\t': '\t', '\\0': '', '\\\\': '\\' };
  return list === '' ? [''] : (list.match(/\\.|[\s\S]/g) ?? []).map((part) => escapes[part] ?? part.slice(-1));
}

async function oneByOne(call: Call, operands: readonly string[], between: Between): Promise<void> {
  for (const operand of operands) {
    await call.attempt(
      async () => {
        let count = 0;
        for await (const lines of call.linesAsTheyCome(operand))
          await call.writeLatin1(lines.map((line) => (count++ === 0 ? line : between(count - 2) + line)).join(''));
        await call.write('\n');
      },
      () => operand,
    );
  }
}

/** `-` more than once takes turns at the standard input. */
async function sideBySide(call: Call, operands: readonly string[], between: Between): Promise<void> {
  const input = call.lines('-');
  const columns = operands.map((operand) => (operand === '-' ? input : call.lines(operand)));
  for (;;) {
    const cells: (string | undefined)[] = [];
    for (const [i, column] of columns.entries()) {
      const next = await call.attempt(
        () => column.next(),
        () => operands[i] ?? '',
      );
      if (!next) return;
      cells.push(next.done ? undefined : next.value);
    }
    if (cells.every((cell) => cell === undefined)) return;
    const row = cells.map((cell, i) => (i === 0 ? '' : between(i - 1)) + (cell ?? '')).join('');
    await call.writeLatin1(`${row}\n`);
  }
}
