import { ProcessError, signalNumbers } from '../../process/program';
import type { SignalName } from '../../process/program';
import { jobLine } from '../jobReports';
import type { Job } from '../jobs';
import { reportDeath, waitForeground } from '../pipeline';
import type { Shell } from '../shellState';
import { parseSignal, signalNames } from '../traps';
import { fail } from './builtin';
import type { Builtin } from './builtin';

/** jobs, fg, bg, wait, kill, disown. */
export const jobControl: [string, Builtin][] = [
  ['jobs', { run: jobs }],
  ['fg', { run: foreground }],
  ['bg', { run: background }],
  ['wait', { run: wait }],
  ['kill', { run: kill }],
  ['disown', { run: disown, flavours: ['bash'] }],
];

async function jobs(shell: Shell, args: string[]): Promise<number> {
  for (const job of shell.jobs.all()) {
    if (args.includes('-p')) await shell.write(1, `${job.group}\n`);
    else await shell.write(1, `${jobLine(shell, job, args.includes('-l'))}\n`);
    job.isReported = true;
    if (job.state.type === 'done') shell.jobs.remove(job);
  }
  return 0;
}

async function jobOf(shell: Shell, args: string[], name: string): Promise<Job | undefined> {
  const job =
    args[0] === undefined
      ? shell.jobs.current
      : shell.jobs.find(args[0].startsWith('%') || shell.isBash ? args[0] : `%${args[0]}`);
  if (!job) {
    const shown = args[0] ?? (shell.isBash ? 'current' : 'current');
    await fail(
      shell,
      name,
      shell.isBash ? `${shown}: no such job` : args[0] === undefined ? 'No current job' : `No such job: ${shown}`,
    );
  }
  return job;
}

async function foreground(shell: Shell, args: string[]): Promise<number> {
  if (!shell.isJobControlled)
    return fail(shell, 'fg', shell.isBash ? 'no job control' : 'job fg not created under job control');
  const job = await jobOf(shell, args, 'fg');
  if (!job) return shell.isBash ? 1 : 2;
  await shell.write(1, `${job.text}\n`);
  const { terminal } = shell.process;
  if (terminal) terminal.foregroundGroup = job.group;
  goOn(job);
  if (terminal) terminal.foregroundGroup = shell.process.pid;
  return waitForeground(shell, job);
}

function goOn(job: Job): void {
  if (job.state.type === 'stopped') job.state = { type: 'running' };
  job.signal('SIGCONT');
}

async function background(shell: Shell, args: string[]): Promise<number> {
  if (!shell.isJobControlled)
    return fail(shell, 'bg', shell.isBash ? 'no job control' : 'job bg not created under job control');
  const job = await jobOf(shell, args, 'bg');
  if (!job) return shell.isBash ? 1 : 2;
  await shell.write(1, shell.isBash ? `[${job.number}]+ ${job.text} &\n` : `[${job.number}] ${job.text}\n`);
  job.isBackground = true;
  goOn(job);
  return 0;
}

async function wait(shell: Shell, args: string[]): Promise<number> {
  if (args[0] === '-n')
    return waitFor(shell, Promise.race(shell.jobs.all().map((job) => job.done.then(({ code }) => code))));
  const words = args.filter((word) => !word.startsWith('-'));
  if (words.length === 0) {
    const all = shell.jobs.all().filter((job) => job.state.type !== 'stopped');
    const status = await waitFor(
      shell,
      Promise.all(all.map((job) => job.done)).then(() => 0),
    );
    if (status === 0) for (const job of all) shell.jobs.remove(job);
    return status;
  }
  let status = 0;
  for (const word of words) status = await waitOne(shell, word);
  return status;
}

async function waitOne(shell: Shell, word: string): Promise<number> {
  const job = shell.jobs.find(word);
  if (!job) {
    const known = shell.jobs.statusOf(Number(word));
    if (known) return known.code;
    if (shell.isBash)
      await shell.complain(
        word.startsWith('%') ? `wait: ${word}: no such job` : `wait: pid ${word} is not a child of this shell`,
      );
    return 127;
  }
  const status = await waitFor(
    shell,
    job.done.then(({ code }) => code),
  );
  if (!shell.isBash && job.state.type === 'done') await reportDeath(shell, job.state.status, job);
  if (job.state.type === 'done') shell.jobs.remove(job);
  return status;
}

/** A trapped signal ends the wait with 128 and its number. */
async function waitFor(shell: Shell, done: Promise<number>): Promise<number> {
  const arrival = shell.traps.arrival();
  const interrupted = arrival.promise.then(() => 'signal' as const);
  const result = await Promise.race([done, interrupted]);
  arrival.stop();
  if (result !== 'signal') return result;
  const signal = shell.traps.nextPending;
  return 128 + (signal ? signalNumbers[signal] : 0);
}

async function kill(shell: Shell, args: string[]): Promise<number> {
  const words = [...args];
  if (words[0] === '-l' || words[0] === '-L') return list(shell, words.slice(1));
  let signal: SignalName | 0 | undefined = 'SIGTERM';
  let option = words[0] ?? '';
  if (option === '-s' || option === '-n') {
    words.shift();
    option = words.shift() ?? '';
    signal = signalOf(option);
  } else if (option === '--') words.shift();
  else if (/^-./.test(option)) {
    words.shift();
    signal = signalOf(option.slice(1));
    if (words[0] === '--') words.shift();
  }
  if (signal === undefined) {
    const word = option.replace(/^-/, '');
    return fail(
      shell,
      'kill',
      shell.isBash
        ? `${word}: invalid signal specification`
        : shell.flavour === 'dash'
          ? `invalid signal number or name: ${word}`
          : `bad signal name '${word}'`,
      shell.flavour === 'dash' ? 2 : 1,
    );
  }
  if (words.length === 0) {
    await shell.writeError(
      shell.isBash
        ? 'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n'
        : 'Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]\n',
    );
    return 2;
  }
  let status = 0;
  for (const word of words) if (!(await send(shell, word, signal))) status = 1;
  return status;
}

function signalOf(word: string): SignalName | 0 | undefined {
  return word === '0' ? 0 : parseSignal(word);
}

async function send(shell: Shell, word: string, signal: SignalName | 0): Promise<boolean> {
  const job = word.startsWith('%') ? shell.jobs.find(word) : undefined;
  const pid = job ? (shell.isJobControlled ? -job.group : job.lastPid) : Number(word);
  if (word.startsWith('%') && !job) {
    await fail(shell, 'kill', shell.isBash ? `${word}: no such job` : `No such job: ${word}`);
    return false;
  }
  if (!Number.isInteger(pid)) {
    await fail(
      shell,
      'kill',
      shell.isBash
        ? `${word}: arguments must be process or job IDs`
        : shell.flavour === 'dash'
          ? `Illegal number: ${word}`
          : `invalid number '${word}'`,
    );
    return false;
  }
  try {
    shell.process.container.kill(pid, signal);
    return true;
  } catch (error) {
    if (!(error instanceof ProcessError)) throw error;
    const words = shell.isBash
      ? `(${pid}) - ${error.message}`
      : shell.flavour === 'ash'
        ? `can't kill pid ${pid}: ${error.message}`
        : error.message;
    if (shell.flavour === 'ash') await shell.complain(words);
    else await fail(shell, 'kill', words);
    if (shell.flavour === 'dash') await shell.writeError('\n');
    return false;
  }
}

async function list(shell: Shell, words: string[]): Promise<number> {
  const short = (name: SignalName) => name.slice(3);
  if (words.length === 0) {
    const shown = signalNames.map((name) =>
      shell.isBash ? `${String(signalNumbers[name]).padStart(2)}) ${name}` : short(name),
    );
    await shell.write(1, `${shown.join('\n')}\n`);
    return 0;
  }
  for (const word of words) {
    const number = Number(word) > 128 ? String(Number(word) - 128) : word;
    const signal = parseSignal(number);
    if (!signal) return fail(shell, 'kill', `${word}: invalid signal specification`, 1);
    await shell.write(1, `${/^\d+$/.test(word) ? short(signal) : signalNumbers[signal]}\n`);
  }
  return 0;
}

async function disown(shell: Shell, args: string[]): Promise<number> {
  const chosen = args.filter((word) => !word.startsWith('-'));
  const found =
    chosen.length > 0
      ? chosen.map((word) => shell.jobs.find(word))
      : args.includes('-a')
        ? [...shell.jobs.all()]
        : [shell.jobs.current];
  for (const job of found) if (job) shell.jobs.remove(job);
  return found.every(Boolean) ? 0 : 1;
}
