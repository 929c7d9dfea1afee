import type { IncomingMessage } from 'node:http';
import { FileSystemError } from '../../filesystem/filesystem';
import type { FileSystem, Stat } from '../../filesystem/filesystem';
import { contentType } from './mimeTypes';
import { parseRanges } from './ranges';

/** What nginx 1.x answers for static files: `index index.html index.htm`, no autoindex, dotfiles served like any. */
export interface Site {
  files: FileSystem;
  root: string;
  /** `nginx/1.27.3` */
  server: string;
  port: number;
}

export interface WebAnswer {
  status: number;
  /** In the order they go out, without Server, Date and Connection. */
  headers: [name: string, value: string][];
  body: Uint8Array;
  /** A line of the error log. */
  error?: string;
}

export const statusTexts: Readonly<Record<number, string>> = {
  200: 'OK',
  206: 'Partial Content',
  301: 'Moved Permanently',
  304: 'Not Modified',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  412: 'Precondition Failed',
  416: 'Requested Range Not Satisfiable',
  500: 'Internal Server Error',
};

export function answerStatic(request: IncomingMessage, site: Site): WebAnswer {
  const path = pathOf(request.url ?? '/');
  if (path === undefined) return page(400, site);
  if (request.method !== 'GET' && request.method !== 'HEAD') return page(405, site);
  try {
    return find(request, site, path);
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    return refused(error, site, `${site.root}${path}`);
  }
}

/** The decoded path without `.` and `..`; undefined when it is malformed or leads above the root. */
export function pathOf(url: string): string | undefined {
  const raw = url.replace(/[?#][\s\S]*$/, '');
  if (!raw.startsWith('/')) return undefined;
  let decoded: string;
  try {
    decoded = decodeURIComponent(raw);
  } catch {
    return undefined;
  }
  if (decoded.includes('\0')) return undefined;
  const parts: string[] = [];
  const names = decoded.split('/').slice(1);
  for (const [i, name] of names.entries()) {
    const last = i === names.length - 1;
    if (name === '..') {
      if (parts.pop() === undefined) return undefined;
      if (last) parts.push('');
    } else if (name === '.' || name === '') {
      if (last) parts.push('');
    } else parts.push(name);
  }
  return `/${parts.join('/')}`;
}

function find(request: IncomingMessage, site: Site, path: string): WebAnswer {
  const { files, root } = site;
  const full = root === '/' ? path : `${root}${path}`;
  if (!path.endsWith('/')) {
    const stat = files.stat(full);
    if (stat.type !== 'directory') return file(request, site, full, stat);
    return {
      ...page(301, site),
      headers: [...page(301, site).headers, ['Location', `${originOf(request, site)}${encodeURI(path)}/`]],
    };
  }
  for (const name of ['index.html', 'index.htm']) {
    const stat = statOrMissing(files, full + name);
    if (stat && stat.type !== 'directory') return file(request, site, full + name, stat);
  }
  // The folder itself tells 404 from 403.
  const stat = files.stat(full.replace(/\/$/, '') || '/');
  if (stat.type !== 'directory') return page(404, site, `"${full}index.html" is not found (20: Not a directory)`);
  return page(403, site, `directory index of "${full}" is forbidden`);
}

function statOrMissing(files: FileSystem, path: string): Stat | undefined {
  try {
    return files.stat(path);
  } catch (error) {
    if (error instanceof FileSystemError && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  }
}

function file(request: IncomingMessage, site: Site, path: string, stat: Stat): WebAnswer {
  if (stat.type !== 'file') return page(404, site, `"${path}" is not a regular file`);
  const body = site.files.readFile(path);
  const modified = Math.floor(stat.mtimeMs / 1000);
  const etag = `"${modified.toString(16)}-${body.length.toString(16)}"`;
  const lastModified = new Date(modified * 1000).toUTCString();
  const stamp: [string, string][] = [['Last-Modified', lastModified]];
  const tail: [string, string][] = [['ETag', etag]];
  if (isUnchanged(request, etag, modified))
    return { status: 304, headers: [...stamp, ...tail], body: new Uint8Array() };
  const type = contentType(path, 'application/octet-stream');
  const ranges = rangesOf(request, body.length, etag, lastModified);
  if (ranges === 'unsatisfiable')
    return { ...page(416, site), headers: [...page(416, site).headers, ['Content-Range', `bytes */${body.length}`]] };
  if (ranges !== 'whole') return part(body, ranges, type, stamp, tail);
  const headers: [string, string][] = [
    ['Content-Type', type],
    ['Content-Length', String(body.length)],
    ...stamp,
    ...tail,
    ['Accept-Ranges', 'bytes'],
  ];
  return { status: 200, headers, body };
}

function part(
  body: Uint8Array,
  ranges: { first: number; last: number }[],
  type: string,
  stamp: [string, string][],
  tail: [string, string][],
): WebAnswer {
  const [only] = ranges;
  if (ranges.length === 1 && only) {
    const bytes = body.subarray(only.first, only.last + 1);
    const range: [string, string] = ['Content-Range', `bytes ${only.first}-${only.last}/${body.length}`];
    return {
      status: 206,
      headers: [['Content-Type', type], ['Content-Length', String(bytes.length)], ...stamp, ...tail, range],
      body: bytes,
    };
  }
  const boundary = '00000000000000000001';
  const bytes = Buffer.concat([
    ...ranges.flatMap(({ first, last }) => [
      Buffer.from(
        `\r\n--${boundary}\r\nContent-Type: ${type}\r\nContent-Range: bytes ${first}-${last}/${body.length}\r\n\r\n`,
      ),
      body.subarray(first, last + 1),
    ]),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const kind: [string, string] = ['Content-Type', `multipart/byteranges; boundary=${boundary}`];
  return { status: 206, headers: [kind, ['Content-Length', String(bytes.length)], ...stamp, ...tail], body: bytes };
}

function isUnchanged(request: IncomingMessage, etag: string, modified: number): boolean {
  const match = request.headers['if-none-match'];
  if (match !== undefined)
    return match === '*' || match.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
  const since = request.headers['if-modified-since'];
  // `if_modified_since exact`: an older copy is not enough, a newer one neither.
  return since !== undefined && Date.parse(since) === modified * 1000;
}

function rangesOf(request: IncomingMessage, size: number, etag: string, lastModified: string) {
  const condition = request.headers['if-range'];
  if (condition !== undefined && condition !== etag && condition !== lastModified) return 'whole' as const;
  return parseRanges(request.headers.range, size);
}

/** `http://` and the host as asked for, without its port but with the server's own: nginx knows no other. */
function originOf(request: IncomingMessage, site: Site): string {
  const host = (request.headers.host ?? 'localhost').replace(/:\d+$/, '');
  return `http://${host}${site.port === 80 ? '' : `:${site.port}`}`;
}

function refused(error: FileSystemError, site: Site, path: string): WebAnswer {
  const [status, number] = errorStatus[error.code] ?? [500, 5];
  return page(status, site, `open() "${path}" failed (${number}: ${error.reason})`);
}

const errorStatus: Partial<Record<FileSystemError['code'], [status: number, errno: number]>> = {
  ENOENT: [404, 2],
  ENOTDIR: [404, 20],
  ENAMETOOLONG: [404, 36],
  EACCES: [403, 13],
  ELOOP: [403, 40],
};

export function page(status: number, site: { server: string }, error?: string): WebAnswer {
  const title = `${status} ${statusTexts[status] ?? ''}`;
  const lines = [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    `<hr><center>${site.server}</center>`,
    '</body>',
    '</html>',
    '',
  ];
  const body = Buffer.from(lines.join('\r\n'));
  return {
    status,
    headers: [
      ['Content-Type', 'text/html'],
      ['Content-Length', String(body.length)],
    ],
    body,
    error,
  };
}
