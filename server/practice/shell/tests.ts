import type { Stat } from '../filesystem/filesystem';
import type { Shell } from './shellState';

/** A malformed `test`. */
export class TestError extends Error {
  override name = 'TestError';
}

const binaryOperators = ['=', '==', '!=', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef', '<', '>'];

export function isBinaryOperator(word: string): boolean {
  return binaryOperators.includes(word);
}

export function isUnaryOperator(word: string): boolean {
  return /^-[abcdefghkLnoNOGprstuvwxzS]$/.test(word) && word !== '-a' && word !== '-o';
}

export function unaryTest(shell: Shell, operator: string, operand: string): boolean {
  switch (operator) {
    case '-n':
      return operand !== '';
    case '-z':
      return operand === '';
    case '-t': {
      const stream = shell.descriptors.get(Number(operand));
      return stream?.isTerminal ?? false;
    }
    case '-v':
      return shell.parameter(operand) !== undefined;
    case '-o':
      return shell.options.has(operand);
  }
  return fileTest(shell, operator, operand);
}

function fileTest(shell: Shell, operator: string, path: string): boolean {
  const isLink = operator === '-L' || operator === '-h';
  const stat = statOf(shell, path, isLink);
  if (!stat) return false;
  switch (operator) {
    case '-f':
      return stat.type === 'file';
    case '-d':
      return stat.type === 'directory';
    case '-L':
    case '-h':
      return stat.type === 'symlink';
    case '-p':
      return stat.type === 'fifo';
    case '-c':
      return stat.type === 'character';
    case '-b':
    case '-S':
      return false;
    case '-s':
      return stat.size > 0;
    case '-u':
      return (stat.mode & 0o4000) !== 0;
    case '-g':
      return (stat.mode & 0o2000) !== 0;
    case '-k':
      return (stat.mode & 0o1000) !== 0;
    case '-O':
      return stat.uid === shell.process.user.uid;
    case '-G':
      return stat.gid === shell.process.user.gid;
    case '-N':
      return stat.mtimeMs > stat.atimeMs;
    case '-r':
      return isPermitted(shell, stat, 4);
    case '-w':
      return isPermitted(shell, stat, 2) && !(stat.type !== 'character' && shell.process.files.mountOf(path).readOnly);
    case '-x':
      return isPermitted(shell, stat, 1);
    default:
      return true;
  }
}

function isPermitted(shell: Shell, stat: Stat, bit: number): boolean {
  const { uid, gid, groups } = shell.process.user;
  if (uid === 0) return bit !== 1 || stat.type === 'directory' || (stat.mode & 0o111) !== 0;
  if (stat.uid === uid) return (stat.mode & (bit << 6)) !== 0;
  if (stat.gid === gid || groups.includes(stat.gid)) return (stat.mode & (bit << 3)) !== 0;
  return (stat.mode & bit) !== 0;
}

function statOf(shell: Shell, path: string, isLink = false): Stat | undefined {
  try {
    return isLink ? shell.process.files.lstat(path) : shell.process.files.stat(path);
  } catch {
    return undefined;
  }
}

export function binaryTest(shell: Shell, left: string, operator: string, right: string): boolean {
  switch (operator) {
    case '=':
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '-nt':
      return (statOf(shell, left)?.mtimeMs ?? -1) > (statOf(shell, right)?.mtimeMs ?? -1);
    case '-ot':
      return (
        (statOf(shell, left)?.mtimeMs ?? Infinity) < (statOf(shell, right)?.mtimeMs ?? -1) ||
        (!statOf(shell, left) && statOf(shell, right) !== undefined)
      );
    case '-ef': {
      const [a, b] = [statOf(shell, left), statOf(shell, right)];
      return a !== undefined && a.inode === b?.inode && a.device === b.device;
    }
  }
  const [a, b] = [integer(shell, left), integer(shell, right)];
  switch (operator) {
    case '-eq':
      return a === b;
    case '-ne':
      return a !== b;
    case '-lt':
      return a < b;
    case '-le':
      return a <= b;
    case '-gt':
      return a > b;
    default:
      return a >= b;
  }
}

function integer(shell: Shell, word: string): bigint {
  const text = word.trim();
  if (/^[+-]?\d+$/.test(text)) return BigInt(text);
  if (shell.isBash) throw new TestError(`${word}: integer expression expected`);
  throw new TestError(shell.flavour === 'dash' ? `Illegal number: ${word}` : `${word}: bad number`);
}
