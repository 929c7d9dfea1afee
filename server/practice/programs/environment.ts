import { ExecError, Exit } from '../process/program';
import { signalNumbers } from '../process/program';
import type { SignalName, SpawnOptions } from '../process/program';
import { command } from './command';
import type { Call } from './command';
import { unitMs } from './simple';

/** env, printenv, nohup, timeout, watch, xargs: commands that run commands. */
export const env = command(
  {
    letters: 'iu:0',
    long: { 'ignore-environment': 'i', unset: 'u' },
    usage: '[-iu] [-] [name=value]... [PROG ARGS]',
    stopAtOperand: true,
  },
  async (call) => {
    const values = call.has('i') ? new Map<string, string>() : new Map(call.process.env);
    for (const name of call.values('u')) values.delete(name);
    const operands = [...call.operands];
    if (operands[0] === '-') {
      values.clear();
      operands.shift();
    }
    for (; operands[0]?.includes('='); operands.shift()) {
      const [name = '', ...rest] = operands[0].split('=');
      values.set(name, rest.join('='));
    }
    if (operands.length > 0) return become(call, operands, values);
    for (const [name, value] of values) await call.write(`${name}=${value}\n`);
    return 0;
  },
);

export const printenv = command({ letters: '0', usage: '[VARIABLE]...' }, async (call) => {
  const { env: values } = call.process;
  if (call.operands.length === 0) for (const [name, value] of values) await call.write(`${name}=${value}\n`);
  for (const name of call.operands) {
    const value = values.get(name);
    if (value === undefined) call.code = 1;
    else await call.write(`${value}\n`);
  }
});

/** exec, with the words and codes of a program that cannot be run. */
async function become(call: Call, argv: readonly string[], values?: Map<string, string>): Promise<number> {
  try {
    return await call.process.exec(argv, values ? { env: values } : {});
  } catch (error) {
    return notRun(call, error, '');
  }
}

/** `lead` stands before the name in GNU's words: env and xargs say none. */
export async function notRun(call: Call, error: unknown, lead = 'failed to run command '): Promise<number> {
  if (!(error instanceof ExecError)) throw error;
  await call.complain(
    call.isBusybox ? `can't execute '${error.argv0}': ${error.reason}` : `${lead}'${error.argv0}': ${error.reason}`,
  );
  return error.code;
}

export const nohup = command({ usage: 'PROG ARGS', stopAtOperand: true }, async (call) => {
  if (call.operands.length === 0) return call.missingOperand();
  return ran(call, { ignoredSignals: ['SIGHUP'] });
});

export const nice = command(
  { letters: 'n:', long: { adjustment: 'n' }, usage: '[-n ADJUST] [PROG ARGS]', stopAtOperand: true },
  // Nobody here is nicer than others: pods share the processor as their turns come.
  (call) => (call.operands.length === 0 ? call.write('0\n') : ran(call)),
);

/** Runs the command that the operands are, to its end. */
async function ran(call: Call, options: SpawnOptions = {}): Promise<number> {
  try {
    const child = await call.process.spawn(call.operands, options);
    return codeOf(await child.exited);
  } catch (error) {
    return notRun(call, error);
  }
}

export function codeOf(status: { code: number; signal?: SignalName }): number {
  return status.signal ? 128 + signalNumbers[status.signal] : status.code;
}

/** A signal by name or number, with or without SIG. */
export function signalOf(text: string): SignalName | undefined {
  const wanted = text.toUpperCase().replace(/^SIG/, '');
  for (const [name, number] of Object.entries(signalNumbers) as [SignalName, number][])
    if (name === `SIG${wanted}` || String(number) === wanted) return name;
  return undefined;
}

export const timeout = command(
  {
    letters: 's:k:t:pvf',
    long: { signal: 's', 'kill-after': 'k', 'preserve-status': 'preserve', foreground: 'f' },
    usage: '[-s SIG] [-k KILL_SECS] SECS PROG ARGS',
    stopAtOperand: true,
  },
  async (call) => {
    // busybox before 1.30 wrote it `timeout -t SECS PROG`.
    const operands = call.has('t') ? [call.value('t') ?? '', ...call.operands] : [...call.operands];
    const [length, ...argv] = operands;
    if (length === undefined || argv.length === 0) return (await call.misuse(), call.isBusybox ? 1 : 125);
    const found = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(length);
    if (!found)
      return call.isBusybox
        ? call.fail(`invalid number '${length}'`)
        : (await call.misuse(`invalid time interval '${length}'`), 125);
    const signal = signalOf(call.value('s') ?? 'TERM');
    if (!signal) return call.fail(`${call.value('s')}: invalid signal`, 125);
    const { clock, killed } = call.process;
    let child;
    try {
      child = await call.process.spawn(argv);
    } catch (error) {
      return notRun(call, error);
    }
    call.process.onSignal('SIGTERM', () => child.signal('SIGTERM'));
    const ended = new AbortController();
    const ms = Number(found[1]) * unitMs(found[2] || 's');
    const late = ms === 0 ? new Promise<never>(() => {}) : clock.sleep(ms, ended.signal).then(() => 'late' as const);
    const first = await Promise.race([child.exited, late, gone(killed)]);
    ended.abort();
    if (first === 'gone') throw new Exit(143);
    if (first !== 'late') return codeOf(first);
    child.signal(signal);
    const kill = call.value('k');
    if (kill !== undefined) {
      const lasting = new AbortController();
      const again = clock.sleep(Number(kill) * 1000, lasting.signal).then(() => 'late' as const);
      const second = await Promise.race([child.exited, again]);
      lasting.abort();
      if (second === 'late') child.signal('SIGKILL');
    }
    const status = await child.exited;
    return call.has('preserve') || signal === 'SIGKILL' || status.signal === 'SIGKILL'
      ? codeOf(status)
      : call.isBusybox
        ? codeOf(status)
        : 124;
  },
);

function gone(killed: AbortSignal): Promise<'gone'> {
  return new Promise((resolve) => {
    if (killed.aborted) resolve('gone');
    else killed.addEventListener('abort', () => resolve('gone'), { once: true });
  });
}

export const watch = command(
  {
    letters: 'n:tdex',
    long: { interval: 'n', 'no-title': 't' },
    usage: '[-n SEC] [-t] PROG ARGS',
    stopAtOperand: true,
  },
  async (call) => {
    if (call.operands.length === 0) return call.missingOperand();
    const seconds = Number(call.value('n') ?? 2) || 2;
    const text = call.operands.join(' ');
    for (;;) {
      const now = new Date(call.process.clock.now()).toUTCString();
      const title = `Every ${seconds.toFixed(1)}s: ${text}`;
      const width = call.process.terminal?.columns ?? 80;
      await call.write(
        `\x1b[H\x1b[J${call.has('t') ? '' : `${title}${now.padStart(Math.max(1, width - title.length))}\n\n`}`,
      );
      const child = await call.process.spawn(['sh', '-c', text]);
      await child.exited;
      await call.sleep(seconds * 1000);
    }
  },
);

export const xargs = command(
  {
    letters: '0rtn:L:I:P:d:s:',
    long: { null: '0', 'no-run-if-empty': 'r', 'max-args': 'n', replace: 'I' },
    usage: '[OPTIONS] [PROG ARGS]',
    stopAtOperand: true,
  },
  async (call) => {
    const items = splitItems((await call.bytes('-')).toString(), call);
    const base = call.operands.length > 0 ? call.operands : ['echo'];
    const marker = call.value('I');
    const batches = batchesOf(
      items,
      marker === undefined ? Number(call.value('n') ?? call.value('L') ?? 5000) : 1,
      call.has('r') || marker !== undefined,
    );
    for (const batch of batches) {
      const argv =
        marker === undefined ? [...base, ...batch] : base.map((arg) => arg.replaceAll(marker, batch[0] ?? ''));
      if (call.has('t')) await call.warn(argv.join(' '));
      try {
        const code = codeOf(await (await call.process.spawn(argv)).exited);
        if (code === 255) return call.fail(`${argv[0]}: exited with status 255; aborting`, 124);
        if (code !== 0) call.code = 123;
      } catch (error) {
        if (!(error instanceof ExecError)) throw error;
        await call.complain(call.isBusybox ? `${error.argv0}: ${error.reason}` : `${error.argv0}: ${error.reason}`);
        return error.code;
      }
    }
    return call.code;
  },
);

function splitItems(text: string, call: Call): string[] {
  if (call.has('0')) return text.split('\0').filter((item, i, all) => item !== '' || i < all.length - 1);
  const separator = call.value('d');
  if (separator !== undefined) return text.replace(/\n$/, '').split(separator === '\\n' ? '\n' : separator);
  if (call.has('I', 'L'))
    return text
      .split('\n')
      .map((line) => line.trimStart())
      .filter((line) => line !== '');
  return [...text.matchAll(/(?:[^\s"'\\]|\\[\s\S]|"[^"\n]*"|'[^'\n]*')+/g)].map(([item]) =>
    item.replace(
      /\\([\s\S])|"([^"\n]*)"|'([^'\n]*)'/g,
      (_, escaped?: string, double?: string, single?: string) => escaped ?? double ?? single ?? '',
    ),
  );
}

function batchesOf(items: string[], size: number, skipEmpty: boolean): string[][] {
  if (items.length === 0) return skipEmpty ? [] : [[]];
  const step = Math.max(1, size || 1);
  return Array.from({ length: Math.ceil(items.length / step) }, (_, i) => items.slice(i * step, (i + 1) * step));
}
