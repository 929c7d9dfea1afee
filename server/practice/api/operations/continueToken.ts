import { jsonProblem } from '../decode/jsonProblem';
import { badRequest } from '../errors';
import { isJsonObject } from '../json';

/**
 * Where a paged list goes on (apiserver/pkg/storage/continue.go): after which key, at which revision. Without a revision
 * the rest of the list is as it is now, which is what an expired token is replaced by.
 */
export function continueToken(after: string, revision: number | undefined): string {
  const token = { v: 'meta.k8s.io/v1', rv: revision ?? -1, start: `${after}\u0000` };
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

/** Throws a 400 for a text that is none of ours. */
export function readContinueToken(text: string): { after: string; revision?: number } {
  let token: unknown;
  try {
    token = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch (error) {
    throw badRequest(`invalid continue token: continue key is not valid: ${jsonProblem(error)}`);
  }
  if (!isJsonObject(token) || token.v !== 'meta.k8s.io/v1')
    throw badRequest('invalid continue token: continue key is not valid: incorrect encoded version');
  const { rv, start } = token;
  if (typeof start !== 'string' || typeof rv !== 'number' || rv === 0 || !Number.isSafeInteger(rv))
    throw badRequest('invalid continue token: continue key is not valid: incorrect encoded start');
  return { after: start.replace(/\0$/, ''), ...(rv > 0 ? { revision: rv } : {}) };
}
