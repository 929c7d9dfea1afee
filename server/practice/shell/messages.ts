import type { ShellProblem } from './shellError';
import { ShellSyntaxError } from './syntaxError';
import type { SyntaxProblem } from './syntaxError';

export type Flavour = 'ash' | 'dash' | 'bash';

export interface MessageContext {
  flavour: Flavour;
  /** $0, or what stands for it. */
  name: string;
  line: number;
  isInteractive: boolean;
  /** Commands come from `-c` or from a file; ash names the line only of files. */
  isFile: boolean;
  /** The builtin that complains; ash then names the line even of `-c`, as 0. */
  builtin?: string;
}

/** `sh: 1: ` as dash begins, `sh: ` as ash, `bash: line 1: ` as bash. */
export function prefixOf(context: MessageContext): string {
  const { flavour, name, line, isInteractive, isFile } = context;
  if (flavour === 'dash') return `${name}: ${line}: `;
  if (flavour === 'bash')
    return isInteractive ? 'bash: ' : isFile ? `${name}: line ${line}: ` : `${name}: line ${line}: `;
  const where = isInteractive ? '' : isFile ? `line ${line}: ` : context.builtin ? 'line 0: ' : '';
  return `${name}: ${context.builtin ? `${context.builtin}: ` : ''}${where}`;
}

export function problemText(problem: ShellProblem, flavour: Flavour): string {
  switch (problem.kind) {
    case 'readonly': {
      const unset = problem.unsetting ? 'unset: ' : '';
      if (flavour === 'bash')
        return problem.unsetting
          ? `unset: ${problem.name}: cannot unset: readonly variable`
          : `${problem.name}: readonly variable`;
      return `${unset}${problem.name}: is read only`;
    }
    case 'unset':
      return `${problem.name}: ${flavour === 'bash' ? 'unbound variable' : 'parameter not set'}`;
    case 'required': {
      const orEmpty = flavour === 'bash' ? 'parameter null or not set' : 'parameter not set or null';
      return `${problem.name}: ${problem.message || (problem.orEmpty ? orEmpty : 'parameter not set')}`;
    }
    case 'bad substitution':
      if (flavour === 'bash') return `${problem.source}: bad substitution`;
      return flavour === 'ash' ? 'syntax error: bad substitution' : 'Bad substitution';
    case 'arithmetic':
      return arithmeticText(problem, flavour);
    case 'cannot open':
    case 'cannot create':
      return openText(problem, flavour);
    case 'bad descriptor':
      return flavour === 'bash' ? `${problem.fd}: Bad file descriptor` : `${problem.fd}: Bad file descriptor`;
    case 'ambiguous redirect':
      return `${problem.source}: ambiguous redirect`;
    case 'fork':
      return flavour === 'bash'
        ? 'fork: retry: Resource temporarily unavailable'
        : flavour === 'ash'
          ? "can't fork: Resource temporarily unavailable"
          : 'Cannot fork';
    case 'too much':
      return problem.what;
    case 'usage':
      return problem.message;
  }
}

function openText(problem: ShellProblem & { kind: 'cannot open' | 'cannot create' }, flavour: Flavour): string {
  const { path, reason, code, kind } = problem;
  if (flavour === 'bash') return `${path}: ${reason}`;
  const isCreate = kind === 'cannot create';
  if (flavour === 'ash') {
    const words = code === 'ENOENT' ? (isCreate ? 'nonexistent directory' : 'no such file') : reason;
    return `can't ${isCreate ? 'create' : 'open'} ${path}: ${words}`;
  }
  const words = code === 'ENOENT' ? (isCreate ? 'Directory nonexistent' : 'No such file') : reason;
  return `cannot ${isCreate ? 'create' : 'open'} ${path}: ${words}`;
}

function arithmeticText(problem: ShellProblem & { kind: 'arithmetic' }, flavour: Flavour): string {
  const { expression, reason, token } = problem;
  const isDivision = reason === 'division by 0';
  if (flavour === 'bash')
    return `${expression.trimStart()}: ${reason}${token === undefined ? '' : ` (error token is "${expression.slice(Math.max(0, expression.lastIndexOf(token))).trimStart()}")`}`;
  if (flavour === 'ash') return isDivision ? 'divide by zero' : 'arithmetic syntax error';
  if (isDivision) return `arithmetic expression: division by zero: "${expression}"`;
  const words = reason.startsWith('syntax error: operand')
    ? 'expecting primary'
    : reason.includes("`)'")
      ? "expecting ')'"
      : 'expecting EOF';
  return `arithmetic expression: ${words}: "${expression}"`;
}

export function syntaxText(error: ShellSyntaxError, flavour: Flavour): string {
  const { problem } = error;
  if (flavour === 'bash') return bashSyntax(problem);
  const word = flavour === 'dash' ? 'Syntax error' : 'syntax error';
  switch (problem.kind) {
    case 'unexpected': {
      const token =
        problem.token === 'newline'
          ? 'newline'
          : isToken(problem.token)
            ? `"${problem.token}"`
            : flavour === 'dash' || isReserved(problem.token)
              ? isReserved(problem.token)
                ? `"${problem.token}"`
                : 'word'
              : 'word';
      const expecting = problem.expecting ? ` (expecting "${problem.expecting}")` : '';
      return flavour === 'dash'
        ? `${word}: ${token} unexpected${expecting}`
        : `${word}: unexpected ${token}${expecting}`;
    }
    case 'end of file': {
      const expecting = problem.expecting ? ` (expecting "${problem.expecting}")` : '';
      return flavour === 'dash'
        ? `${word}: end of file unexpected${expecting}`
        : `${word}: unexpected end of file${expecting}`;
    }
    case 'unterminated quote': {
      const what =
        problem.quote === '`'
          ? 'EOF in backquote substitution'
          : problem.quote === '}'
            ? "Missing '}'"
            : 'Unterminated quoted string';
      if (flavour === 'dash') return `${word}: ${what}`;
      return `${word}: ${what[0]?.toLowerCase()}${what.slice(1)}`;
    }
    case 'bad name':
      return flavour === 'dash' ? `${word}: Bad for loop variable` : `${word}: bad for loop variable`;
    case 'bad substitution':
      return flavour === 'dash' ? 'Bad substitution' : `${word}: bad substitution`;
    case 'bad conditional':
      return `${word}: unexpected "${problem.token}"`;
  }
}

function bashSyntax(problem: SyntaxProblem): string {
  switch (problem.kind) {
    case 'unexpected':
      return `syntax error near unexpected token \`${problem.token}'`;
    case 'end of file':
      return 'syntax error: unexpected end of file';
    case 'unterminated quote':
      return `unexpected EOF while looking for matching \`${problem.quote}'`;
    case 'bad name':
      return `\`${problem.source}': not a valid identifier`;
    case 'bad substitution':
      return `${problem.source}: bad substitution`;
    case 'bad conditional':
      return `syntax error in conditional expression: unexpected token \`${problem.token}'`;
  }
}

function isToken(token: string): boolean {
  return /^[;&|()<>]+-?$/.test(token);
}

function isReserved(token: string): boolean {
  return /^(?:then|else|elif|fi|do|done|esac|in|\}|\{|!)$/.test(token);
}
