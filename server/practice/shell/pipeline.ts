import { createPipe } from '../process/pipe';
import type { ChildProcess, ExitStatus, SignalName } from '../process/program';
import type { AndOr, Command, Pipeline } from './ast';
import { afterPipeline, executeAndOr, executeCommand } from './execute';
import type { ExecuteOptions } from './execute';
import { reportStop, signalWords } from './jobReports';
import type { Job } from './jobs';
import { Interrupted } from './shellError';
import type { Shell } from './shellState';
import { runSubshell } from './subshell';

export async function runPipeline(shell: Shell, pipeline: Pipeline, options: ExecuteOptions = {}): Promise<number> {
  const startedAt = shell.process.clock.now();
  const isPlain = !pipeline.negated && !pipeline.timed;
  if (pipeline.negated) shell.checked++;
  try {
    shell.status = await runCommands(shell, pipeline, isPlain ? options : {});
  } finally {
    if (pipeline.negated) shell.checked--;
  }
  if (pipeline.negated) shell.status = shell.status === 0 ? 1 : 0;
  if (pipeline.timed) await reportTime(shell, shell.process.clock.now() - startedAt, pipeline.isPortable);
  if (!pipeline.negated && failureCounts(pipeline)) await afterPipeline(shell, shell.status);
  return shell.status;
}

/** A failure inside a compound command has been acted on there. */
function failureCounts(pipeline: Pipeline): boolean {
  const only = pipeline.commands.length === 1 ? pipeline.commands[0] : undefined;
  return !only || ['simple', 'subshell', 'arithmetic', 'conditional'].includes(only.type);
}

async function runCommands(shell: Shell, pipeline: Pipeline, options: ExecuteOptions): Promise<number> {
  const [only, ...more] = pipeline.commands;
  if (!only) return 0;
  if (more.length === 0) {
    const status = await executeCommand(shell, only, options);
    shell.pipeStatus = [status];
    return status;
  }
  const children = startCommands(shell, pipeline.commands);
  const job = shell.jobs.add(children, pipeline.text, false);
  return waitForeground(shell, job);
}

/** Starts all commands of a pipeline, each in a child, with pipes between them. */
function startCommands(shell: Shell, commands: readonly Command[]): ChildProcess[] {
  const children: ChildProcess[] = [];
  let input: ReturnType<typeof createPipe>['reader'] | undefined;
  for (const [index, command] of commands.entries()) {
    const isLast = index === commands.length - 1;
    const pipe = isLast ? undefined : createPipe();
    const descriptors = new Map();
    if (input) descriptors.set(0, input);
    if (pipe) descriptors.set(1, pipe.writer);
    const group = shell.isJobControlled ? (children[0]?.group ?? 0) : undefined;
    children.push(
      runSubshell(shell, (inner) => executeCommand(inner, command, { isLast: true }), { descriptors, group }),
    );
    input?.close();
    pipe?.writer.close();
    input = pipe?.reader;
  }
  return children;
}

/** Waits for a job in the foreground: the terminal is its own meanwhile, and Ctrl-Z gives it back. */
export async function waitForeground(shell: Shell, job: Job): Promise<number> {
  const { terminal } = shell.process;
  const ownGroup = terminal?.foregroundGroup ?? 0;
  const isControlled = shell.isJobControlled && terminal !== undefined;
  job.isBackground = false;
  if (isControlled) terminal.foregroundGroup = job.group;
  // Keys pressed while the job was being started went to the shell, and are meant for the job.
  if (isControlled && shell.isInterrupted) job.signal('SIGINT');
  if (isControlled && shell.isStopAsked) job.signal('SIGTSTP');
  shell.isStopAsked = false;
  const state = isControlled ? await job.settled() : ({ type: 'done', status: await job.done } as const);
  if (isControlled) terminal.foregroundGroup = ownGroup;
  if (state.type === 'stopped') {
    await reportStop(shell, job);
    return 148;
  }
  shell.jobs.remove(job);
  if (state.type !== 'done') return 0;
  const statuses = await Promise.all(job.children.map((child) => child.exited));
  shell.pipeStatus = statuses.map((status) => status.code);
  await reportDeath(shell, state.status, job);
  if (shell.isInteractive && state.status.signal === 'SIGINT') throw new Interrupted();
  const failed = shell.options.has('pipefail') ? statuses.findLast((status) => status.code !== 0) : undefined;
  return (failed ?? state.status).code;
}

/** `Terminated`, `Killed`: what a signal did to a command in the foreground. */
export async function reportDeath(shell: Shell, status: ExitStatus, job: Job): Promise<void> {
  const { signal } = status;
  if (!signal) return;
  if (signal === 'SIGINT') return void (shell.isInteractive && (await shell.writeError('\n')));
  if (signal === 'SIGPIPE') return;
  const words = signalWords(signal, shell);
  if (shell.isInteractive || shell.flavour === 'dash' || shell.flavour === 'ash') return shell.writeError(`${words}\n`);
  if (shell.isBash && !shell.isInteractive)
    await shell.complain(`${String(job.lastPid).padStart(5)} ${words.padEnd(24)}${job.text}`);
}

/** Without job control a background job cannot be reached by Ctrl-C and reads nothing. */
const backgroundIgnores: SignalName[] = ['SIGINT', 'SIGQUIT'];
const nothingToRead = { read: async () => null, close: () => undefined };

export async function startBackground(shell: Shell, command: AndOr): Promise<void> {
  await shell.process.yield();
  const isControlled = shell.isJobControlled;
  const [pipeline] = command.rest.length === 0 ? [command.first] : [];
  const isPipe = pipeline && !pipeline.negated && !pipeline.timed && pipeline.commands.length > 1;
  const children =
    isPipe && isControlled ? startCommands(shell, pipeline.commands) : [startOne(shell, command, isControlled)];
  const job = shell.jobs.add(children, command.text, true);
  shell.lastBackgroundPid = job.lastPid;
  if (shell.isInteractive && shell.isBash) await shell.writeError(`[${job.number}] ${job.lastPid}\n`);
  if (!shell.isInteractive && shell.jobs.all().length > 256) shell.jobs.reap();
  shell.status = 0;
}

function startOne(shell: Shell, command: AndOr, isControlled: boolean): ChildProcess {
  const body = (inner: Shell) => executeAndOr(inner, command, { isLast: true });
  if (isControlled) return runSubshell(shell, body, { group: 0 });
  return runSubshell(shell, body, { ignoredSignals: backgroundIgnores, descriptors: new Map([[0, nothingToRead]]) });
}

async function reportTime(shell: Shell, elapsedMs: number, isPortable = false): Promise<void> {
  if (isPortable) return shell.writeError(`real ${(elapsedMs / 1000).toFixed(2)}\nuser 0.00\nsys 0.00\n`);
  const clock = (ms: number) => `${Math.floor(ms / 60000)}m${((ms % 60000) / 1000).toFixed(3)}s`;
  await shell.writeError(`\nreal\t${clock(elapsedMs)}\nuser\t${clock(0)}\nsys\t${clock(0)}\n`);
}
