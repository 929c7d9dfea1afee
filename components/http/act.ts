import type { Accepted, Action, Result } from '../../lib/actions/contracts';
import { requestOf } from '../../lib/actions/request';
import { urlOf } from './base';
import { failureOf, failureOfFetch, field } from './failure';

/** Asks the server to do something. Never throws: what went wrong is in the result, in words. */
export async function act(action: Action): Promise<Result> {
  const { method, path, body } = requestOf(action);
  try {
    const response = await fetch(urlOf(path), {
      method,
      ...(body ? { body: bodyOf(body.content), headers: { 'Content-Type': body.type } } : {}),
    });
    if (!response.ok) return { ok: false, error: await failureOf(response) };
    const value: unknown = await response.json();
    if (isAccepted(value)) return { ok: true, value };
    return { ok: false, error: { kind: 'internal', message: "The dashboard's server gave an answer that is none." } };
  } catch (cause) {
    return { ok: false, error: failureOfFetch(cause) };
  }
}

/** A copy, because a view of a shared buffer is no body. */
function bodyOf(content: string | Uint8Array): BodyInit {
  return typeof content === 'string' ? content : new Uint8Array(content);
}

function isAccepted(value: unknown): value is Accepted {
  return Array.isArray(field(value, 'objects'));
}
