/** The script makes no sense. `isIncomplete`: more input may mend it, so an interactive shell asks for more. */
export class ShellSyntaxError extends Error {
  override name = 'ShellSyntaxError';

  constructor(
    readonly problem: SyntaxProblem,
    readonly line: number,
    readonly isIncomplete = false,
  ) {
    super(problem.kind);
  }
}

export type SyntaxProblem =
  | { kind: 'unexpected'; token: string; expecting?: string }
  | { kind: 'end of file'; expecting?: string; startLine?: number }
  | { kind: 'unterminated quote'; quote: string }
  | { kind: 'bad substitution'; source: string }
  | { kind: 'bad name'; source: string }
  | { kind: 'bad conditional'; token: string };
