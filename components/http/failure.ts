import type { LabError, LabErrorKind } from '../../lib/errors';

const kinds: readonly LabErrorKind[] = [
  'invalid',
  'rejected',
  'forbidden',
  'unauthenticated',
  'notFound',
  'conflict',
  'tooLarge',
  'unreachable',
  'timeout',
  'failed',
  'internal',
];

/** From an answer that was not a success: the server's own words where it gave some. */
export async function failureOf(response: Response): Promise<LabError> {
  const body: unknown = await response.json().catch(() => undefined);
  const kind = kinds.find((candidate) => candidate === field(body, 'kind'));
  const message = field(body, 'message');
  if (kind === undefined || typeof message !== 'string') {
    const text = `The dashboard's server answered with HTTP status ${response.status}.`;
    return { kind: response.status === 413 ? 'tooLarge' : 'internal', message: text, code: response.status };
  }
  const error: LabError = { kind, message };
  const reason = field(body, 'reason');
  const code = field(body, 'code');
  if (typeof reason === 'string') error.reason = reason;
  if (typeof code === 'number') error.code = code;
  return error;
}

/** From a fetch that never got an answer. */
export function failureOfFetch(cause: unknown): LabError {
  const words = cause instanceof Error ? cause.message : String(cause);
  return { kind: 'unreachable', message: `The dashboard's server does not answer: ${words}` };
}

export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
