import { FileSystemError } from '../../filesystem/filesystem';
import type { Process, Program, SignalName } from '../../process/program';
import { signalNumbers } from '../../process/program';
import { answerStatic, page, pathOf, statusTexts } from './nginxAnswer';
import { isAddressInUse, runWebServer } from './webServer';
import type { Access } from './webServer';

/**
 * nginx as its images run it: static files of one folder on one port. The configuration file is not read: no proxying, no
 * rewriting, no TLS. One process stands for the master and its workers.
 */
export interface NginxOptions {
  /** `1.27.3` */
  version: string;
  port: number;
  root: string;
  /** The user its workers run as, when it is started by root. */
  worker: { uid: number; gid: number };
  /** The official image adds the forwarded-for header to each line, and notices at start. */
  logs: 'main' | 'combined';
  pidFile: string;
  /** Folders it makes for bodies and upstreams: what a container without root or with a read-only root trips over. */
  cacheFolder: string;
}

export function nginx(options: NginxOptions): Program {
  return async (process) => {
    const flags = process.argv.slice(1);
    const server = `nginx/${options.version}`;
    if (flags.includes('-v') || flags.includes('-V')) return say(process, `nginx version: ${server}`, 0);
    if (flags.includes('-t')) return test(process);
    const at = flags.indexOf('-s');
    if (at >= 0) return signalMaster(process, options, flags[at + 1]);
    return serve(process, options);
  };
}

async function say(process: Process, text: string, code: number): Promise<number> {
  await process.stderr.write(Buffer.from(`${text}\n`)).catch(() => {});
  return code;
}

async function test(process: Process): Promise<number> {
  const file = '/etc/nginx/nginx.conf';
  await say(process, `nginx: the configuration file ${file} syntax is ok`, 0);
  return say(process, `nginx: configuration file ${file} test is successful`, 0);
}

async function signalMaster(process: Process, options: NginxOptions, word: string | undefined): Promise<number> {
  const signals: Record<string, SignalName> = { stop: 'SIGTERM', quit: 'SIGQUIT', reload: 'SIGHUP', reopen: 'SIGUSR1' };
  const signal = signals[word ?? ''];
  if (!signal) return say(process, `nginx: invalid option: "-s ${word ?? ''}"`, 1);
  try {
    const pid = Number(Buffer.from(process.files.readFile(options.pidFile)).toString().trim());
    process.container.kill(pid, signal);
    return 0;
  } catch {
    return say(process, `nginx: [error] open() "${options.pidFile}" failed (2: No such file or directory)`, 1);
  }
}

async function serve(process: Process, options: NginxOptions): Promise<number> {
  const server = `nginx/${options.version}`;
  const prepared = prepare(process, options);
  if (prepared !== undefined) return emergency(process, prepared);
  const asRoot = process.user.uid === 0;
  const files = asRoot ? process.files.as({ ...options.worker, groups: [options.worker.gid] }) : process.files;
  const site = { files, root: options.root, server, port: options.port };
  let connections = 0;
  process.onSignal('SIGUSR1', () => {});
  process.onSignal('SIGWINCH', () => {});
  const notices = options.logs === 'main';
  if (notices) for (const line of startLines(options)) await notice(process, line);
  try {
    return await runWebServer(process, {
      port: options.port,
      server,
      statusTexts,
      respond: (request) => {
        const answer = answerStatic(request, site);
        return request.url !== undefined && pathOf(request.url) === undefined ? page(400, site) : answer;
      },
      accessLine: (facts) => accessLine(facts, options.logs),
      errorLine: (error, request, peer) => {
        const asked = `request: "${request.method} ${request.url} HTTP/${request.httpVersion}", host: "${request.headers.host ?? ''}"`;
        const name = options.logs === 'main' ? 'localhost' : '';
        return `${stamp(process)} [error] ${process.pid}#${process.pid}: *${++connections} ${error}, client: ${peer.ip}, server: ${name}, ${asked}`;
      },
      stop: ['SIGTERM', 'SIGINT'],
      drain: ['SIGQUIT'],
      onStop: async (signal) => {
        removeQuietly(process, options.pidFile);
        if (signal && notices) await farewell(process, signal);
      },
    });
  } catch (error) {
    if (!isAddressInUse(error)) throw error;
    return emergency(process, `bind() to 0.0.0.0:${options.port} failed (98: Address already in use)`);
  }
}

/** What it needs before it can serve; the words of what it lacks. */
function prepare(process: Process, options: NginxOptions): string | undefined {
  const { files } = process;
  let doing = '';
  try {
    doing = `mkdir() "${options.cacheFolder}/client_temp"`;
    if (!files.exists(`${options.cacheFolder}/client_temp`))
      files.mkdir(`${options.cacheFolder}/client_temp`, { mode: 0o700 });
    doing = `open() "${options.pidFile}"`;
    files.writeFile(options.pidFile, Buffer.from(`${process.pid}\n`));
    return undefined;
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    const numbers: Partial<Record<typeof error.code, number>> = { EACCES: 13, ENOENT: 2, EROFS: 30, ENOSPC: 28 };
    return `${doing} failed (${numbers[error.code] ?? 5}: ${error.reason})`;
  }
}

async function emergency(process: Process, text: string): Promise<number> {
  await say(process, `${stamp(process)} [emerg] ${process.pid}#${process.pid}: ${text}`, 1);
  return say(process, `nginx: [emerg] ${text}`, 1);
}

function removeQuietly(process: Process, path: string): void {
  try {
    process.files.unlink(path);
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
  }
}

function startLines(options: NginxOptions): string[] {
  return ['using the "epoll" event method', `nginx/${options.version}`, 'start worker processes'];
}

async function farewell(process: Process, signal: SignalName): Promise<void> {
  const words = signal === 'SIGQUIT' ? 'shutting down' : 'exiting';
  await notice(process, `signal ${signalNumbers[signal]} (${signal}) received, ${words}`);
  await notice(process, 'exit');
}

async function notice(process: Process, text: string): Promise<void> {
  await say(process, `${stamp(process)} [notice] ${process.pid}#${process.pid}: ${text}`, 0);
}

/** `2026/11/22 02:19:27` */
function stamp(process: Process): string {
  return new Date(process.clock.now()).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
}

function accessLine({ request, peer, status, bytes, time }: Access, logs: 'main' | 'combined'): string {
  const { headers } = request;
  const line =
    `${peer.ip} - - [${time}] "${request.method} ${request.url} HTTP/${request.httpVersion}" ${status} ${bytes} ` +
    `"${headers.referer ?? '-'}" "${headers['user-agent'] ?? '-'}"`;
  const forwarded = headers['x-forwarded-for'];
  return logs === 'main' ? `${line} "${typeof forwarded === 'string' ? forwarded : '-'}"` : line;
}
