import { executeList } from './execute';
import { syntaxText } from './messages';
import { Parser } from './parser';
import { ExitShell } from './shellError';
import type { Shell } from './shellState';
import { ShellSyntaxError } from './syntaxError';

export interface SourceOptions {
  firstLine?: number;
  /** Nothing follows: the last command may take the process over. */
  isLast?: boolean;
  /** What begins a syntax error's message, for `eval` and `.`. */
  label?: string;
}

/** Runs a text line by line: what stands before a syntax error has been done when it is found. */
export async function runSource(shell: Shell, text: string, options: SourceOptions = {}): Promise<number> {
  const { flavour, aliases } = shell;
  const usesAliases = !shell.isBash || shell.isInteractive || shell.shopts.has('expand_aliases');
  const parser = new Parser(text, { flavour, aliases: usesAliases ? aliases : undefined }, options.firstLine);
  let status = 0;
  for (;;) {
    let line;
    try {
      line = parser.nextLine();
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error;
      await complainOfSyntax(shell, error, text, options);
      if (shell.isInteractive || (shell.isBash && options.label)) return (shell.status = shell.isBash ? 1 : 2);
      throw new ExitShell(2);
    }
    if (!line) return status;
    if (shell.options.has('n')) continue;
    if (shell.options.has('v')) void 0;
    const isLast = options.isLast && /^\s*$/.test(parser.scanner.source.slice(parser.scanner.position));
    status = await executeList(shell, line, { isLast });
  }
}

export async function complainOfSyntax(
  shell: Shell,
  error: ShellSyntaxError,
  source: string,
  options: SourceOptions = {},
): Promise<void> {
  const label = options.label ? `${options.label}: ` : '';
  const isCommandString = shell.isBash && !shell.isFile && !shell.isInteractive && !options.label;
  const text = syntaxText(error, shell.flavour);
  const prefix = isCommandString ? '-c: ' : label;
  const line = endLine(shell, error, source, options.firstLine ?? 1);
  const lead = isCommandString ? `${shell.name}: -c: line ${line}: ` : undefined;
  if (lead) await shell.writeError(`${lead}${text}\n`);
  else await shell.complain(prefix + text, line);
  if (shell.isBash && error.problem.kind === 'unexpected') {
    const shown = source.split('\n')[line - (options.firstLine ?? 1)] ?? '';
    if (lead) await shell.writeError(`${lead}\`${shown}'\n`);
    else await shell.complain(`${prefix}\`${shown}'`, line);
  }
}

/** bash names the line after the last when the text ends too soon. */
function endLine(shell: Shell, error: ShellSyntaxError, source: string, firstLine: number): number {
  const isEnd = error.problem.kind === 'end of file';
  return shell.isBash && isEnd ? firstLine + source.replace(/\n$/, '').split('\n').length : error.line;
}
