import { command } from '../command';
import type { Call } from '../command';

/** Runs of equal lines, each told as soon as it has ended. */
export const uniq = command(
  {
    letters: 'cduif:s:w:z',
    long: {
      count: 'c',
      repeated: 'd',
      unique: 'u',
      'ignore-case': 'i',
      'skip-fields': 'f',
      'skip-chars': 's',
      'check-chars': 'w',
      'zero-terminated': 'z',
    },
    usage: '[-cdui] [-f,s,w N] [FILE [OUTFILE]]',
  },
  async (call) => {
    const [input = '-', output, extra] = call.operands;
    if (extra !== undefined) return call.misuse(call.isBusybox ? undefined : `extra operand '${extra}'`);
    const keyOf = await comparedPart(call);
    const end = call.has('z') ? '\0' : '\n';
    const write = writerOf(call, output);
    let run: { line: string; key: string; count: number } | undefined;
    let held = '';
    const close = () => {
      if (run && isWanted(call, run.count)) held += textOf(call, run) + end;
    };
    await call.attempt(
      async () => {
        for await (const lines of call.linesAsTheyCome(input, end)) {
          for (const line of lines) {
            const key = keyOf(line);
            if (run?.key === key) {
              run.count += 1;
              continue;
            }
            close();
            run = { line, key, count: 1 };
          }
          if (held !== '') await write(held);
          held = '';
        }
      },
      () => input,
    );
    close();
    if (held !== '') await write(held);
    return call.code;
  },
);

function isWanted(call: Call, count: number): boolean {
  if (call.has('d')) return count > 1 && !call.has('u');
  return !call.has('u') || count === 1;
}

function textOf(call: Call, { line, count }: { line: string; count: number }): string {
  return call.has('c') ? `${String(count).padStart(7)} ${line}` : line;
}

async function comparedPart(call: Call): Promise<(line: string) => string> {
  const [fields = 0, skipped = 0, most = Infinity] = await Promise.all(
    ['f', 's', 'w'].map(async (letter) => {
      const value = call.value(letter);
      if (value === undefined) return undefined;
      return /^\d+$/.test(value) ? Number(value) : call.fail(`invalid number '${value}'`);
    }),
  );
  const skip = new RegExp(`^(?:[ \\t]*[^ \\t]+){0,${Math.min(fields, 1000)}}`);
  return (line) => {
    const rest = line.slice((fields > 0 ? (skip.exec(line)?.[0].length ?? 0) : 0) + skipped).slice(0, most);
    return call.has('i') ? rest.toLowerCase() : rest;
  };
}

function writerOf(call: Call, output: string | undefined): (text: string) => Promise<void> {
  if (output === undefined || output === '-') return (text) => call.writeLatin1(text);
  const file = call.process.open(call.path(output), { write: true, create: true, truncate: true, mode: 0o666 });
  return (text) => file.write(Buffer.from(text, 'latin1'));
}
