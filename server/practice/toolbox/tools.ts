import type { Process, Program } from '../process/program';
import { chunksOfReader, nameOf } from '../programs/command';
import type { Toolbox } from './toolbox';

/** The tools of the toolbox as programs: each reads its input first when, by its arguments, it would read stdin at all. */
export const toolNames = ['awk', 'expand', 'unexpand'] as const;

const mostInput = 256 * 2 ** 20;

export function tool(toolbox: Toolbox): Program {
  return async (process) => {
    const name = nameOf(process).replace(/^[mg]awk$/, 'awk');
    const args = process.argv.slice(1);
    const stdin = readsStdin(name, args) ? await all(process) : Buffer.alloc(0);
    return toolbox.run(
      process,
      name,
      args.map((arg) => (arg === '/dev/stdin' ? '-' : arg)),
      stdin,
    );
  };
}

async function all(process: Process): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunksOfReader(process.stdin)) {
    parts.push(chunk);
    size += chunk.length;
    if (size > mostInput) break;
    await process.yield();
  }
  return Buffer.concat(parts);
}

/** Letters that take a value, and how many operands come before the files. */
const shapes: Readonly<Record<string, { values: string; before: number }>> = {
  awk: { values: 'Fvf', before: 1 },
  expand: { values: 't', before: 0 },
  unexpand: { values: 't', before: 0 },
  strings: { values: 'nt', before: 0 },
};

/** Whether the tool would read its standard input. When in doubt it does. */
export function readsStdin(name: string, args: readonly string[]): boolean {
  const shape = shapes[name] ?? { values: '', before: 0 };
  const operands: string[] = [];
  let given = false;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      operands.push(...args.slice(i + 1));
      break;
    }
    if (!arg.startsWith('-') || arg === '-') {
      operands.push(arg);
      continue;
    }
    // A script by -f is no operand any more; awk's -F and -v are no scripts.
    const letters = arg.slice(1);
    const at = [...letters].findIndex((letter) => shape.values.includes(letter));
    if (at < 0 || arg.startsWith('--')) continue;
    if (name === 'awk' && letters[at] === 'f') given = true;
    if (at === letters.length - 1) i++;
  }
  if (name === 'awk' && isBeginOnly(operands[0] ?? '')) return false;
  const files = given ? operands : operands.slice(shape.before);
  return files.length === 0 || files.includes('-') || files.includes('/dev/stdin');
}

/** `BEGIN { … }` alone reads nothing. */
function isBeginOnly(program: string): boolean {
  const text = program.trim();
  if (!/^BEGIN\s*\{/.test(text)) return false;
  let depth = 0;
  for (let i = text.indexOf('{'); i < text.length; i++) {
    if (text[i] === '"') i = Math.max(i, text.indexOf('"', i + 1));
    else if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return text.slice(i + 1).trim() === '';
  }
  return false;
}
