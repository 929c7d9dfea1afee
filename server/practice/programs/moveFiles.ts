import { FileSystemError } from '../filesystem/filesystem';
import { command } from './command';
import type { Call } from './command';
import { copyTree, destinationOf, isFolder, join } from './copying';
import { lexists } from './makeFolders';

/** cp, mv, rm. Nothing is asked: `-i` answers itself with no when there is no terminal to ask on. */
export const cp = command(
  {
    letters: 'arRdpfivLPHlsuTt:n',
    long: {
      archive: 'a',
      recursive: 'r',
      force: 'f',
      interactive: 'i',
      verbose: 'v',
      'no-dereference': 'P',
      dereference: 'L',
      'no-target-directory': 'T',
      'target-directory': 't',
      preserve: 'p',
      'no-clobber': 'n',
      update: 'u',
    },
    usage: '[-arPLHpfinlsTu] SOURCE DEST or SOURCE... { -t DIRECTORY | DIRECTORY }',
  },
  async (call) => {
    const plan = await planOf(call);
    if (typeof plan === 'number') return plan;
    const recursive = call.has('r', 'R', 'a');
    for (const from of plan.sources) {
      const to = destinationOf(call, from, plan.last, plan.intoFolder);
      if (call.has('n') && lexists(call, call.path(to))) continue;
      await copyTree(call, from, to, {
        recursive,
        preserve: call.has('a', 'p'),
        keepLinks: call.has('a', 'd', 'P') || (recursive && !call.has('L')),
        force: call.has('f'),
        verbose: call.has('v') ? (a, b) => call.write(`'${a}' -> '${b}'\n`) : undefined,
      });
    }
  },
);

export const mv = command(
  {
    letters: 'finvTt:u',
    long: {
      force: 'f',
      interactive: 'i',
      'no-clobber': 'n',
      verbose: 'v',
      'no-target-directory': 'T',
      'target-directory': 't',
    },
    usage: '[-finT] SOURCE DEST or SOURCE... { -t DIRECTORY | DIRECTORY }',
  },
  async (call) => {
    const plan = await planOf(call);
    if (typeof plan === 'number') return plan;
    for (const from of plan.sources) {
      const to = destinationOf(call, from, plan.last, plan.intoFolder);
      if (call.has('n') && lexists(call, call.path(to))) continue;
      await move(call, from, to);
    }
  },
);

interface Plan {
  sources: readonly string[];
  last: string;
  intoFolder: boolean;
}

async function planOf(call: Call): Promise<Plan | number> {
  const folder = call.value('t');
  const sources = folder === undefined ? call.operands.slice(0, -1) : call.operands;
  const last = folder ?? call.operands.at(-1);
  if (last === undefined) return call.isBusybox ? call.misuse() : call.misuse('missing file operand');
  if (sources.length === 0)
    return call.isBusybox ? call.misuse() : call.misuse(`missing destination file operand after '${last}'`);
  const intoFolder = isFolder(call, last) && !call.has('T');
  if (sources.length > 1 && !intoFolder) {
    if (call.isBusybox)
      return call.fail(
        `target '${last}': ${call.files.exists(call.path(last)) ? 'Not a directory' : 'No such file or directory'}`,
      );
    return call.fail(
      `target '${last}': ${call.files.exists(call.path(last)) ? 'Not a directory' : 'No such file or directory'}`,
    );
  }
  return { sources, last, intoFolder };
}

async function move(call: Call, from: string, to: string): Promise<void> {
  const { files } = call;
  if (!call.isBusybox && !lexists(call, call.path(from))) {
    await call.complain(`cannot stat '${from}': No such file or directory`);
    return;
  }
  try {
    files.rename(call.path(from), call.path(to));
    if (call.has('v')) await call.write(`${call.isBusybox ? '' : 'renamed '}'${from}' -> '${to}'\n`);
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    if (error.code === 'EXDEV') return moveAcross(call, from, to);
    await call.complain(
      call.isBusybox ? `can't rename '${from}': ${error.reason}` : `cannot move '${from}' to '${to}': ${error.reason}`,
    );
  }
}

/** Between two filesystems it copies and then removes, and an error of either leaves the original. */
async function moveAcross(call: Call, from: string, to: string): Promise<void> {
  const copied = await copyTree(call, from, to, { recursive: true, preserve: true, keepLinks: true, force: true });
  if (!copied) return;
  await removeTree(call, from, true);
  if (!call.has('v')) return;
  if (call.isBusybox) await call.write(`'${from}' -> '${to}'\n`);
  else await call.write(`copied '${from}' -> '${to}'\nremoved '${from}'\n`);
}

export const rm = command(
  {
    letters: 'rRfivd',
    long: { recursive: 'r', force: 'f', interactive: 'i', verbose: 'v', dir: 'd', 'no-preserve-root': 'unsafe' },
    usage: '[-irf] FILE...',
  },
  async (call) => {
    if (call.operands.length === 0) return call.has('f') ? 0 : call.missingOperand();
    for (const operand of call.operands) {
      if (/(^|\/)\.{1,2}\/*$/.test(operand))
        await call.complain(
          call.isBusybox
            ? "can't remove '.' or '..'"
            : `refusing to remove '.' or '..' directory: skipping '${operand}'`,
        );
      else if (/^\/+$/.test(operand) && !call.isBusybox && !call.has('unsafe'))
        await call.complain("it is dangerous to operate recursively on '/'");
      else if (!lexists(call, call.path(operand))) {
        if (!call.has('f')) await call.complain(`${cannot(call)} remove '${operand}': No such file or directory`);
      } else await removeTree(call, operand, call.has('r', 'R'));
    }
  },
);

function cannot(call: Call): string {
  return call.isBusybox ? "can't" : 'cannot';
}

async function removeTree(call: Call, operand: string, recursive: boolean): Promise<void> {
  const path = call.path(operand);
  const words = () => `${cannot(call)} remove '${operand}'`;
  const stat = await call.attempt(() => call.files.lstat(path), words);
  if (!stat) return;
  if (stat.type !== 'directory') {
    await call.attempt(() => call.files.unlink(path), words);
    if (call.has('v') && call.name === 'rm') await call.write(`removed '${operand}'\n`);
    return;
  }
  if (!recursive) {
    if (call.has('d')) return void (await call.attempt(() => call.files.rmdir(path), words));
    return call.complain(call.isBusybox ? `'${operand}' is a directory` : `cannot remove '${operand}': Is a directory`);
  }
  const names = await call.attempt(() => call.files.readdir(path), words);
  for (const name of names ?? []) await removeTree(call, join(operand, name), true);
  await call.attempt(() => call.files.rmdir(path), words);
  if (call.has('v') && call.name === 'rm')
    await call.write(call.isBusybox ? `removed '${operand}'\n` : `removed directory '${operand}'\n`);
}
