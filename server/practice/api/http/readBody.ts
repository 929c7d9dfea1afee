import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { turnForRequest } from '../../turns';
import { badRequest, tooLarge } from '../errors';
import type { Body } from '../decode/body';

/** What upstream takes at most (server/config.go MaxRequestBodyBytes). */
export const mostBodyBytes = 3 * 1024 * 1024;

/**
 * The whole body, in a turn of its own: whoever has a body is going to write. Throws 413 when it is too long, 400 when the client stops
 * in the middle.
 */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      length += bytes.length;
      // Read on to the end, so that the client gets the answer instead of a broken connection.
      if (length <= mostBodyBytes) chunks.push(bytes);
    }
  } catch {
    throw badRequest('unexpected EOF');
  }
  await turnForRequest();
  if (length > mostBodyBytes) throw tooLarge(`limit is ${mostBodyBytes}`);
  return { bytes: unpacked(request, Buffer.concat(chunks)), mediaType: String(request.headers['content-type'] ?? '') };
}

function unpacked(request: IncomingMessage, bytes: Buffer): Buffer {
  if (request.headers['content-encoding'] !== 'gzip') return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBodyBytes });
  } catch {
    throw badRequest('the body is not gzip, or too long when unpacked');
  }
}
