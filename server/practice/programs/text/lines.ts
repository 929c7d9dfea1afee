import { command } from '../command';
import type { Call } from '../command';

/** rev, tac, nl, fold, comm: lines turned, numbered, folded and compared. */
export const rev = command({ letters: '', usage: '[FILE]...' }, (call) =>
  eachFile(
    call,
    async (operand) => {
      for await (const lines of call.linesAsTheyCome(operand))
        // Letters beyond ASCII are turned as a whole.
        await call.write(lines.map((line) => `${[...utf8(line)].reverse().join('')}\n`).join(''));
    },
    (operand) => (call.isBusybox ? operand : `cannot open ${operand}`),
  ),
);

export const tac = command({ letters: 'bs:', usage: '[FILE]...' }, (call) =>
  eachFile(
    call,
    async (operand) => {
      const all = await call.bytes(operand);
      for (let end = all.length; end > 0;) {
        const start = end === 1 ? 0 : all.lastIndexOf(10, end - 2) + 1;
        await call.write(all.subarray(start, end));
        end = start;
      }
    },
    (operand) => (call.isBusybox ? operand : `failed to open '${operand}' for reading`),
  ),
);

export const nl = command({ letters: 'b:w:s:v:i:n:', usage: '[OPTIONS] [FILE]...' }, async (call) => {
  const width = Number(call.value('w') ?? 6);
  const [separator, style, format] = [call.value('s') ?? '\t', call.value('b') ?? 't', call.value('n') ?? 'rn'];
  const step = Number(call.value('i') ?? 1);
  let number = Number(call.value('v') ?? 1) - step;
  const numbered = (): string => {
    const text = String((number += step));
    return format === 'ln' ? text.padEnd(width) : text.padStart(width, format === 'rz' ? '0' : ' ');
  };
  return eachFile(call, async (operand) => {
    for await (const line of call.lines(operand)) {
      const isCounted = style === 'a' || (style === 't' && line !== '');
      await call.writeLatin1(`${isCounted ? numbered() + separator : ' '.repeat(width + separator.length)}${line}\n`);
    }
  });
});

export const fold = command(
  { letters: 'bsw:', long: { width: 'w', spaces: 's', bytes: 'b' }, usage: '[-bs] [-w WIDTH] [FILE]...' },
  async (call) => {
    const text = call.value('w') ?? '80';
    const width = Number(text);
    if (!Number.isInteger(width) || width < 1)
      return call.fail(call.isBusybox ? `invalid number '${text}'` : `invalid number of columns: '${text}'`);
    return eachFile(call, async (operand) => {
      for await (const line of call.lines(operand)) {
        let rest = line;
        let out = '';
        while (rest.length > width) {
          const blank = call.has('s') ? rest.lastIndexOf(' ', width - 1) + 1 : 0;
          const at = blank > 0 ? blank : width;
          out += `${rest.slice(0, at)}\n`;
          rest = rest.slice(at);
        }
        await call.writeLatin1(`${out}${rest}\n`);
      }
    });
  },
);

export const comm = command({ letters: '123', usage: '[-123] FILE1 FILE2' }, async (call) => {
  const [first, second, extra] = call.operands;
  if (first === undefined || second === undefined) return call.missingOperand(first);
  if (extra !== undefined) return call.misuse(call.isBusybox ? undefined : `extra operand '${extra}'`);
  const sides: string[][] = [];
  for (const operand of [first, second]) {
    const lines = await call.attempt(
      () => call.allLines(operand),
      () => operand,
    );
    if (!lines) return 1;
    sides.push(lines);
  }
  await call.writeLatin1(
    columnsOf(
      sides[0] ?? [],
      sides[1] ?? [],
      [...'123'].map((column) => !call.has(column)),
    ),
  );
  return 0;
});

function columnsOf(left: readonly string[], right: readonly string[], shown: readonly boolean[]): string {
  let out = '';
  const print = (column: number, line: string) => {
    if (shown[column]) out += `${'\t'.repeat(shown.slice(0, column).filter(Boolean).length)}${line}\n`;
  };
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const [a, b] = [left[i], right[j]];
    if (a !== undefined && a === b) {
      print(2, a);
      i++;
      j++;
    } else if (b === undefined || (a !== undefined && a < b)) {
      print(0, a ?? '');
      i++;
    } else {
      print(1, b);
      j++;
    }
  }
  return out;
}

async function eachFile(
  call: Call,
  task: (operand: string) => Promise<void>,
  told: (operand: string) => string = (operand) => operand,
): Promise<number> {
  for (const operand of call.inputs)
    await call.attempt(
      () => task(operand),
      () => told(operand),
    );
  return call.code;
}

function utf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString();
}
