import { nodeMemoryKiB } from '../nodeMemory';
import type { ProcessInfo, SignalName } from '../process/program';
import { signalNumbers } from '../process/program';
import { command } from './command';
import type { Call } from './command';
import { signalOf } from './environment';
import { matchesSimple } from './patterns';

/** ps, kill, killall, pgrep, pkill, pidof, top. CPU and memory of single processes are not measured. */
function sorted(call: Call): ProcessInfo[] {
  return [...call.process.container.processes()].sort((a, b) => a.pid - b.pid);
}

function commandLine(info: ProcessInfo): string {
  return info.state === 'Z' ? `[${base(info)}]` : info.argv.join(' ');
}

function base(info: ProcessInfo): string {
  return (info.argv[0] ?? '').replace(/^.*\//, '').replace(/^-/, '');
}

export const ps = command({ raw: true, usage: '[-o COL1,COL2=HEADER] [-T]' }, async (call) => {
  const wish = call.operands.join(' ');
  const columns = /(?:-o|--format)[ =]*(\S+)/.exec(wish)?.[1];
  if (columns !== undefined) return custom(call, columns.split(','));
  if (call.isBusybox) return busyboxPs(call);
  if (/(^| )-?[aA]?u?x?[aA]?u/.test(wish) && /u/.test(wish) && !/-e/.test(wish)) return userFormat(call);
  if (/f/.test(wish)) return fullFormat(call);
  return shortFormat(call, /-[eA]|x|a/.test(wish));
});

async function busyboxPs(call: Call): Promise<number> {
  const rows = sorted(call).map(
    (p) => `${String(p.pid).padStart(5)} ${p.user.slice(0, 8).padEnd(8)}  0:00 ${commandLine(p)}`,
  );
  await call.write(`${['PID   USER     TIME  COMMAND', ...rows].join('\n')}\n`);
  return 0;
}

async function userFormat(call: Call): Promise<number> {
  const rows = sorted(call).map(
    (p) =>
      `${p.user.slice(0, 8).padEnd(8)} ${String(p.pid).padStart(7)}  0.0  0.0   4364  3140 ${(p.terminal ?? '?').padEnd(8)} ${stateOf(p).padEnd(4)} ${startOf(call, p)}   0:00 ${commandLine(p)}`,
  );
  await call.write(
    `${['USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND', ...rows].join('\n')}\n`,
  );
  return 0;
}

async function fullFormat(call: Call): Promise<number> {
  const rows = sorted(call).map(
    (p) =>
      `${p.user.slice(0, 8).padEnd(8)} ${String(p.pid).padStart(7)} ${String(p.parentPid).padStart(7)}  0 ${startOf(call, p)} ${(p.terminal ?? '?').padEnd(8)} 00:00:00 ${commandLine(p)}`,
  );
  await call.write(`${['UID          PID    PPID  C STIME TTY          TIME CMD', ...rows].join('\n')}\n`);
  return 0;
}

async function shortFormat(call: Call, all: boolean): Promise<number> {
  const own = sorted(call).find((p) => p.pid === call.process.pid);
  const rows = sorted(call)
    .filter((p) => all || p.terminal === own?.terminal)
    .map((p) => `${String(p.pid).padStart(7)} ${(p.terminal ?? '?').padEnd(8)} 00:00:00 ${base(p)}`);
  await call.write(`${['    PID TTY          TIME CMD', ...rows].join('\n')}\n`);
  return 0;
}

async function custom(call: Call, wanted: string[]): Promise<number> {
  const columns = wanted.map((text) => {
    const [name = '', title] = text.split('=');
    return { name, title: title ?? titles[name] ?? name.toUpperCase() };
  });
  const rows = sorted(call).map((p) => columns.map(({ name }) => valueOf(call, p, name)));
  const widths = columns.map(({ title }, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: string[]) =>
    cells
      .map((cell, i) =>
        i === cells.length - 1
          ? cell
          : /^(pid|ppid|pgid)$/.test(columns[i]?.name ?? '')
            ? cell.padStart(widths[i] ?? 0)
            : cell.padEnd(widths[i] ?? 0),
      )
      .join(' ');
  const heading = columns.some(({ title }) => title !== '') ? [line(columns.map(({ title }) => title))] : [];
  await call.write(`${[...heading, ...rows.map(line)].join('\n')}\n`);
  return 0;
}

const titles: Readonly<Record<string, string>> = {
  pid: 'PID',
  ppid: 'PPID',
  user: 'USER',
  args: 'COMMAND',
  cmd: 'CMD',
  comm: 'COMMAND',
  stat: 'STAT',
  tty: 'TT',
  time: 'TIME',
  etime: 'ELAPSED',
  pgid: 'PGID',
};

function valueOf(call: Call, p: ProcessInfo, name: string): string {
  switch (name) {
    case 'pid':
      return String(p.pid);
    case 'ppid':
      return String(p.parentPid);
    case 'pgid':
      return String(p.group);
    case 'user':
    case 'uname':
      return p.user;
    case 'uid':
      return String(p.uid);
    case 'comm':
    case 'ucmd':
      return base(p);
    case 'args':
    case 'cmd':
    case 'command':
      return commandLine(p);
    case 'stat':
    case 'state':
    case 's':
      return stateOf(p);
    case 'tty':
      return p.terminal ?? '?';
    case 'etime':
      return new Date(call.process.clock.now() - p.startedAt).toISOString().slice(14, 19);
    case 'time':
      return '00:00:00';
    default:
      return '-';
  }
}

function stateOf(p: ProcessInfo): string {
  return `${p.state}${p.pid === 1 ? 's' : ''}`;
}

function startOf(call: Call, p: ProcessInfo): string {
  const start = new Date(p.startedAt).toISOString();
  return call.process.clock.now() - p.startedAt < 86_400_000
    ? start.slice(11, 16)
    : `${start.slice(5, 7)}-${start.slice(8, 10)}`;
}

export const kill = command({ raw: true, usage: '[-l] [-SIG] PID...' }, async (call) => {
  const args = [...call.operands];
  if (args[0] === '-l') return listSignals(call, args[1]);
  let signal: SignalName | 0 | undefined = 'SIGTERM';
  if (args[0] === '-s' || args[0] === '-n') {
    signal = args[1] === '0' ? 0 : signalOf(args[1] ?? '');
    args.splice(0, 2);
  } else if (args[0]?.startsWith('-') && args[0] !== '--') {
    signal = args[0] === '-0' ? 0 : signalOf(args[0].slice(1));
    args.shift();
  }
  if (args[0] === '--') args.shift();
  if (signal === undefined) return call.fail(`bad signal name '${call.operands[0]?.replace(/^-/, '')}'`);
  if (args.length === 0)
    return call.isBusybox ? call.fail('you need to specify whom to kill') : call.misuse('not enough arguments');
  for (const pid of args) await killOne(call, pid, signal);
});

async function killOne(call: Call, text: string, signal: SignalName | 0): Promise<void> {
  if (!/^-?\d+$/.test(text)) {
    await call.complain(call.isBusybox ? `invalid number '${text}'` : `failed to parse argument: '${text}'`);
    return;
  }
  try {
    call.process.container.kill(Number(text), signal);
  } catch (error) {
    const denied = error instanceof Error && 'code' in error && error.code === 'EPERM';
    const why = denied ? 'Operation not permitted' : 'No such process';
    await call.complain(call.isBusybox ? `can't kill pid ${text}: ${why}` : `(${text}): ${why}`);
  }
}

async function listSignals(call: Call, number: string | undefined): Promise<number> {
  if (number !== undefined) {
    const name = signalOf(String(Number(number) > 128 ? Number(number) - 128 : number));
    if (!name) return call.fail(`unknown signal '${number}'`);
    await call.write(`${name.slice(3)}\n`);
    return 0;
  }
  for (const [name, n] of Object.entries(signalNumbers))
    await call.write(`${String(n).padStart(2)}) ${name.slice(3)}\n`);
  return 0;
}

const matchOptions = {
  letters: 'lfnovxs:P:u:cae',
  long: { full: 'f', exact: 'x', 'list-name': 'l', signal: 'signal:' },
};

function matching(call: Call, pattern: string): ProcessInfo[] {
  const whole = call.has('x') ? `^${pattern}$` : pattern;
  const found = sorted(call).filter(
    (p) =>
      p.pid !== call.process.pid && matchesSimple(call.has('f') ? p.argv.join(' ') : base(p), whole) !== call.has('v'),
  );
  return call.has('n') ? found.slice(-1) : call.has('o') ? found.slice(0, 1) : found;
}

export const pgrep = command({ ...matchOptions, usage: '[-flanovx] [-s SID|-P PPID|PATTERN]' }, async (call) => {
  const [pattern] = call.operands;
  if (pattern === undefined) return call.isBusybox ? call.misuse() : call.misuse('no matching criteria specified');
  const found = matching(call, pattern);
  for (const p of found)
    await call.write(
      call.has('a') ? `${p.pid} ${p.argv.join(' ')}\n` : call.has('l') ? `${p.pid} ${base(p)}\n` : `${p.pid}\n`,
    );
  return found.length > 0 ? 0 : 1;
});

export const pkill = command({ raw: true, usage: '[-l|-SIGNAL] [-fnovx] [PATTERN]' }, async (call) => {
  const [pattern] = call.operands.filter((arg) => !arg.startsWith('-'));
  const options = call.operands.filter((arg) => arg.startsWith('-'));
  const named = options
    .map((arg) => signalOf(arg.replace(/^--?(signal=)?/, '')))
    .find((signal) => signal !== undefined);
  if (pattern === undefined) return call.misuse();
  const full = options.includes('-f');
  const found = sorted(call).filter(
    (p) => p.pid !== call.process.pid && matchesSimple(full ? p.argv.join(' ') : base(p), pattern),
  );
  for (const p of found) await killOne(call, String(p.pid), named ?? 'SIGTERM');
  return found.length > 0 ? call.code : 1;
});

export const killall = command({ raw: true, usage: '[-l] [-q] [-SIG] PROCESS_NAME...' }, async (call) => {
  const options = call.operands.filter((arg) => arg.startsWith('-'));
  const signal = options.map((arg) => signalOf(arg.slice(1))).find((name) => name !== undefined) ?? 'SIGTERM';
  for (const name of call.operands.filter((arg) => !arg.startsWith('-'))) {
    const found = sorted(call).filter((p) => base(p) === name && p.pid !== call.process.pid);
    if (found.length === 0) await call.complain(`${name}: no process ${call.isBusybox ? 'killed' : 'found'}`);
    for (const p of found) await killOne(call, String(p.pid), signal);
  }
});

export const pidof = command({ letters: 'so:x', usage: '[NAME]...' }, async (call) => {
  const found = sorted(call)
    .filter((p) => call.operands.includes(base(p)))
    .reverse();
  if (found.length === 0) return 1;
  await call.write(`${(call.has('s') ? found.slice(0, 1) : found).map((p) => p.pid).join(' ')}\n`);
  return 0;
});

export const top = command({ letters: 'bn:d:cmH', usage: '[-bmH] [-n COUNT] [-d SECONDS]' }, async (call) => {
  const once = call.has('b') || call.process.stdout.isTerminal !== true;
  const limit = Number(call.value('n') ?? (once && !call.has('n') && !call.has('b') ? 1 : Infinity));
  for (let screen = 0; screen < limit; screen++) {
    if (!once) await call.write('\x1b[H\x1b[J');
    await call.write(screenOf(call));
    if (screen + 1 < limit && (await quits(call, Number(call.value('d') ?? 5) * 1000))) break;
  }
});

function screenOf(call: Call): string {
  const processes = sorted(call);
  const head = `Mem: 2621284K used, ${nodeMemoryKiB - 2_621_284}K free, 8884K shrd, 2764K buff, 849156K cached\nCPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq\n`;
  const rows = processes.map(
    (p) =>
      `${String(p.pid).padStart(5)} ${String(p.parentPid).padStart(5)} ${p.user.slice(0, 8).padEnd(8)} ${stateOf(p).padEnd(4)}  4364   0%   0% ${commandLine(p)}`,
  );
  return `${head}Load average: 0.08 0.05 0.01 1/${processes.length} ${call.process.pid}\n  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND\n${rows.join('\n')}\n`;
}

/** Waits for the next screen; true when `q` was typed. */
async function quits(call: Call, ms: number): Promise<boolean> {
  const { terminal, stdin } = call.process;
  if (!terminal || !stdin.isTerminal) {
    await call.sleep(ms);
    return false;
  }
  terminal.setRaw(true);
  const waiting = new AbortController();
  try {
    const typed = stdin.read(16, waiting.signal);
    const first = await Promise.race([typed, call.sleep(ms).then(() => undefined)]);
    return first instanceof Uint8Array && /[qQ\x03]/.test(Buffer.from(first).toString());
  } finally {
    waiting.abort();
    terminal.setRaw(false);
  }
}
