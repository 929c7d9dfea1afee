import { nodeMemoryKiB } from '../nodeMemory';
import { command } from './command';
import type { Call } from './command';
import { formatDate, parseDate } from './dates';

/** uname, date, uptime, nproc, free, arch: the machine, which every pod sees as the same node. */
const kernel = '6.1.0-28-cloud-amd64';
const kernelVersion = '#1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1';

export const uname = command(
  {
    letters: 'asnrvmpio',
    long: { all: 'a', 'kernel-name': 's', nodename: 'n', 'kernel-release': 'r', machine: 'm', 'operating-system': 'o' },
    usage: '[-amnrspvio]',
  },
  async (call) => {
    const parts: [string, string][] = [
      ['s', 'Linux'],
      ['n', call.process.container.hostname],
      ['r', kernel],
      ['v', kernelVersion],
      ['m', 'x86_64'],
      ['o', call.isBusybox ? 'Linux' : 'GNU/Linux'],
    ];
    const wanted = call.has('a') ? parts : parts.filter(([letter]) => call.has(letter));
    const shown =
      wanted.length > 0
        ? wanted
        : call.has('p', 'i')
          ? [['p', call.isBusybox ? 'x86_64' : 'unknown']]
          : parts.slice(0, 1);
    await call.write(`${shown.map(([, text]) => text).join(' ')}\n`);
  },
);

export const arch = command({ usage: '' }, async (call) => call.write('x86_64\n'));

export const date = command(
  {
    letters: 'uRd:D:Ir:s:',
    long: { utc: 'u', universal: 'u', 'rfc-email': 'R', date: 'd', reference: 'r', set: 's', 'iso-8601': 'I' },
    usage: '[OPTIONS] [+FMT] [[-s] TIME]',
  },
  async (call) => {
    const ms = await momentOf(call);
    const [format] = call.operands;
    if (call.has('s') || (format !== undefined && !format.startsWith('+'))) {
      return call.fail(
        call.isBusybox ? "can't set date: Operation not permitted" : 'cannot set date: Operation not permitted',
      );
    }
    if (call.has('R')) await call.write(`${formatDate('%a, %d %b %Y %H:%M:%S +0000', ms)}\n`);
    else if (call.has('I')) await call.write(`${formatDate('%Y-%m-%d', ms)}\n`);
    else await call.write(`${formatDate(format?.slice(1) ?? '%a %b %e %H:%M:%S UTC %Y', ms)}\n`);
    return 0;
  },
);

async function momentOf(call: Call): Promise<number> {
  const text = call.value('d');
  const file = call.value('r');
  if (file !== undefined) {
    const stat = await call.attempt(
      () => call.files.stat(call.path(file)),
      () => (call.isBusybox ? `can't stat '${file}'` : file),
    );
    return stat ? stat.mtimeMs : call.fail('');
  }
  const now = call.process.clock.now();
  if (text === undefined) return now;
  return parseDate(text, now, !call.isBusybox) ?? call.fail(`invalid date '${text}'`);
}

export const uptime = command({ letters: 'ps', usage: '' }, async (call) => {
  const now = call.process.clock.now();
  const minutes = Math.floor((now - bootedAt(call)) / 60_000);
  const hours = Math.floor(minutes / 60);
  const up = hours === 0 ? `${minutes} min` : `${hours}:${String(minutes % 60).padStart(2, '0')}`;
  const users = call.isBusybox ? '0 users' : '0 user';
  await call.write(
    ` ${new Date(now).toISOString().slice(11, 19)} up ${up},  ${users},  load average: 0.08, 0.05, 0.01\n`,
  );
});

/** When the node started, as /proc/stat tells. */
function bootedAt(call: Call): number {
  try {
    const found = /^btime (\d+)/m.exec(Buffer.from(call.files.readFile('/proc/stat')).toString());
    if (found) return Number(found[1]) * 1000;
  } catch {
    // Without /proc the container's own start is all there is.
  }
  return Math.min(...call.process.container.processes().map((p) => p.startedAt));
}

export const nproc = command({ letters: '', long: { all: 'all', ignore: 'ignore:' }, usage: '' }, async (call) =>
  call.write('2\n'),
);

export const free = command(
  { letters: 'bkmghtw', long: { human: 'h', bytes: 'b', mega: 'm', giga: 'g' }, usage: '[-bkmgh]' },
  async (call) => {
    const used = 1_346_360;
    const cache = 1_274_316;
    const values = [nodeMemoryKiB, used, nodeMemoryKiB - used - cache, 8884, cache, nodeMemoryKiB - used - 8884];
    const cell = (kib: number) => sized(call, kib).padStart(call.isBusybox ? 12 : 12);
    const head = ['total', 'used', 'free', 'shared', 'buff/cache', 'available']
      .map((title) => title.padStart(12))
      .join('');
    const label = (text: string) => text.padEnd(call.isBusybox ? 7 : 8);
    const first = call.isBusybox ? `${' '.repeat(7)}${head}` : `${' '.repeat(8)}${head}`;
    await call.write(
      `${first}\n${label('Mem:')}${values.map(cell).join('')}\n${label('Swap:')}${[0, 0, 0].map(cell).join('')}\n`,
    );
  },
);

function sized(call: Call, kib: number): string {
  if (call.has('b')) return String(kib * 1024);
  if (call.has('m')) return String(Math.floor(kib / 1024));
  if (call.has('g')) return String(Math.floor(kib / 2 ** 20));
  if (!call.has('h')) return String(kib);
  const unit = call.isBusybox ? '' : 'i';
  if (kib === 0) return call.isBusybox ? '0' : '0B';
  if (kib < 1024) return `${kib}K${unit}`;
  const value = kib < 2 ** 20 ? kib / 1024 : kib / 2 ** 20;
  const letter = kib < 2 ** 20 ? 'M' : 'G';
  return `${value < 10 ? value.toFixed(1) : Math.floor(value)}${letter}${unit}`;
}
