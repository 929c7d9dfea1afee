import type { IncomingMessage, ServerResponse } from 'node:http';
import { FileSystemError } from '../../filesystem/filesystem';
import type { FileSystem } from '../../filesystem/filesystem';
import { contentType } from '../web/mimeTypes';
import { pathOf } from '../web/nginxAnswer';
import { parseRanges } from '../web/ranges';

/** Files of a tree as Go's http.FileServer serves them: index pages, listings, redirects to the clean path. */
export function serveFile(files: FileSystem, request: IncomingMessage, response: ServerResponse): void {
  const url = request.url ?? '/';
  const path = pathOf(url);
  if (path === undefined) return plain(response, 400, 'invalid URL path');
  if (path.endsWith('/index.html')) return redirect(response, './', url);
  try {
    const stat = files.stat(path.replace(/\/+$/, '') || '/');
    if (stat.type === 'directory') {
      if (!path.endsWith('/')) return redirect(response, `${encodeURIComponent(path.split('/').pop() ?? '')}/`, url);
      if (files.exists(`${path}index.html`)) return send(files, `${path}index.html`, request, response);
      return listing(files, path, response);
    }
    if (path.endsWith('/')) return redirect(response, `../${path.replace(/\/$/, '').split('/').pop()}`, url);
    return send(files, path, request, response);
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    if (error.code === 'EACCES') return plain(response, 403, '403 Forbidden');
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return plain(response, 404, '404 page not found');
    return plain(response, 500, '500 Internal Server Error');
  }
}

export function plain(response: ServerResponse, status: number, text: string): void {
  const body = Buffer.from(`${text}\n`);
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Content-Length': body.length,
  });
  response.end(body);
}

function redirect(response: ServerResponse, to: string, url: string): void {
  const query = url.includes('?') ? url.slice(url.indexOf('?')) : '';
  response.writeHead(301, { Location: to + query, 'Content-Length': 0 });
  response.end();
}

function send(files: FileSystem, path: string, request: IncomingMessage, response: ServerResponse): void {
  // /dev/zero has no end.
  if (files.stat(path).type !== 'file') return plain(response, 404, '404 page not found');
  const bytes = files.readFile(path);
  const modified = new Date(Math.floor(files.stat(path).mtimeMs / 1000) * 1000).toUTCString();
  const type = contentType(path, sniff(bytes)).replace(/^text\/[a-z]+$/, '$&; charset=utf-8');
  const ranges = parseRanges(request.headers.range, bytes.length);
  const headers = { 'Accept-Ranges': 'bytes', 'Content-Type': type, 'Last-Modified': modified };
  const [range] = Array.isArray(ranges) ? ranges : [];
  if (ranges === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${bytes.length}`);
    return plain(response, 416, 'invalid range: failed to overlap');
  }
  const body = range ? bytes.subarray(range.first, range.last + 1) : bytes;
  if (range) response.setHeader('Content-Range', `bytes ${range.first}-${range.last}/${bytes.length}`);
  response.writeHead(range ? 206 : 200, { ...headers, 'Content-Length': body.length });
  if (request.method === 'HEAD') response.end();
  else response.end(body);
}

/** What Go takes unnamed content for, roughly: text unless it holds control bytes. */
function sniff(bytes: Uint8Array): string {
  const start = bytes.subarray(0, 512);
  if (
    /^\s*<(!doctype html|html|head|body|h1|p|div|a|table|script|style|title|b|br|!--)/i.test(
      Buffer.from(start).toString('latin1'),
    )
  )
    return 'text/html';
  const isBinary = start.some((byte) => byte < 9 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32));
  return isBinary ? 'application/octet-stream' : 'text/plain';
}

function listing(files: FileSystem, path: string, response: ServerResponse): void {
  const escape = (text: string) =>
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&#34;')
      .replaceAll("'", '&#39;');
  const lines = [...files.readdir(path)].sort().map((name) => {
    const shown = files.lstat(`${path}${name}`).type === 'directory' ? `${name}/` : name;
    return `<a href="${encodeURI(shown)}">${escape(shown)}</a>\n`;
  });
  const body = Buffer.from(
    `<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n${lines.join('')}</pre>\n`,
  );
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': body.length });
  response.end(body);
}
