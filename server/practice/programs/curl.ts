import { FileSystemError } from '../filesystem/filesystem';
import { NetworkError } from '../network/network';
import { TlsError } from '../network/tls';
import type { HttpAnswer } from '../network/http';
import { Exit } from '../process/program';
import type { ByteWriter } from '../process/program';
import { command } from './command';
import type { Call } from './command';
import { addressOf, ask, headerLines, headersOf, isRedirect, parseTarget, statusLine } from './fetching';
import type { Target } from './fetching';

/** curl for HTTP and HTTPS: the options labs use, and the exit codes of its manual. No other protocols. */
const curlLetters = 'qsSfIiLo:Ow:X:d:H:km:vA:u:e:GT:F:b:46NgjR#x:';

export const curl = command(
  {
    letters: curlLetters,
    long: {
      disable: 'q',
      silent: 's',
      'show-error': 'S',
      fail: 'f',
      head: 'I',
      include: 'i',
      location: 'L',
      output: 'o',
      'remote-name': 'O',
      'write-out': 'w',
      request: 'X',
      data: 'd',
      'data-raw': 'd',
      'data-binary': 'd',
      header: 'H',
      insecure: 'k',
      cacert: 'cacert:',
      'max-time': 'm',
      'connect-timeout': 'connect-timeout:',
      verbose: 'v',
      'user-agent': 'A',
      user: 'u',
      get: 'G',
      version: 'version',
      resolve: 'resolve:',
      retry: 'retry:',
      'retry-delay': 'retry-delay:',
      'no-progress-meter': 's',
      'no-buffer': 'N',
      'fail-with-body': 'fail-with-body',
      url: 'url:',
      globoff: 'g',
      // All of a pod's addresses are one.
      interface: 'interface:',
    },
    usage: '[options...] <url>',
    usageCode: 2,
  },
  async (call) => {
    if (call.has('version')) {
      await call.write(
        'curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1\nRelease-Date: 2023-02-20\nProtocols: http https\n',
      );
      return 0;
    }
    const urls = [...call.values('url'), ...call.operands];
    if (urls.length === 0) {
      await call.warn("curl: try 'curl --help' or 'curl --manual' for more information");
      return 2;
    }
    let code = 0;
    for (const [i, url] of urls.entries())
      code = await transfer(call, url, i).catch((error: unknown) => told(call, error));
    return code;
  },
);

class CurlError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

async function told(call: Call, error: unknown): Promise<number> {
  if (error instanceof Exit) return error.code;
  const known =
    error instanceof CurlError
      ? error
      : error instanceof FileSystemError
        ? new CurlError(23, `Failed writing body: ${error.reason}`)
        : undefined;
  if (!known) throw error;
  if (!call.has('s') || call.has('S')) await call.warn(`curl: (${known.code}) ${known.message}`);
  return known.code;
}

async function transfer(call: Call, url: string, index: number): Promise<number> {
  let target = targetOf(url);
  const startedAt = call.process.clock.now();
  for (let hops = 0; ; hops++) {
    if (hops > 50) throw new CurlError(47, 'Maximum (50) redirects followed');
    const { answer, ip } = await exchange(call, target, hops > 0);
    if (!call.has('L') || !isRedirect(answer)) return finish(call, { target, answer, ip, index, startedAt, hops });
    if (call.has('i', 'I')) await call.write(head(answer));
    answer.body.resume();
    target = targetOf(new URL(answer.headers.location ?? '', target.url).href);
  }
}

function targetOf(url: string): Target {
  const target = parseTarget(url);
  if (!target) throw new CurlError(3, 'URL using bad/illegal format or missing URL');
  return target;
}

async function exchange(call: Call, target: Target, redirected: boolean): Promise<{ answer: HttpAnswer; ip: string }> {
  const { host, port, url } = target;
  const startedAt = call.process.clock.now();
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new CurlError(1, `Protocol "${url.protocol.slice(0, -1)}" not supported or disabled in libcurl`);
  const ip = await addressOf(call, host).catch(() => {
    throw new CurlError(6, `Could not resolve host: ${host}`);
  });
  if (call.has('v')) await call.warn(`*   Trying ${ip}:${port}...`);
  const options = { ...(await requestOf(call, redirected)), trust: trustOf(call) };
  try {
    const answer = await ask(call, target, ip, options);
    if (call.has('v')) await verbose(call, target, ip, options, answer);
    return { answer, ip };
  } catch (error) {
    if (error instanceof TlsError) throw tlsFailure(error, host);
    if (!(error instanceof NetworkError)) throw error;
    const ms = Math.round(call.process.clock.now() - startedAt);
    if (error.code === 'ETIMEDOUT' && options.timeoutMs !== undefined && ms >= options.timeoutMs)
      throw new CurlError(28, `Connection timed out after ${ms} milliseconds`);
    if (error.code === 'ECONNRESET') throw new CurlError(52, 'Empty reply from server');
    throw new CurlError(7, `Failed to connect to ${host} port ${port} after ${ms} ms: Couldn't connect to server`);
  }
}

function trustOf(call: Call): { authorities?: string; trustsAll?: boolean } {
  if (call.has('k')) return { trustsAll: true };
  const file = call.value('cacert');
  if (file === undefined) return {};
  try {
    return { authorities: Buffer.from(call.files.readFile(call.path(file))).toString() };
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    throw new CurlError(77, `error setting certificate file: ${file}`);
  }
}

function tlsFailure({ reason }: TlsError, host: string): CurlError {
  if (reason === 'noTls') return new CurlError(35, 'error:0A00010B:SSL routines::wrong version number');
  const what =
    reason === 'untrusted'
      ? 'SSL certificate problem: unable to get local issuer certificate'
      : `SSL: no alternative certificate subject name matches target host name '${host}'`;
  return new CurlError(60, `${what}\n${moreAboutCertificates}`);
}

const moreAboutCertificates = `More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the web page mentioned above.`;

async function requestOf(call: Call, redirected: boolean) {
  const data = call.has('d') && !call.has('G') && !redirected ? await dataOf(call) : undefined;
  const seconds = [call.value('m'), call.value('connect-timeout')].filter((v) => v !== undefined).map(Number);
  const user = call.value('u');
  return {
    method: call.value('X') ?? (call.has('I') ? 'HEAD' : data === undefined ? 'GET' : 'POST'),
    headers: {
      'User-Agent': call.value('A') ?? 'curl/7.88.1',
      Accept: '*/*',
      ...(user === undefined ? {} : { Authorization: `Basic ${Buffer.from(user).toString('base64')}` }),
      ...(data === undefined
        ? {}
        : { 'Content-Length': data.length, 'Content-Type': 'application/x-www-form-urlencoded' }),
      ...headersOf(call.values('H')),
    },
    body: data,
    ...(seconds.length > 0 ? { timeoutMs: Math.min(...seconds) * 1000 } : {}),
  };
}

/** Several `-d` are joined with `&`; `@file` is read. */
async function dataOf(call: Call): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (const value of call.values('d'))
    parts.push(value.startsWith('@') ? await call.bytes(value.slice(1)) : Buffer.from(value));
  return Buffer.concat(parts.flatMap((part, i) => (i === 0 ? [part] : [Buffer.from('&'), part])));
}

interface Done {
  target: Target;
  answer: HttpAnswer;
  ip: string;
  index: number;
  startedAt: number;
  hops: number;
}

async function finish(call: Call, done: Done): Promise<number> {
  const { answer } = done;
  const failed = answer.status >= 400 && call.has('f');
  let size = 0;
  if (failed) answer.body.resume();
  else size = await save(call, done);
  if (call.has('w')) await call.write(written(call.value('w') ?? '', done, size, call.process.clock.now()));
  if (failed || (answer.status >= 400 && call.has('fail-with-body')))
    throw new CurlError(22, `The requested URL returned error: ${answer.status}`);
  return 0;
}

async function save(call: Call, { target, answer, index }: Done): Promise<number> {
  const name = call.has('O') ? (target.url.pathname.split('/').pop() ?? '') : call.values('o')[index];
  if (name === '') throw new CurlError(23, 'Remote file name has no length');
  const toFile = name !== undefined && name !== '-';
  const out: ByteWriter = toFile
    ? call.process.open(call.path(name), { write: true, create: true, truncate: true, mode: 0o666 })
    : call.process.stdout;
  let size = 0;
  try {
    if (call.has('i', 'I')) await out.write(Buffer.from(head(answer)));
    for await (const chunk of answer.body) {
      size += chunk.length;
      await out.write(chunk);
    }
  } catch (error) {
    if (error instanceof FileSystemError || !(error instanceof Error) || error.name === 'BrokenPipe') throw error;
    throw new CurlError(18, 'transfer closed with outstanding read data remaining');
  } finally {
    if (toFile) out.close();
  }
  if (!call.has('s') && (toFile || call.process.stdout.isTerminal !== true)) await call.warn(meter(size));
  return size;
}

function meter(size: number): string {
  const bytes = String(size).padStart(5);
  return (
    '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n' +
    '                                 Dload  Upload   Total   Spent    Left  Speed\n' +
    `\r100 ${bytes}  100 ${bytes}    0     0   ${String(size * 100).padStart(4)}      0 --:--:-- --:--:-- --:--:--  ${size * 100}`
  );
}

function head(answer: HttpAnswer): string {
  return [statusLine(answer), ...headerLines(answer), '', ''].join('\r\n');
}

/** The variables of `-w`. Times are whole exchanges: nothing in between is measured. */
function written(format: string, { target, answer, ip, startedAt, hops }: Done, size: number, now: number): string {
  const seconds = ((now - startedAt) / 1000).toFixed(6);
  const values: Record<string, string> = {
    http_code: String(answer.status).padStart(3, '0'),
    response_code: String(answer.status).padStart(3, '0'),
    size_download: String(size),
    content_type: answer.headers['content-type'] ?? '',
    remote_ip: ip,
    remote_port: String(target.port),
    url_effective: target.url.href,
    num_redirects: String(hops),
    redirect_url: isRedirect(answer) ? new URL(answer.headers.location ?? '', target.url).href : '',
    time_total: seconds,
    time_connect: seconds,
    time_namelookup: seconds,
    time_starttransfer: seconds,
    http_version: answer.httpVersion,
    scheme: 'HTTP',
  };
  return format
    .replace(/%\{([a-z_]+)\}/g, (whole, name: string) => values[name] ?? whole)
    .replace(/\\([ntr\\])/g, (_, c: string) => ({ n: '\n', t: '\t', r: '\r' })[c] ?? '\\')
    .replaceAll('%%', '%');
}

async function verbose(
  call: Call,
  target: Target,
  ip: string,
  options: Awaited<ReturnType<typeof requestOf>>,
  answer: HttpAnswer,
) {
  const { host, port, url } = target;
  await call.warn(`* Connected to ${host} (${ip}) port ${port} (#0)`);
  await call.warn(`> ${options.method} ${url.pathname}${url.search} HTTP/1.1\n> Host: ${url.host}`);
  for (const [name, value] of Object.entries(options.headers)) await call.warn(`> ${name}: ${String(value)}`);
  await call.warn('> ');
  for (const line of [statusLine(answer), ...headerLines(answer), '']) await call.warn(`< ${line}`);
  answer.body.once('end', () => void call.warn('* Closing connection 0'));
}
