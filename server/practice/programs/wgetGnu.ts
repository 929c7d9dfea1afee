import { NetworkError } from '../network/network';
import type { HttpAnswer } from '../network/http';
import { TlsError } from '../network/tls';
import { isIPv4 } from '../network/resolver';
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

/** GNU Wget 1.21 for single URLs over HTTP: no recursion, no resuming. */
const networkFailure = 4;
const serverError = 8;
const mostRedirects = 20;

export const gnuWget = command(
  {
    letters: 'qO:o:P:U:T:t:Snvcd4',
    long: {
      quiet: 'q',
      'no-verbose': 'nv',
      spider: 'spider',
      header: 'header:',
      'post-data': 'post-data:',
      'post-file': 'post-file:',
      method: 'method:',
      'body-data': 'post-data:',
      'output-document': 'O',
      'output-file': 'o',
      'directory-prefix': 'P',
      'user-agent': 'U',
      timeout: 'T',
      'connect-timeout': 'T:',
      tries: 't',
      'server-response': 'S',
      'no-check-certificate': 'unchecked',
      'ca-certificate': 'ca-certificate:',
      'content-on-error': 'content',
      continue: 'c',
      'max-redirect': 'redirects:',
    },
    usage: '[OPTION]... [URL]...',
    usageCode: 2,
  },
  async (call) => {
    if (call.operands.length === 0) return call.misuse('missing URL');
    for (const operand of call.operands) call.code = (await fetchOne(call, operand)) || call.code;
  },
);

async function fetchOne(call: Call, operand: string): Promise<number> {
  let target = parseTarget(operand);
  if (!target) return refuse(call, `${operand}: Invalid host name.`);
  const output = call.value('O') ?? freeName(call, fileNameOf(target.url));
  if (call.has('spider')) await say(call, 'Spider mode enabled. Check if remote file exists.');
  for (let hops = 0; hops <= mostRedirects; hops++) {
    await say(call, `--${stamp(call)}--  ${target.url.href}`);
    const answer = await get(call, target);
    if (typeof answer === 'number') return answer;
    if (call.has('S')) for (const line of [statusLine(answer), ...headerLines(answer)]) await call.warn(`  ${line}`);
    if (!isRedirect(answer)) return finish(call, target, answer, output);
    answer.body.resume();
    await say(call, `Location: ${answer.headers.location} [following]`);
    target = parseTarget(new URL(answer.headers.location ?? '', target.url).href) ?? target;
  }
  return refuse(call, `${mostRedirects} redirections exceeded.`, serverError);
}

async function refuse(call: Call, text: string, code = 1): Promise<number> {
  await call.warn(text);
  return code;
}

async function get(call: Call, target: Target): Promise<HttpAnswer | number> {
  const { host, port } = target;
  let ip = host;
  if (!isIPv4(host)) {
    const found = await addressOf(call, host).catch(() => undefined);
    if (found === undefined) {
      await say(call, `Resolving ${host} (${host})... failed: Name or service not known.`);
      return refuse(call, `wget: unable to resolve host address '${host}'`, networkFailure);
    }
    ip = found;
    await say(call, `Resolving ${host} (${host})... ${ip}`);
  }
  const shown = isIPv4(host) ? `${host}:${port}` : `${host} (${host})|${ip}|:${port}`;
  try {
    const answer = await ask(call, target, ip, await requestOf(call));
    await say(call, `Connecting to ${shown}... connected.`);
    await say(
      call,
      `HTTP request sent, awaiting response... ${call.has('S') ? '' : `${answer.status} ${answer.statusText}`}`,
    );
    return answer;
  } catch (error) {
    if (error instanceof TlsError) {
      await say(call, `Connecting to ${shown}... connected.`);
      return distrusts(call, host, error);
    }
    if (!(error instanceof NetworkError)) throw error;
    await say(call, `Connecting to ${shown}... failed: ${networkWords[error.code] ?? error.code}.`);
    return networkFailure;
  }
}

async function distrusts(call: Call, host: string, { reason }: TlsError): Promise<number> {
  if (reason === 'noTls') return refuse(call, 'Unable to establish SSL connection.', networkFailure);
  await call.warn(`ERROR: The certificate of '${host}' is not trusted.`);
  await call.warn(
    reason === 'untrusted'
      ? `ERROR: The certificate of '${host}' doesn't have a known issuer.`
      : `The certificate's owner does not match hostname '${host}'`,
  );
  return 5;
}

function trustOf(call: Call) {
  if (call.has('unchecked')) return { trustsAll: true };
  const file = call.value('ca-certificate');
  if (file === undefined) return {};
  return { authorities: Buffer.from(call.files.readFile(call.path(file))).toString() };
}

async function requestOf(call: Call) {
  const post =
    call.value('post-data') ?? (call.has('post-file') ? await call.bytes(call.value('post-file') ?? '-') : undefined);
  const seconds = Number(call.value('T') ?? 900) || 900;
  return {
    method: call.value('method') ?? (call.has('spider') ? 'HEAD' : post === undefined ? 'GET' : 'POST'),
    headers: {
      'User-Agent': call.value('U') ?? 'Wget/1.21.3',
      Accept: '*/*',
      'Accept-Encoding': 'identity',
      ...(post === undefined
        ? {}
        : { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(post) }),
      ...headersOf(call.values('header')),
    },
    body: post === undefined ? undefined : Buffer.from(post),
    timeoutMs: seconds * 1000,
    trust: trustOf(call),
  };
}

async function finish(call: Call, target: Target, answer: HttpAnswer, output: string): Promise<number> {
  if (answer.status >= 400) {
    if (call.has('content')) await save(call, answer, output);
    else answer.body.resume();
    await say(call, `${stamp(call)} ERROR ${answer.status}: ${answer.statusText}.\n`);
    return serverError;
  }
  const type = (answer.headers['content-type'] ?? 'text/plain').split(';')[0];
  const length = answer.headers['content-length'];
  await say(
    call,
    length === undefined ? `Length: unspecified [${type}]` : `Length: ${length}${inUnits(Number(length))} [${type}]`,
  );
  if (call.has('spider')) {
    await say(call, 'Remote file exists.\n');
    return 0;
  }
  const name = output === '-' ? 'STDOUT' : output;
  await say(call, `Saving to: '${name}'`);
  const size = await save(call, answer, output);
  if (call.has('nv'))
    await call.warn(
      `${stamp(call)} URL:${target.url.href} [${size}${length === undefined ? '' : `/${length}`}] -> "${output}" [1]`,
    );
  const done = output === '-' ? 'written to stdout' : `'${output}' saved`;
  await say(
    call,
    `\n     0K${' '.repeat(55)}100% 10.0M=0s\n\n${stamp(call)} (10.0 MB/s) - ${done} [${size}/${size}]\n`,
  );
  return 0;
}

async function save(call: Call, answer: HttpAnswer, output: string): Promise<number> {
  let size = 0;
  const file =
    output === '-'
      ? undefined
      : call.process.open(call.path(output), { write: true, create: true, truncate: true, mode: 0o666 });
  try {
    for await (const chunk of answer.body) {
      size += chunk.length;
      await (file ?? call.process.stdout).write(chunk);
    }
  } finally {
    file?.close();
  }
  return size;
}

/** `name`, or `name.1` when that is taken. */
function freeName(call: Call, name: string): string {
  const folder = call.value('P');
  const base = folder === undefined ? name : `${folder.replace(/\/$/, '')}/${name}`;
  let free = base;
  for (let n = 1; call.files.exists(call.path(free)); n++) free = `${base}.${n}`;
  return free;
}

function inUnits(bytes: number): string {
  if (bytes < 1024) return '';
  return bytes < 2 ** 20 ? ` (${(bytes / 1024).toFixed(1)}K)` : ` (${(bytes / 2 ** 20).toFixed(1)}M)`;
}

function stamp(call: Call): string {
  return new Date(call.process.clock.now()).toISOString().slice(0, 19).replace('T', ' ');
}

async function say(call: Call, text: string): Promise<void> {
  if (!call.has('q', 'nv')) await call.warn(text);
}
