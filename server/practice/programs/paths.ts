import { command } from './command';

/** basename, dirname, readlink, realpath, mktemp, which, pwd: names rather than files. */
export const basename = command(
  {
    letters: 'as:z',
    long: { multiple: 'a', suffix: 's' },
    usage: 'FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...',
    stopAtOperand: true,
  },
  async (call) => {
    const [first, second] = call.operands;
    if (first === undefined) return call.missingOperand();
    const suffix = call.value('s') ?? (call.has('a') ? undefined : second);
    for (const operand of call.has('a', 's') ? call.operands : [first]) {
      const name = operand.replace(/(.)\/+$/, '$1').replace(/^.*\/(?=.)/, '');
      const cut = suffix !== undefined && suffix !== '' && name.endsWith(suffix) && name !== suffix;
      await call.write(`${cut ? name.slice(0, -suffix.length) : name}\n`);
    }
  },
);

export const dirname = command({ usage: 'FILENAME' }, async (call) => {
  if (call.operands.length === 0) return call.missingOperand();
  for (const operand of call.operands) {
    const trimmed = operand.replace(/(.)\/+$/, '$1');
    const cut = trimmed.lastIndexOf('/');
    await call.write(`${cut < 0 ? '.' : trimmed.slice(0, cut).replace(/\/+$/, '') || '/'}\n`);
  }
});

export const readlink = command(
  { letters: 'fnemqsvz', long: { canonicalize: 'f', 'no-newline': 'n' }, usage: '[-fnv] FILE' },
  async (call) => {
    if (call.operands.length === 0) return call.missingOperand();
    for (const operand of call.operands) {
      try {
        const path = call.path(operand);
        const text = call.has('f', 'e', 'm') ? call.files.realpath(path) : call.files.readlink(path);
        await call.write(call.has('n') ? text : `${text}\n`);
      } catch {
        // It says nothing: the exit code is the answer.
        call.code = 1;
      }
    }
  },
);

export const realpath = command({ letters: 'emsqz', usage: 'FILE...' }, async (call) => {
  if (call.operands.length === 0) return call.missingOperand();
  for (const operand of call.operands) {
    const path = await call.attempt(
      () => call.files.realpath(call.path(operand)),
      () => operand,
    );
    if (path !== undefined) await call.write(`${path}\n`);
  }
});

export const mktemp = command(
  {
    letters: 'dtqup:',
    long: { directory: 'd', tmpdir: 'p', quiet: 'q', 'dry-run': 'u' },
    usage: '[-dt] [-p DIR] [TEMPLATE]',
  },
  async (call) => {
    const template = call.operands[0] ?? 'tmp.XXXXXX';
    const folder = call.value('p') ?? call.process.env.get('TMPDIR') ?? '/tmp';
    const place = call.operands.length === 0 || call.has('t', 'p') ? `${folder}/${template}` : template;
    const runs = /X{3,}(?=[^X]*$)/.exec(place);
    if (!runs) return call.fail(call.isBusybox ? `(null): Invalid argument` : `too few X's in template '${template}'`);
    for (let attempt = 0; attempt < 100; attempt++) {
      const name = place.replace(runs[0], unusual(runs[0].length, call.process.clock.now(), call.process.pid, attempt));
      if (call.files.exists(call.path(name))) continue;
      const done = await call.attempt(
        () => {
          if (call.has('u')) return true;
          if (call.has('d')) call.files.mkdir(call.path(name), { mode: 0o700 });
          else call.files.writeFile(call.path(name), new Uint8Array(), { mode: 0o600, exclusive: true });
          return true;
        },
        () =>
          call.isBusybox ? place : `failed to create ${call.has('d') ? 'directory' : 'file'} via template '${place}'`,
      );
      if (done) await call.write(`${name}\n`);
      return call.code;
    }
    return call.fail(`failed to create file via template '${place}': File exists`);
  },
);

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Time, pid and attempt spread over the letters: another process gets another name. */
export function unusual(length: number, ms: number, pid: number, attempt: number): string {
  let seed = (ms * 31 + pid * 7919 + attempt * 104_729) >>> 0;
  return Array.from({ length }, () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return letters[(seed >>> 16) % letters.length];
  }).join('');
}

export const which = command({ letters: 'a', usage: '[COMMAND]...' }, async (call) => {
  const folders = (call.process.env.get('PATH') ?? '/usr/bin:/bin').split(':');
  for (const operand of call.operands) {
    const places = operand.includes('/') ? [operand] : folders.map((folder) => `${folder || '.'}/${operand}`);
    const found = places.filter((place) => {
      const path = call.path(place);
      return (
        call.files.exists(path) && call.files.stat(path).type === 'file' && (call.files.stat(path).mode & 0o111) !== 0
      );
    });
    if (found.length === 0) call.code = 1;
    for (const place of call.has('a') ? found : found.slice(0, 1)) await call.write(`${place}\n`);
  }
});

export const pwd = command({ letters: 'LP', usage: '' }, async (call) => {
  await call.write(`${call.process.cwd}\n`);
});
