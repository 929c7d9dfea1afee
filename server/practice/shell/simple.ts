import { ExecError, BrokenPipe } from '../process/program';
import { ForkError } from '../process/table';
import { evaluate } from './arithmetic';
import type { Assignment, Command } from './ast';
import { builtins, isSpecial } from './builtins/all';
import type { ExecuteOptions } from './execute';
import { expandText, expandWords } from './expansion';
import { problemText } from './messages';
import { waitForeground } from './pipeline';
import { redirectForGood, withRedirects } from './redirect';
import { ReturnFromFunction, ShellError, ExitShell } from './shellError';
import type { Shell } from './shellState';
import { executeCommand } from './execute';
import { quoteIfNeeded } from './text';

type Simple = Command & { type: 'simple' };

/** Assignments, redirections and a function, builtin or program. */
export async function executeSimple(shell: Shell, command: Simple, options: ExecuteOptions): Promise<number> {
  const statusBefore = shell.status;
  const words = await expandWords(shell, command.words);
  try {
    if (words.length === 0) return await assignOnly(shell, command, statusBefore, statusBefore !== shell.status);
    return await runWords(shell, command, words, options);
  } finally {
    shell.closeProcessPipes();
  }
}

async function assignOnly(shell: Shell, command: Simple, before: number, substituted: boolean): Promise<number> {
  const hasSubstitution = substituted || hasCommandSubstitution(command);
  if (!hasSubstitution) shell.status = 0;
  return failingSoftly(shell, false, () =>
    withRedirects(shell, command.redirects, async () => {
      const traced: string[] = [];
      for (const assignment of command.assignments) traced.push(await assign(shell, assignment));
      if (traced.length > 0) await trace(shell, traced.join(' '));
      void before;
      return hasCommandSubstitution(command) ? shell.status : 0;
    }),
  );
}

function hasCommandSubstitution(command: Simple): boolean {
  const parts = command.assignments.flatMap((a) => ('array' in a.value ? [] : a.value.parts));
  return [...parts, ...command.words.flatMap((word) => word.parts)].some((part) => part.type === 'command');
}

/** Makes an assignment and gives it as `set -x` shows it. */
export async function assign(shell: Shell, assignment: Assignment): Promise<string> {
  const { name, value, append } = assignment;
  if ('array' in value) {
    await assignArray(shell, name, value.array, append);
    return assignment.source;
  }
  const index = assignment.index ? await shell.indexText(name, assignment.index) : undefined;
  let text = await expandText(shell, value, 'assignment');
  const variable = shell.variables.variable(name);
  const before = index === undefined ? shell.variables.get(name) : shell.element(name, index);
  if (variable?.integer) {
    const sum = append ? `(${before ?? 0})+(${text})` : text;
    text = String(evaluate(sum, shell.arithmeticVariables));
  } else if (append) text = (before ?? '') + text;
  if (index === undefined) shell.variables.set(name, text);
  else shell.setElement(name, index, text);
  if (shell.options.has('a')) shell.variables.declare(name, { exported: true });
  return `${name}${append ? '+' : ''}=${text}`;
}

async function assignArray(
  shell: Shell,
  name: string,
  elements: readonly { index?: Assignment['index']; value: NonNullable<Assignment['index']> }[],
  append: boolean,
): Promise<void> {
  const present = shell.variables.variable(name);
  const old =
    present?.value instanceof Map ? present.value : new Map(present?.value === undefined ? [] : [['0', present.value]]);
  const array = append ? new Map(old) : new Map<string, string>();
  let next = Math.max(-1, ...[...array.keys()].map(Number).filter(Number.isInteger)) + 1;
  for (const { index, value } of elements) {
    if (index) {
      const key = await shell.indexText(name, index);
      array.set(key, await expandText(shell, value));
      if (Number.isInteger(Number(key))) next = Number(key) + 1;
    } else for (const item of await expandWords(shell, [value])) array.set(String(next++), item);
  }
  shell.variables.setArray(name, array);
}

async function runWords(shell: Shell, command: Simple, words: string[], options: ExecuteOptions): Promise<number> {
  const [name = ''] = words;
  const body = shell.functions.get(name);
  const builtin = builtins.get(name);
  const isAvailable = builtin && (!builtin.flavours || builtin.flavours.includes(shell.flavour));
  const special = isAvailable && isSpecial(name) && (!shell.isBash || shell.options.has('posix'));
  if (!body && !isAvailable) return failingSoftly(shell, false, () => runProgram(shell, command, words, options));
  return failingSoftly(shell, Boolean(special), async () => {
    if (name === 'exec' && !body) return runExec(shell, command, words);
    return withRedirects(shell, command.redirects, async () => {
      const restore = await assignFor(shell, command, !special || shell.isBash);
      await trace(shell, [...restore.traced, ...words.map((word) => traceWord(shell, word))].join(' '));
      try {
        if (body) return await callFunction(shell, name, body, words);
        return builtin ? await builtin.run(shell, words.slice(1), name) : 0;
      } catch (error) {
        if (!(error instanceof BrokenPipe)) throw error;
        await shell.complain(`${name}: ${shell.isBash ? 'write error: Broken pipe' : 'I/O error'}`);
        return 1;
      } finally {
        restore.undo();
      }
    });
  });
}

/** Assignments before a command hold for its time only. */
async function assignFor(
  shell: Shell,
  command: Simple,
  isTemporary: boolean,
): Promise<{ undo: () => void; traced: string[] }> {
  const traced: string[] = [];
  if (command.assignments.length === 0) return { undo: () => undefined, traced };
  const saved = command.assignments.map(({ name }) => ({
    name,
    variable: shell.variables.variable(name),
    value: shell.variables.get(name),
  }));
  for (const assignment of command.assignments) {
    traced.push(await assign(shell, assignment));
    if (isTemporary) shell.variables.declare(assignment.name, { exported: true });
  }
  if (!isTemporary) return { undo: () => undefined, traced };
  const exported = saved.map(({ variable }) => variable?.exported);
  const undo = () => {
    saved.forEach(({ name, value, variable }, index) => {
      if (value === undefined || !variable) shell.variables.unset(name);
      else {
        shell.variables.set(name, value);
        shell.variables.declare(name, { exported: exported[index] });
      }
    });
  };
  saved.forEach(({ variable }, index) => (exported[index] = wasExported(variable, shell, index, command)));
  return { undo, traced };
}

function wasExported(
  variable: { exported?: boolean } | undefined,
  shell: Shell,
  index: number,
  command: Simple,
): boolean {
  const name = command.assignments[index]?.name ?? '';
  return variable?.exported === true && shell.process.env.has(name);
}

const deepestFunction = 500;

export async function callFunction(
  shell: Shell,
  name: string,
  body: Command,
  words: readonly string[],
): Promise<number> {
  if (shell.functionDepth >= deepestFunction) {
    throw new ShellError({
      kind: 'too much',
      what: `${name}: maximum function nesting level exceeded (${deepestFunction})`,
    });
  }
  const { positional, loopDepth } = shell;
  shell.positional = words.slice(1);
  shell.loopDepth = 0;
  shell.functionDepth++;
  shell.functionNames.push(name);
  shell.variables.enterFunction();
  try {
    return await executeCommand(shell, body);
  } catch (error) {
    if (error instanceof ReturnFromFunction) return error.code;
    throw error;
  } finally {
    shell.variables.leaveFunction();
    shell.functionNames.pop();
    shell.functionDepth--;
    shell.loopDepth = loopDepth;
    shell.positional = positional;
  }
}

/** Errors of redirections and expansions end the command, and the shell where POSIX wants it so. */
async function failingSoftly(shell: Shell, isFatal: boolean, body: () => Promise<number>): Promise<number> {
  try {
    return await body();
  } catch (error) {
    if (error instanceof ForkError) {
      await shell.complain(problemText({ kind: 'fork' }, shell.flavour));
      return shell.isBash ? 254 : 2;
    }
    if (!(error instanceof ShellError)) throw error;
    const isRedirect = /^(cannot|bad desc|ambiguous)/.test(error.problem.kind);
    const isUsage = error.problem.kind === 'usage';
    if (!isRedirect && !isUsage) throw error;
    await shell.complain(problemText(error.problem, shell.flavour));
    const code =
      isUsage && 'code' in error.problem ? (error.problem.code ?? 1) : shell.flavour === 'dash' && isRedirect ? 2 : 1;
    if (isFatal && !shell.isInteractive) throw new ExitShell(code === 1 && !shell.isBash ? 2 : code);
    return code;
  }
}

async function runProgram(shell: Shell, command: Simple, words: string[], options: ExecuteOptions): Promise<number> {
  return withRedirects(shell, command.redirects, async () => {
    const restore = await assignFor(shell, command, true);
    await trace(shell, [...restore.traced, ...words.map((word) => traceWord(shell, word))].join(' '));
    const env = shell.variables.exported();
    restore.undo();
    const start = { ...shell.childStreams, env, cwd: shell.process.cwd };
    try {
      if (options.isLast && !shell.traps.get('EXIT') && shell.traps.all().every(([, action]) => action === '')) {
        return await shell.process.exec(words, start);
      }
      const group = shell.isJobControlled ? 0 : undefined;
      const child = await shell.process.spawn(words, { ...start, group });
      shell.hashed.set(words[0] ?? '', (shell.hashed.get(words[0] ?? '') ?? 0) + 1);
      const job = shell.jobs.add([child], asWritten(command), false);
      return await waitForeground(shell, job);
    } catch (error) {
      if (!(error instanceof ExecError)) throw error;
      return notFound(shell, error);
    }
  });
}

/** As reports name it: with its quotes and before any expansion. */
function asWritten({ assignments, words }: Simple): string {
  return [...assignments, ...words].map(({ source }) => source).join(' ');
}

/** 127 and 126, in each shell's words. */
async function notFound(shell: Shell, error: ExecError, label = ''): Promise<number> {
  const { argv0, code, reason } = error;
  if (shell.isBash) {
    const isMissing = code === 127 && !argv0.includes('/');
    if (reason.includes('bad interpreter')) await shell.complain(`${label}${argv0}: ${reason}`);
    else
      await shell.complain(
        `${label}${argv0}: ${isMissing && !label ? 'command not found' : isMissing ? 'not found' : reason}`,
      );
    return code;
  }
  await shell.complain(
    `${label}${argv0}: ${code === 127 ? 'not found' : reason === 'Is a directory' ? 'Permission denied' : reason}`,
  );
  return code;
}

/** `exec` without a command changes the shell's own descriptors; with one it becomes that program. */
async function runExec(shell: Shell, command: Simple, words: string[]): Promise<number> {
  const args = words[1] === '--' ? words.slice(2) : words.slice(1);
  let name: string | undefined;
  if (shell.isBash && args[0] === '-a') name = args.splice(0, 2)[1];
  await redirectForGood(shell, command.redirects);
  const restore = await assignFor(shell, command, args.length > 0);
  await trace(shell, [...restore.traced, ...words.map((word) => traceWord(shell, word))].join(' '));
  if (args.length === 0) return 0;
  void name;
  const env = shell.variables.exported();
  try {
    return await shell.process.exec(args, { ...shell.childStreams, env, cwd: shell.process.cwd });
  } catch (error) {
    restore.undo();
    if (!(error instanceof ExecError)) throw error;
    const code = await notFound(shell, error, 'exec: ');
    if (shell.isInteractive) return code;
    throw new ExitShell(code);
  }
}

/** `set -x`. */
export async function trace(shell: Shell, text: string): Promise<void> {
  if (!shell.options.has('x')) return;
  const prompt = shell.variables.get('PS4') ?? '+ ';
  const depth = shell.isBash ? (prompt[0] ?? '').repeat(shell.subshellDepth) : '';
  await shell.writeError(`${depth}${prompt}${text}\n`);
}

function traceWord(shell: Shell, word: string): string {
  // dash shows the words as they are; bash and ash quote what needs it.
  if (shell.flavour === 'dash') return word;
  return word === '' ? "''" : quoteIfNeeded(word);
}
