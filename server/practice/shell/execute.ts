import type { AndOr, Command, List } from './ast';
import { arithmetic, expandPattern, expandText, expandWords } from './expansion';
import { evaluateConditional } from './conditional';
import { compilePattern, matchesPattern } from './pattern';
import { runPipeline, startBackground } from './pipeline';
import { withRedirects } from './redirect';
import { problemText } from './messages';
import { ExitShell, Interrupted, LeaveLoop, ReturnFromFunction, ShellError } from './shellError';
import type { Shell } from './shellState';
import { executeSimple } from './simple';
import { runSource } from './source';
import { runSubshell } from './subshell';

export interface ExecuteOptions {
  /** Nothing comes after it in this process, so that a program may take the process over. */
  isLast?: boolean;
}

export async function executeList(shell: Shell, list: List, options: ExecuteOptions = {}): Promise<number> {
  for (const [index, item] of list.items.entries()) {
    const isLast = options.isLast && index === list.items.length - 1;
    if (item.background) await startBackground(shell, item.command);
    else await executeAndOr(shell, item.command, { isLast });
  }
  return shell.status;
}

export async function executeAndOr(shell: Shell, andOr: AndOr, options: ExecuteOptions = {}): Promise<number> {
  const { first, rest } = andOr;
  const isAlone = rest.length === 0;
  let status = await checkedIf(shell, !isAlone, () => runPipeline(shell, first, { isLast: options.isLast && isAlone }));
  for (const [index, { operator, pipeline }] of rest.entries()) {
    if ((operator === '&&') !== (status === 0)) continue;
    const isLast = index === rest.length - 1;
    status = await checkedIf(shell, !isLast, () => runPipeline(shell, pipeline, { isLast: options.isLast && isLast }));
  }
  return status;
}

async function checkedIf<T>(shell: Shell, isChecked: boolean, body: () => Promise<T>): Promise<T> {
  if (!isChecked) return body();
  shell.checked++;
  try {
    return await body();
  } finally {
    shell.checked--;
  }
}

/** One command in this process; its status is in `shell.status` as well. */
export async function executeCommand(shell: Shell, command: Command, options: ExecuteOptions = {}): Promise<number> {
  await shell.process.yield();
  if (shell.isInterrupted) throw new Interrupted();
  shell.line = command.line;
  if (command.type === 'simple') shell.status = await executeSimple(shell, command, options);
  else shell.status = await executeCompound(shell, command, options);
  if (shell.traps.hasPending) await runPendingTraps(shell);
  return shell.status;
}

async function executeCompound(shell: Shell, command: Command, options: ExecuteOptions): Promise<number> {
  try {
    return await withRedirects(shell, command.redirects, () => compound(shell, command, options));
  } catch (error) {
    const isRedirect = error instanceof ShellError && /^(cannot|bad desc|ambiguous)/.test(error.problem.kind);
    if (!isRedirect) throw error;
    await shell.complain(problemText(error.problem, shell.flavour));
    return shell.isBash ? 1 : 2;
  } finally {
    if (command.redirects.length > 0) shell.closeProcessPipes();
  }
}

async function compound(shell: Shell, command: Command, options: ExecuteOptions): Promise<number> {
  switch (command.type) {
    case 'group':
      return executeList(shell, command.body, { isLast: options.isLast && command.redirects.length === 0 });
    case 'subshell': {
      const child = runSubshell(shell, (inner) => executeList(inner, command.body, { isLast: true }));
      return (await child.exited).code;
    }
    case 'if':
      return executeIf(shell, command);
    case 'loop':
      return executeLoop(
        shell,
        async () => ((await condition(shell, command.condition)) === 0) !== command.until,
        command.body,
      );
    case 'for':
      return executeFor(shell, command);
    case 'cfor': {
      await arithmetic(shell, command.init);
      const isEmpty = command.condition.source.trim() === '';
      const test = async () => isEmpty || (await arithmetic(shell, command.condition)) !== 0n;
      return executeLoop(shell, test, command.body, async () => void (await arithmetic(shell, command.step)));
    }
    case 'case':
      return executeCase(shell, command);
    case 'function':
      shell.functions.set(command.name, command.body);
      return 0;
    case 'arithmetic':
      return (await arithmetic(shell, command.expression)) === 0n ? 1 : 0;
    case 'conditional':
      return evaluateConditional(shell, command.expression);
    case 'simple':
      return executeSimple(shell, command, options);
  }
}

async function condition(shell: Shell, list: List): Promise<number> {
  return checkedIf(shell, true, () => executeList(shell, list));
}

async function executeIf(shell: Shell, command: Command & { type: 'if' }): Promise<number> {
  for (const branch of command.branches) {
    if ((await condition(shell, branch.condition)) === 0) return executeList(shell, branch.body);
  }
  return command.otherwise ? executeList(shell, command.otherwise) : 0;
}

async function executeLoop(
  shell: Shell,
  goesOn: () => Promise<boolean>,
  body: List,
  step: () => Promise<void> = async () => undefined,
): Promise<number> {
  let status = 0;
  shell.loopDepth++;
  try {
    while (await goesOn()) {
      await shell.process.yield();
      try {
        status = await executeList(shell, body);
      } catch (error) {
        if (!(error instanceof LeaveLoop)) throw error;
        status = 0;
        if (error.levels > 1) {
          error.levels--;
          throw error;
        }
        if (error.kind === 'break') break;
      }
      await step();
    }
  } finally {
    shell.loopDepth--;
  }
  return status;
}

async function executeFor(shell: Shell, command: Command & { type: 'for' }): Promise<number> {
  const values = command.words ? await expandWords(shell, command.words) : [...shell.positional];
  let index = 0;
  const next = async () => {
    const value = values[index++];
    if (value === undefined) return false;
    shell.variables.set(command.name, value);
    return true;
  };
  return executeLoop(shell, next, command.body);
}

async function executeCase(shell: Shell, command: Command & { type: 'case' }): Promise<number> {
  const subject = await expandText(shell, command.subject);
  let status = 0;
  let falls = false;
  for (const arm of command.arms) {
    if (!falls && !(await matchesAny(shell, subject, arm.patterns))) continue;
    status = await executeList(shell, arm.body);
    if (arm.body.items.length === 0) status = 0;
    if (arm.end === ';;') return status;
    falls = arm.end === ';&';
  }
  return status;
}

async function matchesAny(
  shell: Shell,
  subject: string,
  patterns: (Command & { type: 'case' })['arms'][number]['patterns'],
): Promise<boolean> {
  for (const pattern of patterns) {
    if (matchesPattern(compilePattern(await expandPattern(shell, pattern)), subject)) return true;
  }
  return false;
}

/** `set -e`, and the ERR trap. */
export async function afterPipeline(shell: Shell, status: number): Promise<void> {
  if (status === 0 || shell.checked > 0) return;
  const action = shell.traps.get('ERR');
  if (action) await runTrap(shell, action);
  if (shell.options.has('e')) throw new ExitShell(status);
}

export async function runPendingTraps(shell: Shell): Promise<void> {
  for (let signal = shell.takeSignal(); signal; signal = shell.takeSignal()) {
    const action = shell.traps.get(signal);
    if (action) await runTrap(shell, action);
  }
}

/** A trap's commands leave `$?` as it was. */
async function runTrap(shell: Shell, action: string): Promise<void> {
  const { status } = shell;
  await runSource(shell, action);
  shell.status = status;
}

/** The EXIT trap runs once, whatever ends the shell; `exit` in it decides the code. */
export async function runExitTrap(shell: Shell, code: number): Promise<number> {
  const action = shell.traps.get('EXIT');
  if (!action) return code;
  shell.traps.set('EXIT', undefined);
  shell.status = code;
  try {
    await runSource(shell, action);
  } catch (error) {
    if (error instanceof ExitShell || error instanceof ReturnFromFunction) return error.code;
    throw error;
  }
  return code;
}
