import { NetworkError } from '../network/network';
import { TlsError } from '../network/tls';
import type { HttpAnswer } from '../network/http';
import { command } from './command';
import type { Call } from './command';
import {
  addressOf,
  ask,
  fileNameOf,
  headerLines,
  headersOf,
  isRedirect,
  networkWords,
  parseTarget,
  statusLine,
} from './fetching';
import type { Target } from './fetching';
import { isBusyboxFrom } from './flavour';
import type { ProgramOf } from './flavour';
import { gnuWget } from './wgetGnu';

export const wget: ProgramOf = (flavour) => (flavour.kind === 'gnu' ? gnuWget(flavour) : busyboxWget(flavour));

const mostRedirects = 5;

const busyboxWget = command(
  {
    letters: 'cqSO:o:P:U:Y:T:t:n:',
    long: {
      spider: 'spider',
      header: 'header:',
      'post-data': 'post-data:',
      'post-file': 'post-file:',
      'no-check-certificate': 'unchecked',
      quiet: 'q',
      'output-document': 'O',
      'output-file': 'o',
      'directory-prefix': 'P',
      'user-agent': 'U',
      'server-response': 'S',
      continue: 'c',
      timeout: 'T',
      tries: 't',
    },
    usage:
      '[-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]\n\t[--post-data STR | --post-file FILE] [-Y on/off]\n\t[--no-check-certificate] [-P DIR] [-U AGENT] [-T SEC] URL...',
  },
  async (call) => {
    if (call.operands.length === 0) return call.misuse();
    for (const operand of call.operands) await fetchOne(call, operand);
  },
);

async function fetchOne(call: Call, operand: string): Promise<void> {
  let target = parseTarget(operand);
  if (!target) return call.fail(`bad address '${operand}'`);
  const output = call.value('O') ?? fileNameOf(target.url);
  if (!call.has('O', 'c', 'spider') && call.files.exists(call.path(inFolder(call, output))))
    await say(call, await connecting(call, target)).then(() => call.fail(`can't open '${output}': File exists`));
  for (let hops = 0; ; hops++) {
    if (hops > mostRedirects) return call.fail('too many redirections');
    const answer = await get(call, target);
    if (call.has('S')) await warnHeaders(call, answer);
    if (!isRedirect(answer)) return save(call, answer, output);
    answer.body.resume();
    const next = parseTarget(new URL(answer.headers.location ?? '', target.url).href);
    if (!next) return call.fail(`bad redirection`);
    target = next;
  }
}

/** `Connecting to HOST (IP:PORT)`; ends the program when the name has no address. */
async function connecting(call: Call, target: Target): Promise<string> {
  if (!/^https?:$/.test(target.url.protocol)) return call.fail(`not an http or ftp url: ${target.url.href}`);
  const ip = await addressOf(call, target.host).catch(() => call.fail(`bad address '${target.host}'`));
  return `Connecting to ${target.url.host} (${ip}:${target.port})`;
}

async function get(call: Call, target: Target): Promise<HttpAnswer> {
  const line = await connecting(call, target);
  await say(call, line);
  const ip = await addressOf(call, target.host);
  const isSecret = target.url.protocol === 'https:' && !call.has('unchecked');
  if (isSecret) await call.warn('wget: note: TLS certificate validation not implemented');
  const post =
    call.value('post-data') ?? (call.has('post-file') ? await call.bytes(call.value('post-file') ?? '-') : undefined);
  const seconds = Number(call.value('T') ?? 900) || 900;
  try {
    return await ask(call, target, ip, {
      method: call.has('spider') ? 'HEAD' : post === undefined ? 'GET' : 'POST',
      headers: {
        'User-Agent': call.value('U') ?? 'Wget',
        ...(post === undefined
          ? {}
          : { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(post) }),
        ...headersOf(call.values('header')),
      },
      body: post === undefined ? undefined : Buffer.from(post),
      timeoutMs: seconds * 1000,
      trust: { trustsAll: true },
    });
  } catch (error) {
    if (error instanceof TlsError) return call.fail('error getting response: Connection reset by peer');
    if (!(error instanceof NetworkError)) throw error;
    if (error.code === 'ETIMEDOUT') return call.fail('download timed out');
    if (error.code === 'ECONNRESET') return call.fail('error getting response');
    return call.fail(`can't connect to remote host (${ip}): ${networkWords[error.code] ?? error.code}`);
  }
}

async function save(call: Call, answer: HttpAnswer, output: string): Promise<void> {
  if (answer.status >= 400) {
    answer.body.resume();
    return call.fail(`server returned error: ${statusLine(answer)}`);
  }
  if (call.has('spider')) return say(call, 'remote file exists');
  const speaks = isBusyboxFrom(call.flavour, 1, 30);
  const toStdout = output === '-';
  const path = toStdout ? '' : inFolder(call, output);
  if (speaks) await say(call, toStdout ? 'writing to stdout' : `saving to '${path}'`);
  const size = await write(call, answer, toStdout ? undefined : path);
  await say(call, progress(toStdout ? '-' : (path.split('/').pop() ?? ''), size));
  if (speaks) await say(call, toStdout ? 'written to stdout' : `'${path}' saved`);
}

async function write(call: Call, answer: HttpAnswer, path: string | undefined): Promise<number> {
  let size = 0;
  const file = path === undefined ? undefined : await open(call, path);
  try {
    for await (const chunk of answer.body) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      await (file ?? call.process.stdout).write(bytes);
    }
  } catch (error) {
    // A pod that ends while it answers: what came so far stays.
    if (!(error instanceof NetworkError)) throw error;
    return call.fail('connection closed prematurely');
  } finally {
    file?.close();
  }
  return size;
}

async function open(call: Call, path: string) {
  const file = await call.attempt(
    () => call.process.open(call.path(path), { write: true, create: true, truncate: true, mode: 0o666 }),
    () => `can't open '${path}'`,
  );
  return file ?? call.fail(`can't open '${path}'`);
}

function inFolder(call: Call, name: string): string {
  const folder = call.value('P');
  return folder === undefined || call.has('O') ? name : `${folder.replace(/\/$/, '')}/${name}`;
}

function progress(name: string, size: number): string {
  const shown = size < 100_000 ? String(size) : `${Math.round(size / 1024)}k`;
  return `${name.slice(0, 20).padEnd(20)} 100% |${'*'.repeat(32)}| ${shown.padStart(5)}  0:00:00 ETA`;
}

/** Everything but errors is quiet with -q. */
async function say(call: Call, text: string): Promise<void> {
  if (!call.has('q')) await call.warn(text);
}

async function warnHeaders(call: Call, answer: HttpAnswer): Promise<void> {
  for (const line of [statusLine(answer), ...headerLines(answer), '']) await call.warn(`  ${line}`);
}
