import type { ExitStatus, SignalName } from '../process/program';
import type { Job } from './jobs';
import type { Shell } from './shellState';

const words: Partial<Record<SignalName, string>> = {
  SIGHUP: 'Hangup',
  SIGINT: 'Interrupt',
  SIGQUIT: 'Quit',
  SIGILL: 'Illegal instruction',
  SIGTRAP: 'Trace/breakpoint trap',
  SIGABRT: 'Aborted',
  SIGBUS: 'Bus error',
  SIGFPE: 'Floating point exception',
  SIGKILL: 'Killed',
  SIGUSR1: 'User defined signal 1',
  SIGSEGV: 'Segmentation fault',
  SIGUSR2: 'User defined signal 2',
  SIGPIPE: 'Broken pipe',
  SIGALRM: 'Alarm clock',
  SIGTERM: 'Terminated',
};

/** As strsignal(3) has it. */
export function signalWords(signal: SignalName, shell: Shell): string {
  void shell;
  return words[signal] ?? signal;
}

export async function reportStop(shell: Shell, job: Job): Promise<void> {
  job.isReported = true;
  await shell.writeError(`\n${jobLine(shell, job)}\n`);
}

/** A line of `jobs`. */
export function jobLine(shell: Shell, job: Job, withPid = false): string {
  const mark = job === shell.jobs.current ? '+' : job === shell.jobs.previous ? '-' : ' ';
  const state = stateWords(shell, job);
  const pid = withPid ? `${job.lastPid} ` : '';
  const text = job.text + (shell.isBash && job.state.type === 'running' ? ' &' : '');
  if (shell.isBash) return `[${job.number}]${mark}  ${pid}${state.padEnd(24)}${text}`;
  return `[${job.number}] ${mark} ${pid}${state.padEnd(26)} ${text}`;
}

function stateWords(shell: Shell, job: Job): string {
  if (job.state.type !== 'done') return job.state.type === 'running' ? 'Running' : 'Stopped';
  return doneWords(shell, job.state.status);
}

function doneWords(shell: Shell, status: ExitStatus): string {
  if (status.signal) return signalWords(status.signal, shell);
  if (status.code === 0) return 'Done';
  return shell.isBash ? `Exit ${status.code}` : `Done(${status.code})`;
}

/** Before a prompt: jobs that ended or stopped since the last one. */
export async function reportChanges(shell: Shell): Promise<void> {
  for (const job of shell.jobs.all()) {
    if (job.state.type === 'running' || job.isReported) continue;
    job.isReported = true;
    await shell.writeError(`${jobLine(shell, job)}\n`);
    if (job.state.type === 'done') shell.jobs.remove(job);
  }
}
