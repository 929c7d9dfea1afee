import { BrokenPipe } from '../process/program';
import type { ByteReader, ByteWriter, ChildProcess, SignalName } from '../process/program';
import { runExitTrap } from './execute';
import { problemText } from './messages';
import { ExitShell, LeaveLoop, ReturnFromFunction, ShellError } from './shellError';
import { Shell, asReader, asWriter } from './shellState';

export interface SubshellOptions {
  /** These replace the shell's own. */
  descriptors?: ReadonlyMap<number, ByteReader | ByteWriter>;
  group?: number;
  ignoredSignals?: readonly SignalName[];
}

/** Runs a part of the script in a child process with a copy of the shell. */
export function runSubshell(
  parent: Shell,
  body: (shell: Shell) => Promise<number>,
  options: SubshellOptions = {},
): ChildProcess {
  const streams = parent.childStreams;
  const descriptors = new Map(streams.descriptors);
  for (const [fd, stream] of options.descriptors ?? []) if (fd > 2) descriptors.set(fd, stream);
  const stdin = asReader(options.descriptors?.get(0)) ?? streams.stdin;
  const stdout = asWriter(options.descriptors?.get(1)) ?? streams.stdout;
  const stderr = asWriter(options.descriptors?.get(2)) ?? streams.stderr;
  const { group, ignoredSignals } = options;
  const env = parent.variables.exported();
  const { name, positional, flavour, isFile } = parent;
  return parent.process.fork(
    async (process) => {
      const facts = { flavour, name, positional: [...positional], isFile, isInteractive: false };
      const shell = new Shell(process, facts, parent);
      return runToEnd(shell, () => body(shell));
    },
    { stdin, stdout, stderr, descriptors, group, ignoredSignals, env },
  );
}

/** Runs to the end of the shell, EXIT trap included, and gives its exit code. */
export async function runToEnd(shell: Shell, body: () => Promise<number>): Promise<number> {
  let code: number;
  try {
    code = await body();
  } catch (error) {
    code = await codeOf(shell, error);
  }
  shell.status = code;
  return runExitTrap(shell, code);
}

async function codeOf(shell: Shell, error: unknown): Promise<number> {
  if (error instanceof ExitShell) return error.code;
  if (error instanceof ReturnFromFunction) return error.code;
  if (error instanceof LeaveLoop) return shell.status;
  if (error instanceof BrokenPipe) return 1;
  if (!(error instanceof ShellError)) throw error;
  await shell.complain(problemText(error.problem, shell.flavour));
  return fatalCode(shell, error);
}

/** What a shell ends with when an expansion goes wrong: 2 in dash and ash, 1 or 127 in bash. */
export function fatalCode(shell: Shell, error: ShellError): number {
  if (error.problem.kind === 'usage' && error.problem.code !== undefined) return error.problem.code;
  if (!shell.isBash) return 2;
  return error.problem.kind === 'unset' || error.problem.kind === 'required' ? 127 : 1;
}
