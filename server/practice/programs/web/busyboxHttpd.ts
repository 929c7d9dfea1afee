import type { IncomingMessage, ServerResponse } from 'node:http';
import { FileSystemError } from '../../filesystem/filesystem';
import { serveRequests } from '../../network/httpServer';
import type { Listener } from '../../network/network';
import type { Process } from '../../process/program';
import { absolute, command } from '../command';
import { contentType } from './mimeTypes';
import { pathOf } from './nginxAnswer';
import { isAddressInUse } from './webServer';

/** busybox's small web server, which goes to the background unless `-f` is given. No CGI, no configuration file, no passwords. */
export const busyboxHttpd = command(
  { letters: 'ifvc:p:u:r:h:', usage: '[-ifv[v]] [-c CONFFILE] [-p [IP:]PORT] [-u USER[:GRP]] [-r REALM] [-h HOME]' },
  async (call) => {
    const home = call.value('h') ?? call.process.cwd;
    const port = Number(/(?:^|:)(\d+)$/.exec(call.value('p') ?? '80')?.[1]);
    if (Number.isNaN(port) || port > 65_535) return call.fail(`invalid number '${call.value('p') ?? ''}'`);
    const root = absolute(call.process, home);
    const isFolder = call.files.exists(root) && call.files.stat(root).type === 'directory';
    if (!isFolder) return call.fail(`can't change directory to '${home}': No such file or directory`);
    const serve = serverOf(root, port);
    if (call.has('f')) return (await serve.run(call.process)) ?? call.fail(inUse);
    const nothing = call.process.open('/dev/null', { read: true, write: true });
    const streams = { stdin: nothing, stdout: nothing, stderr: nothing };
    call.process.fork(async (process) => (await serve.run(process)) ?? 1, { ...streams, group: 0 });
    nothing.close();
    return (await serve.isListening) ? 0 : call.fail(inUse);
  },
);

const inUse = 'bind: Address already in use';

/** What a process opens is closed when it ends: the one that goes on in the background has to listen itself. */
function serverOf(root: string, port: number) {
  let told: (isListening: boolean) => void = () => {};
  const isListening = new Promise<boolean>((resolve) => (told = resolve));
  const run = async (process: Process): Promise<number | undefined> => {
    let listener: Listener;
    try {
      listener = serveRequests(process.network, port, (request, response) => answer(process, root, request, response));
    } catch (error) {
      if (!isAddressInUse(error)) throw error;
      told(false);
      return undefined;
    }
    told(true);
    const code = await endOf(process);
    listener.close();
    return code;
  };
  return { run, isListening };
}

function endOf(process: Process): Promise<number> {
  return new Promise((resolve) => {
    process.killed.addEventListener('abort', () => resolve(137), { once: true });
    process.onSignal('SIGTERM', () => resolve(143));
    process.onSignal('SIGINT', () => resolve(130));
  });
}

const statuses = {
  200: ['OK', ''],
  302: ['Found', ''],
  400: ['Bad Request', 'Unsupported method'],
  403: ['Forbidden', ''],
  404: ['Not Found', 'The requested URL was not found'],
  501: ['Not Implemented', 'The requested method is not recognized'],
} as const;

function answer(process: Process, root: string, request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const path = pathOf(request.url ?? '/');
  const reply = (status: keyof typeof statuses, type: string, more: string[], body: Uint8Array) => {
    response.sendDate = false;
    const date = new Date(process.clock.now()).toUTCString();
    const headers = ['Content-type', type, 'Date', date, 'Connection', 'close', ...more];
    response.writeHead(status, statuses[status][0], headers);
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  const refuse = (status: keyof typeof statuses, ...more: string[]) =>
    reply(status, 'text/html', more, errorPage(status));
  if (path === undefined) return refuse(400);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(501);
  try {
    const { files } = process;
    const full = `${root}${path}`;
    const isFolder = files.stat(full).type === 'directory';
    if (isFolder && !path.endsWith('/')) return refuse(302, 'Location', `${path}/`);
    const file = isFolder ? `${full}index.html` : full;
    const body = files.readFile(file);
    const modified = new Date(files.stat(file).mtimeMs).toUTCString();
    const more = ['Accept-Ranges', 'bytes', 'Last-Modified', modified, 'Content-Length', String(body.length)];
    reply(200, contentType(file, 'application/octet-stream'), more, body);
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    refuse(error.code === 'EACCES' ? 403 : 404);
  }
}

function errorPage(status: keyof typeof statuses): Buffer {
  const [title, text] = statuses[status];
  return Buffer.from(
    `<HTML><HEAD><TITLE>${status} ${title}</TITLE></HEAD>\n<BODY><H1>${status} ${title}</H1>\n${text}\n</BODY></HTML>\n`,
  );
}
