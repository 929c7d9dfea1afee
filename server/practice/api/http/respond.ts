import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGzip, gzip, constants } from 'node:zlib';
import type { Status } from '../../../../lib/kubernetes/status';
import type { StatusError } from '../../status';
import { plainType, type Output } from './accept';
import { formatted } from './render';

/** Upstream compresses what is longer, and so do we: kubectl on the same machine gains nothing from it below. */
const gzipFrom = 128 * 1024;

export interface Reply {
  request: IncomingMessage;
  response: ServerResponse;
  warnings: readonly string[];
}

/** Sends one text. Nothing is sent to a client that has gone. */
export function sendText(reply: Reply, status: number, mediaType: string, text: string | Uint8Array): void {
  const { response } = reply;
  if (response.headersSent || response.destroyed) return;
  writeWarnings(reply);
  response.statusCode = status;
  response.setHeader('Content-Type', mediaType);
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  if (bytes.length < gzipFrom || !takesGzip(reply.request)) return sendBytes(reply, bytes);
  gzip(bytes, { level: constants.Z_BEST_SPEED }, (error, packed) => {
    if (error) return void response.destroy(error);
    response.setHeader('Content-Encoding', 'gzip');
    response.setHeader('Vary', 'Accept-Encoding');
    sendBytes(reply, packed);
  });
}

function sendBytes({ request, response }: Reply, bytes: Uint8Array): void {
  response.setHeader('Content-Length', bytes.length);
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

export function sendJson(reply: Reply, status: number, json: string, output: Output): void {
  sendText(reply, status, output.mediaType, formatted(json, output));
}

/** An object that has only one form, whatever was asked for: it has no columns. */
export function sendPlain(reply: Reply, status: number, object: object, output: Output): void {
  const { codec } = output;
  const body = codec ? codec.encode(object, codec.messageOf(object)) : formatted(JSON.stringify(object), output);
  sendText(reply, status, plainType(output), body);
}

export function sendStatus(reply: Reply, status: Status, output: Output): void {
  const retryAfter = status.details?.retryAfterSeconds;
  if (retryAfter && !reply.response.headersSent) reply.response.setHeader('Retry-After', String(retryAfter));
  sendPlain(reply, status.code ?? 200, status, output);
}

export function sendError(reply: Reply, error: StatusError, output: Output): void {
  sendStatus(reply, error.toStatus(), output);
}

/** Sends pieces as they are made, waiting for a slow reader, and lets other requests be served in between. */
export async function sendPieces(reply: Reply, pieces: Iterable<string>, output: Output): Promise<void> {
  if (output.format === 'yaml' || output.isPretty) return sendJson(reply, 200, [...pieces].join(''), output);
  const first: string[] = [];
  let length = 0;
  const source = pieces[Symbol.iterator]();
  for (let next = source.next(); ; next = source.next()) {
    if (next.done) return sendJson(reply, 200, first.join(''), output);
    first.push(next.value);
    length += next.value.length;
    // Two slices are already a list: from here it is streamed.
    if (length >= gzipFrom) break;
  }
  await streamPieces(reply, first.join(''), source, output);
}

async function streamPieces(reply: Reply, head: string, rest: Iterator<string>, output: Output): Promise<void> {
  const { request, response } = reply;
  writeWarnings(reply);
  response.statusCode = 200;
  response.setHeader('Content-Type', output.mediaType);
  const packed = takesGzip(request) ? createGzip({ level: constants.Z_BEST_SPEED }) : undefined;
  if (packed) {
    response.setHeader('Content-Encoding', 'gzip');
    response.setHeader('Vary', 'Accept-Encoding');
    packed.pipe(response);
  }
  const sink = packed ?? response;
  const closed = new Promise<void>((resolve) => response.once('close', resolve));
  let piece: string | undefined = head;
  while (piece !== undefined && !response.destroyed) {
    if (!sink.write(piece)) await Promise.race([once(sink, 'drain'), closed]);
    await nextTurn();
    const next = rest.next();
    piece = next.done ? undefined : next.value;
  }
  if (response.destroyed) packed?.destroy();
  else sink.end('\n');
}

/** Lets what is waiting on the event loop run. Not a delay: no clock is involved. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function takesGzip(request: IncomingMessage): boolean {
  return /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
}

/** `Warning: 299 - "…"`, which kubectl prints. All of them together stay below what clients take as headers. */
const mostWarningBytes = 4096;

function writeWarnings({ response, warnings }: Reply): void {
  const lines: string[] = [];
  let bytes = 0;
  for (const warning of new Set(warnings)) {
    const clean = warning.replace(/[\u0000-\u001f\u007f]+/g, ' ').replace(/[^\u0020-\u00ff]/g, '?');
    const line = `299 - "${clean.replace(/[\\"]/g, '\\$&')}"`;
    bytes += line.length;
    if (bytes > mostWarningBytes) break;
    lines.push(line);
  }
  if (lines.length > 0) response.setHeader('Warning', lines);
}
