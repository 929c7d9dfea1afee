import type { IncomingMessage } from 'node:http';
import { FileSystemError } from '../../filesystem/filesystem';
import type { FileSystem } from '../../filesystem/filesystem';
import type { Process, Program } from '../../process/program';
import { contentType } from './mimeTypes';
import { pathOf } from './nginxAnswer';
import type { WebAnswer } from './nginxAnswer';
import { parseRanges } from './ranges';
import { isAddressInUse, runWebServer } from './webServer';

/** Apache httpd as its image runs it: the files of htdocs on port 80, with an index of folders that have none. */
export interface HttpdOptions {
  /** `2.4.62` */
  version: string;
  root: string;
}

const texts: Readonly<Record<number, string>> = {
  200: 'OK',
  206: 'Partial Content',
  301: 'Moved Permanently',
  304: 'Not Modified',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  416: 'Requested Range Not Satisfiable',
};

export function httpd(options: HttpdOptions): Program {
  return async (process) => {
    const server = `Apache/${options.version} (Unix)`;
    const hint =
      `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${process.network.ip}. ` +
      "Set the 'ServerName' directive globally to suppress this message\n";
    if (process.argv.includes('-v')) {
      await process.stdout.write(Buffer.from(`Server version: ${server}\n`));
      return 0;
    }
    await process.stderr.write(Buffer.from(hint)).catch(() => {});
    await notice(process, `[mpm_event:notice]`, `AH00489: ${server} configured -- resuming normal operations`);
    await notice(process, `[core:notice]`, `AH00094: Command line: '${process.argv.join(' ')}'`);
    try {
      return await runWebServer(process, {
        port: 80,
        server,
        order: 'httpd',
        statusTexts: texts,
        respond: (request) => answer(request, process.files, options.root),
        accessLine: ({ request, peer, status, bytes, time }) =>
          `${peer.ip} - - [${time}] "${request.method} ${request.url} HTTP/${request.httpVersion}" ${status} ${bytes || '-'}`,
        stop: ['SIGTERM', 'SIGINT'],
        drain: ['SIGWINCH'],
        onStop: async (signal) => {
          if (signal === 'SIGWINCH')
            await notice(process, '[mpm_event:notice]', 'AH00492: caught SIGWINCH, shutting down gracefully');
          else if (signal) await notice(process, '[mpm_event:notice]', 'AH00491: caught SIGTERM, shutting down');
        },
      });
    } catch (error) {
      if (!isAddressInUse(error)) throw error;
      await process.stderr
        .write(
          Buffer.from(
            '(98)Address already in use: AH00072: make_sock: could not bind to address 0.0.0.0:80\nno listening sockets available, shutting down\nAH00015: Unable to open logs\n',
          ),
        )
        .catch(() => {});
      return 1;
    }
  };
}

async function notice(process: Process, what: string, text: string): Promise<void> {
  const date = new Date(process.clock.now());
  const stamp = `${date.toUTCString().slice(0, 3)} ${date.toUTCString().slice(8, 11)} ${date.toISOString().slice(8, 10)} ${date.toISOString().slice(11, 23)}000 ${date.getUTCFullYear()}`;
  await process.stderr
    .write(Buffer.from(`[${stamp}] ${what} [pid ${process.pid}:tid ${process.pid}] ${text}\n`))
    .catch(() => {});
}

function answer(request: IncomingMessage, files: FileSystem, root: string): WebAnswer {
  const path = pathOf(request.url ?? '/');
  if (path === undefined)
    return page(400, 'Your browser sent a request that this server could not understand.<br />\n');
  if (!['GET', 'HEAD', 'POST', 'OPTIONS'].includes(request.method ?? ''))
    return page(405, `The requested method ${request.method} is not allowed for this URL.`);
  try {
    return find(request, files, root, path);
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    if (error.code === 'EACCES') return page(403, "You don't have permission to access this resource.");
    return page(404, 'The requested URL was not found on this server.');
  }
}

function find(request: IncomingMessage, files: FileSystem, root: string, path: string): WebAnswer {
  const full = `${root}${path}`;
  const stat = files.stat(full.replace(/\/$/, ''));
  if (stat.type !== 'directory')
    return path.endsWith('/')
      ? page(404, 'The requested URL was not found on this server.')
      : file(request, files, full);
  if (!path.endsWith('/')) {
    const to = `http://${request.headers.host ?? ''}${encodeURI(path)}/`;
    const moved = page(301, `The document has moved <a href="${to}">here</a>.`);
    return { ...moved, headers: [['Location', to], ...moved.headers] };
  }
  if (files.exists(`${full}index.html`)) return file(request, files, `${full}index.html`);
  const names = files
    .readdir(full)
    .filter((name) => !name.startsWith('.'))
    .sort();
  const items = [
    ...(path === '/' ? [] : ['<li><a href="../"> Parent Directory</a></li>']),
    ...names.map((name) => `<li><a href="${encodeURI(name)}"> ${name}</a></li>`),
  ];
  const body = Buffer.from(
    `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n<html>\n <head>\n  <title>Index of ${path.replace(/(.)\/$/, '$1')}</title>\n </head>\n <body>\n<h1>Index of ${path.replace(/(.)\/$/, '$1')}</h1>\n<ul>${items.join('\n')}\n</ul>\n</body></html>\n`,
  );
  return {
    status: 200,
    headers: [
      ['Content-Length', String(body.length)],
      ['Content-Type', 'text/html;charset=UTF-8'],
    ],
    body,
  };
}

function file(request: IncomingMessage, files: FileSystem, path: string): WebAnswer {
  const { mtimeMs, type: kind } = files.stat(path);
  if (kind !== 'file') return page(403, "You don't have permission to access this resource.");
  const body = files.readFile(path);
  const modified = Math.floor(mtimeMs / 1000) * 1000;
  const etag = `"${body.length.toString(16)}-${(modified * 1000).toString(16)}"`;
  const stamp: [string, string][] = [
    ['Last-Modified', new Date(modified).toUTCString()],
    ['ETag', etag],
  ];
  const since = request.headers['if-modified-since'];
  const match = request.headers['if-none-match'];
  if (match === undefined ? since !== undefined && Date.parse(since) >= modified : match.includes(etag))
    return { status: 304, headers: [['ETag', etag]], body: new Uint8Array() };
  const type: [string, string][] = [['Content-Type', contentType(path, 'text/plain')]];
  const ranges = parseRanges(request.headers.range, body.length);
  const [range] = Array.isArray(ranges) ? ranges : [];
  if (ranges === 'unsatisfiable')
    return page(
      416,
      'None of the range-specifier values in the Range request-header field overlap the current extent of the selected resource.',
    );
  const part = range ? body.subarray(range.first, range.last + 1) : body;
  const headers: [string, string][] = [...stamp, ['Accept-Ranges', 'bytes'], ['Content-Length', String(part.length)]];
  if (range) headers.push(['Content-Range', `bytes ${range.first}-${range.last}/${body.length}`]);
  return { status: range ? 206 : 200, headers: [...headers, ...type], body: part };
}

function page(status: number, text: string): WebAnswer {
  const title = texts[status] ?? '';
  const body = Buffer.from(
    `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${status} ${title}</title>\n</head><body>\n<h1>${title}</h1>\n<p>${text}</p>\n</body></html>\n`,
  );
  return {
    status,
    headers: [
      ['Content-Length', String(body.length)],
      ['Content-Type', 'text/html; charset=iso-8859-1'],
    ],
    body,
  };
}
