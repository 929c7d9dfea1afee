import { FileSystemError } from '../filesystem/filesystem';
import { command } from './command';
import type { Call } from './command';
import { parseDate } from './dates';
import { parseMode } from './mode';

/** mkdir, rmdir, touch, ln: what makes names. */
export const mkdir = command(
  { letters: 'pm:v', long: { parents: 'p', mode: 'm', verbose: 'v' }, usage: '[-m MODE] [-p] DIRECTORY...' },
  async (call) => {
    if (call.operands.length === 0) return call.missingOperand();
    const text = call.value('m');
    const mode = text === undefined ? undefined : parseMode(text, 0o777, true);
    if (text !== undefined && mode === undefined) return call.fail(`invalid mode '${text}'`);
    for (const operand of call.operands) {
      await call.attempt(
        () => make(call, operand, mode),
        () => (call.isBusybox ? `can't create directory '${operand}'` : `cannot create directory '${operand}'`),
      );
    }
  },
);

async function make(call: Call, operand: string, mode: number | undefined): Promise<void> {
  const path = call.path(operand);
  const existed = call.files.exists(path);
  if (call.has('p') && existed && call.files.stat(path).type === 'directory') return;
  call.files.mkdir(path, { recursive: call.has('p') });
  if (mode !== undefined) call.files.chmod(path, mode);
  if (call.has('v'))
    await call.write(call.isBusybox ? `created directory: '${operand}'\n` : `mkdir: created directory '${operand}'\n`);
}

export const rmdir = command(
  {
    letters: 'pv',
    long: { parents: 'p', verbose: 'v', 'ignore-fail-on-non-empty': 'ignore' },
    usage: '[-p] DIRECTORY...',
  },
  async (call) => {
    if (call.operands.length === 0) return call.missingOperand();
    for (const operand of call.operands) {
      const all = call.has('p') ? parentsOf(operand) : [operand];
      for (const name of all)
        await call.attempt(
          () => {
            try {
              call.files.rmdir(call.path(name));
            } catch (error) {
              if (!(call.has('ignore') && error instanceof FileSystemError && error.code === 'ENOTEMPTY')) throw error;
            }
          },
          () => (call.isBusybox ? `'${name}'` : `failed to remove '${name}'`),
        );
    }
  },
);

/** `a/b/c`, `a/b`, `a` */
function parentsOf(path: string): string[] {
  const parts = path.replace(/\/+$/, '').split('/');
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('/')).filter((name) => name !== '');
}

export const touch = command(
  {
    letters: 'cam d:t:r:hf',
    long: { 'no-create': 'c', date: 'd', reference: 'r' },
    usage: '[-cham] [-d DATE] [-t DATE] [-r FILE] FILE...',
  },
  async (call) => {
    if (call.operands.length === 0) return call.isBusybox ? call.misuse() : call.misuse('missing file operand');
    const when = await timeFor(call);
    for (const operand of call.operands) {
      const path = call.path(operand);
      await call.attempt(
        () => {
          if (!call.files.exists(path)) {
            if (call.has('c')) return;
            call.files.writeFile(path, new Uint8Array(), { mode: 0o666 });
          }
          const stat = call.files.stat(path);
          call.files.utimes(
            path,
            call.has('m') && !call.has('a') ? stat.atimeMs : when,
            call.has('a') && !call.has('m') ? stat.mtimeMs : when,
          );
        },
        () => (call.isBusybox ? operand : `cannot touch '${operand}'`),
      );
    }
  },
);

async function timeFor(call: Call): Promise<number> {
  const reference = call.value('r');
  if (reference !== undefined) {
    const stat = await call.attempt(
      () => call.files.stat(call.path(reference)),
      () => reference,
    );
    return stat ? stat.mtimeMs : call.fail(`failed to get attributes of '${reference}'`);
  }
  const text = call.value('d');
  const now = call.process.clock.now();
  if (text === undefined) return now;
  const moment = parseDate(text, now, !call.isBusybox);
  return moment ?? call.fail(call.isBusybox ? `invalid date '${text}'` : `invalid date format '${text}'`);
}

export const ln = command(
  {
    letters: 'sfnbvTrt:',
    long: { symbolic: 's', force: 'f', 'no-dereference': 'n', verbose: 'v', 'no-target-directory': 'T' },
    usage: '[-sfnbtv] [-S SUF] TARGET... LINK|DIR',
  },
  async (call) => {
    if (call.operands.length === 0) return call.isBusybox ? call.misuse() : call.misuse('missing file operand');
    const targets = call.operands.length === 1 ? call.operands : call.operands.slice(0, -1);
    const last = call.operands.length === 1 ? '.' : (call.operands.at(-1) ?? '.');
    const lastPath = call.path(last);
    const intoFolder =
      call.files.exists(lastPath) &&
      call.files.stat(lastPath).type === 'directory' &&
      !call.has('T') &&
      !(call.has('n') && call.files.lstat(lastPath).type === 'symlink');
    for (const target of targets) {
      const name = intoFolder ? `${last.replace(/\/$/, '')}/${target.replace(/\/+$/, '').split('/').pop()}` : last;
      await call.attempt(
        () => {
          const path = call.path(name);
          if (call.has('f') && lexists(call, path)) call.files.unlink(path);
          if (call.has('s')) call.files.symlink(target, path);
          else call.files.link(call.path(target), path);
        },
        () => (call.isBusybox ? name : `failed to create ${call.has('s') ? 'symbolic' : 'hard'} link '${name}'`),
      );
      if (call.has('v')) await call.write(`'${name}' -> '${target}'\n`);
    }
  },
);

export function lexists(call: Call, path: string): boolean {
  try {
    call.files.lstat(path);
    return true;
  } catch {
    return false;
  }
}
