/** What goes wrong while a script runs and ends the command, or the shell, with a message. */
export class ShellError extends Error {
  override name = 'ShellError';

  constructor(readonly problem: ShellProblem) {
    super(problem.kind);
  }
}

export type ShellProblem =
  | { kind: 'readonly'; name: string; unsetting?: boolean }
  | { kind: 'unset'; name: string }
  | { kind: 'required'; name: string; message: string; orEmpty: boolean }
  | { kind: 'bad substitution'; source: string }
  | { kind: 'arithmetic'; expression: string; reason: string; token?: string }
  | { kind: 'cannot open'; path: string; reason: string; code: string }
  | { kind: 'cannot create'; path: string; reason: string; code: string }
  | { kind: 'bad descriptor'; fd: string }
  | { kind: 'ambiguous redirect'; source: string }
  | { kind: 'too much'; what: string }
  | { kind: 'fork' }
  /** Words of a builtin, `name: …` included. */
  | { kind: 'usage'; message: string; code?: number };

/** Leaves the shell; `code` undefined means the status of the last command. */
export class ExitShell extends Error {
  constructor(readonly code: number) {
    super('exit');
  }
}

export class ReturnFromFunction extends Error {
  constructor(readonly code: number) {
    super('return');
  }
}

/** `break` and `continue`. */
export class LeaveLoop extends Error {
  constructor(
    readonly kind: 'break' | 'continue',
    public levels: number,
  ) {
    super(kind);
  }
}

/** Ctrl-C at an interactive shell: back to the prompt. */
export class Interrupted extends Error {}
