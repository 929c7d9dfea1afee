import { command } from '../../command';
import type { Call } from '../../command';
import { formatDate } from '../../dates';
import { editsOf } from './edits';
import type { Edit } from './edits';
import { normal, unified } from './formats';
import type { Side } from './formats';

/** Two files or folders compared. Ends with 0 when they are the same, 1 when they differ, 2 after trouble. */
export const diff = command(
  {
    letters: 'abBdiNqrstTuwU:L:S:x:y',
    long: {
      text: 'a',
      'ignore-space-change': 'b',
      'ignore-blank-lines': 'B',
      minimal: 'd',
      'ignore-case': 'i',
      'new-file': 'N',
      brief: 'q',
      recursive: 'r',
      'report-identical-files': 's',
      'ignore-all-space': 'w',
      unified: 'unified?',
      label: 'L',
      normal: 'normal',
      color: 'color?',
    },
    usage: '[-abBdiNqrTstw] [-L LABEL] [-S FILE] [-U LINES] FILE1 FILE2',
    usageCode: 2,
  },
  async (call) => {
    const [first, second, extra] = call.operands;
    if (first === undefined || second === undefined) return incomplete(call, first ?? call.name);
    if (extra !== undefined) return call.misuse(call.isBusybox ? undefined : `extra operand '${extra}'`);
    const kinds = [first, second].map((operand) => kindOf(call, operand));
    if (kinds.every((kind) => kind === 'folder')) return folders(call, first, second);
    // A file and a folder: the file of that name in it.
    const inside = (folder: string, other: string) => `${folder.replace(/\/$/, '')}/${other.split('/').at(-1) ?? ''}`;
    const left = kinds[0] === 'folder' ? inside(first, second) : first;
    const right = kinds[1] === 'folder' ? inside(second, first) : second;
    return files(call, left, right, '');
  },
);

/** diffutils name themselves before the hint too. */
async function incomplete(call: Call, last: string): Promise<number> {
  if (call.isBusybox) return (await call.misuse(), 2);
  await call.complain(`missing operand after '${last}'`);
  await call.complain(`Try '${call.name} --help' for more information.`);
  return 2;
}

type Kind = 'file' | 'folder' | 'none';

function kindOf(call: Call, operand: string): Kind {
  if (operand === '-') return 'file';
  const path = call.path(operand);
  if (!call.files.exists(path)) return 'none';
  return call.files.stat(path).type === 'directory' ? 'folder' : 'file';
}

/** `title` stands before what differs, where several files are compared. */
async function files(call: Call, left: string, right: string, title: string): Promise<number> {
  const sides: Buffer[] = [];
  for (const operand of [left, right]) {
    const isNew = call.has('N') && kindOf(call, operand) === 'none';
    const bytes = isNew
      ? Buffer.alloc(0)
      : await call.attempt(
          () => call.bytes(operand),
          () => operand,
        );
    if (bytes) sides.push(bytes);
  }
  const [a, b] = sides;
  if (!a || !b) return 2;
  if (a.equals(b)) return same(call, left, right);
  if (!call.has('a') && (a.includes(0) || b.includes(0))) {
    await call.write(`Binary files ${left} and ${right} differ\n`);
    return 1;
  }
  const [one, other] = [sideOf(a), sideOf(b)];
  const edits = wanted(call, one, other, editsOf(keysOf(call, one), keysOf(call, other)));
  if (edits.length === 0) return same(call, left, right);
  if (call.has('q')) await call.write(`Files ${left} and ${right} differ\n`);
  else
    await call.writeLatin1(
      Buffer.from(title).toString('latin1') + (await report(call, left, right, one, other, edits)),
    );
  return 1;
}

async function same(call: Call, left: string, right: string): Promise<number> {
  if (call.has('s')) await call.write(`Files ${left} and ${right} are identical\n`);
  return 0;
}

function sideOf(bytes: Buffer): Side {
  const lines = bytes.toString('latin1').split('\n');
  const isCut = lines.at(-1) !== '';
  return { lines: isCut ? lines : lines.slice(0, -1), isCut: isCut && bytes.length > 0 };
}

/** What of a line is compared. A last line without its newline is another line than one with it. */
function keysOf(call: Call, { lines, isCut }: Side): string[] {
  const ignoresSpace = call.has('w') || call.has('b');
  return lines.map((line, i) => {
    let key = call.has('i') ? line.toLowerCase() : line;
    if (call.has('w')) key = key.replace(/\s+/g, '');
    else if (call.has('b')) key = key.replace(/\s+/g, ' ').trimEnd();
    return isCut && i === lines.length - 1 && !ignoresSpace ? `${key}\0` : key;
  });
}

/** Without those that only blank lines come and go in, with -B. */
function wanted(call: Call, left: Side, right: Side, edits: Edit[]): Edit[] {
  if (!call.has('B')) return edits;
  const isBlank = (side: Side, [from, to]: readonly [number, number]) =>
    side.lines.slice(from, to).every((line) => line.trim() === '');
  return edits.filter((edit) => !isBlank(left, edit.left) || !isBlank(right, edit.right));
}

async function report(call: Call, left: string, right: string, a: Side, b: Side, edits: Edit[]): Promise<string> {
  const isUnified = call.isBusybox || call.has('u', 'U', 'unified');
  if (!isUnified) return normal(a, b, edits);
  const lines = call.value('U') ?? call.value('unified');
  const context = lines === undefined || lines === '' ? 3 : Number(lines);
  if (!Number.isInteger(context) || context < 0)
    return call.fail(call.isBusybox ? `invalid number '${lines}'` : `invalid context length '${lines}'`, 2);
  const labels = call.values('L');
  const names = [left, right].map((name, i) => labels[i] ?? named(call, name));
  const head = Buffer.from(`--- ${names[0]}\n+++ ${names[1]}\n`).toString('latin1');
  return head + unified(a, b, edits, context);
}

function named(call: Call, operand: string): string {
  if (call.isBusybox) return operand;
  const path = call.path(operand);
  const ms = operand === '-' ? call.process.clock.now() : call.files.exists(path) ? call.files.stat(path).mtimeMs : 0;
  return `${operand}\t${formatDate('%Y-%m-%d %H:%M:%S.%N %z', Math.floor(ms))}`;
}

async function folders(call: Call, left: string, right: string): Promise<number> {
  const namesOf = (folder: string) => call.files.readdir(call.path(folder));
  const [here, there] = [namesOf(left), namesOf(right)];
  const names = [...new Set([...here, ...there])].sort();
  let code = 0;
  for (const name of names) code = Math.max(code, await entry(call, [left, right], name, here, there));
  return code;
}

async function entry(call: Call, [left, right]: [string, string], name: string, here: string[], there: string[]) {
  const [a, b] = [left, right].map((folder) => `${folder.replace(/\/$/, '')}/${name}`) as [string, string];
  const only = !there.includes(name) ? left : !here.includes(name) ? right : undefined;
  if (only !== undefined && !call.has('N')) {
    await call.write(`Only in ${only.replace(/(.)\/$/, '$1')}: ${name}\n`);
    return 1;
  }
  const [kindA, kindB] = [kindOf(call, a), kindOf(call, b)];
  if (kindA === 'folder' && kindB === 'folder') {
    if (call.has('r')) return folders(call, a, b);
    await call.write(`Common subdirectories: ${a} and ${b}\n`);
    return 0;
  }
  if ((kindA === 'folder') !== (kindB === 'folder') && kindA !== 'none' && kindB !== 'none') {
    const words = { file: 'regular file', folder: 'directory', none: '' };
    await call.write(`File ${a} is a ${words[kindA]} while file ${b} is a ${words[kindB]}\n`);
    return 1;
  }
  const flags = call.process.argv.slice(1).filter((word) => word.startsWith('-'));
  return files(call, a, b, call.isBusybox ? '' : `${['diff', ...flags, a, b].join(' ')}\n`);
}
