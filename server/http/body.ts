import type { IncomingMessage } from 'node:http';
import { parseJson } from '../kubernetes/json';
import { HttpError } from './answer';

/** The whole body, up to a limit. The limit is kept while reading: a sender that claims less than it sends is cut off too. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = (): HttpError => new HttpError('tooLarge', `The request is larger than ${maxBytes} bytes.`, 413);
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    size += bytes.length;
    if (size > maxBytes) throw tooLarge();
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

/**
 * The body's type must be one that no plain form can send: together with the check of Origin, no foreign page can then make a
 * browser write here. A program that is no browser (curl, a script) lends its rights to no page, and may leave the type out.
 */
export function expectType(request: IncomingMessage, types: readonly string[]): void {
  const given = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (types.includes(given) || !isBrowser(request)) return;
  throw new HttpError('invalid', `The Content-Type must be ${types.join(' or ')}, not "${given}".`, 415);
}

/** Browsers name the page behind every request that can change something. */
function isBrowser({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
}

/** A small JSON body: the few fields of an action. */
export async function readJson(request: IncomingMessage, maxBytes = 4096): Promise<unknown> {
  expectType(request, ['application/json']);
  const body = parseJson(await readText(request, maxBytes));
  if (body === undefined) throw new HttpError('invalid', 'The body is not JSON.', 400);
  return body;
}

export async function readText(request: IncomingMessage, maxBytes: number): Promise<string> {
  const body = await readBody(request, maxBytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new HttpError('invalid', 'The text is no valid UTF-8.', 400);
  }
}
