import { FileSystemError } from '../filesystem/filesystem';
import { command } from './command';
import type { Call } from './command';

/** test and [: POSIX' rules by the number of arguments, and `-a`, `-o`, `!`, parentheses beyond. */
export const test = command({ raw: true, usage: 'EXPRESSION ]' }, async (call) => {
  const args = [...call.operands];
  if (call.name === '[' && args.pop() !== ']') {
    await call.warn(`${call.isBusybox ? '' : ''}[: missing ]`);
    return 2;
  }
  try {
    const parser = new Expression(call, args);
    return parser.evaluate() ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TestError)) throw error;
    await call.warn(`${call.name}: ${error.message}`);
    return 2;
  }
});

class TestError extends Error {}

class Expression {
  private at = 0;

  constructor(
    private readonly call: Call,
    private readonly args: readonly string[],
  ) {}

  evaluate(): boolean {
    if (this.args.length === 0) return false;
    const value = this.or();
    if (this.at < this.args.length) throw new TestError(`${this.args[this.at]}: unknown operand`);
    return value;
  }

  private or(): boolean {
    let value = this.and();
    while (this.take('-o')) value = this.and() || value;
    return value;
  }

  private and(): boolean {
    let value = this.not();
    while (this.take('-a')) value = this.not() && value;
    return value;
  }

  private not(): boolean {
    // A lone `!` is a string like any other.
    if (this.args[this.at] === '!' && this.at + 1 < this.args.length) {
      this.at++;
      return !this.not();
    }
    return this.primary();
  }

  private primary(): boolean {
    const [first, operator, third] = this.args.slice(this.at, this.at + 3);
    if (first === undefined) throw new TestError('argument expected');
    if (operator !== undefined && third !== undefined && binary.has(operator)) {
      this.at += 3;
      return this.compare(first, operator, third);
    }
    if (first === '(' && this.args.length - this.at > 2) {
      this.at++;
      const value = this.or();
      if (!this.take(')')) throw new TestError('closing paren expected');
      return value;
    }
    if (operator !== undefined && /^-[bcdefghkLnOGprsStuwxz]$/.test(first)) {
      this.at += 2;
      return this.unary(first, operator);
    }
    this.at++;
    return first !== '';
  }

  private take(word: string): boolean {
    if (this.args[this.at] !== word) return false;
    this.at++;
    return true;
  }

  private compare(a: string, operator: string, b: string): boolean {
    switch (operator) {
      case '=':
      case '==':
        return a === b;
      case '!=':
        return a !== b;
      case '<':
        return a < b;
      case '>':
        return a > b;
      case '-nt':
        return this.time(a) > this.time(b);
      case '-ot':
        return this.time(a) < this.time(b);
      case '-ef':
        return this.identity(a) !== undefined && this.identity(a) === this.identity(b);
      default:
        return numeric(operator, this.number(a), this.number(b));
    }
  }

  private number(text: string): number {
    if (!/^\s*[-+]?\d+\s*$/.test(text))
      throw new TestError(this.call.isBusybox ? `${text}: bad number` : `invalid integer '${text}'`);
    return Number(text);
  }

  private time(name: string): number {
    const path = this.call.path(name);
    return this.call.files.exists(path) ? this.call.files.stat(path).mtimeMs : -Infinity;
  }

  private identity(name: string): string | undefined {
    const path = this.call.path(name);
    if (!this.call.files.exists(path)) return undefined;
    const { device, inode } = this.call.files.stat(path);
    return `${device}:${inode}`;
  }

  private unary(operator: string, operand: string): boolean {
    if (operator === '-n') return operand !== '';
    if (operator === '-z') return operand === '';
    if (operator === '-t')
      return operand === '1'
        ? this.call.process.stdout.isTerminal === true
        : this.call.process.stdin.isTerminal === true;
    return this.file(operator, operand);
  }

  private file(operator: string, operand: string): boolean {
    if (operand === '') return false;
    const { files, process } = this.call;
    const path = this.call.path(operand);
    try {
      if (operator === '-h' || operator === '-L') return files.lstat(path).type === 'symlink';
      const stat = files.stat(path);
      const bits = { '-r': 4, '-w': 2, '-x': 1 }[operator];
      if (bits !== undefined) return mayAccess(this.call, path, bits);
      const types: Record<string, string> = {
        '-f': 'file',
        '-d': 'directory',
        '-p': 'fifo',
        '-c': 'character',
        '-b': 'block',
        '-S': 'socket',
      };
      if (types[operator]) return stat.type === types[operator];
      if (operator === '-s') return stat.size > 0;
      if (operator === '-u') return (stat.mode & 0o4000) !== 0;
      if (operator === '-g') return (stat.mode & 0o2000) !== 0;
      if (operator === '-k') return (stat.mode & 0o1000) !== 0;
      if (operator === '-O') return stat.uid === process.user.uid;
      if (operator === '-G') return stat.gid === process.user.gid;
      return true;
    } catch {
      return false;
    }
  }
}

const binary = new Set(['=', '==', '!=', '<', '>', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef']);

function numeric(operator: string, a: number, b: number): boolean {
  return (
    { '-eq': a === b, '-ne': a !== b, '-lt': a < b, '-le': a <= b, '-gt': a > b, '-ge': a >= b }[operator] ?? false
  );
}

/** access(2) for one of 4 (read), 2 (write), 1 (execute): false also where the path leads nowhere. */
export function mayAccess({ files, process }: Call, path: string, bits: number): boolean {
  try {
    return allows(files.stat(path), process.user, bits) && !(bits === 2 && files.mountOf(path).readOnly);
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    return false;
  }
}

/** Whether a user may do it; root may all but execute what nobody can. */
function allows(
  stat: { mode: number; uid: number; gid: number; type: string },
  user: { uid: number; gid: number; groups: number[] },
  bits: number,
): boolean {
  if (user.uid === 0) return bits !== 1 || stat.type === 'directory' || (stat.mode & 0o111) !== 0;
  const shift = stat.uid === user.uid ? 6 : stat.gid === user.gid || user.groups.includes(stat.gid) ? 3 : 0;
  return ((stat.mode >> shift) & bits) === bits;
}
