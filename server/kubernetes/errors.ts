import type { LabError, LabErrorKind } from '../../lib/errors';
import { listAt, numberAt, parseJson, textAt } from './json';

/** A failure on the way to the cluster, or the cluster's refusal with its own message, reason and code. */
export class ClusterError extends Error implements LabError {
  constructor(
    readonly kind: LabErrorKind,
    message: string,
    readonly reason?: string,
    readonly code?: number,
    /** What the server asked for before the next try. */
    readonly retryAfterMs?: number,
  ) {
    super(message);
    this.name = 'ClusterError';
  }

  toJSON(): LabError {
    return {
      kind: this.kind,
      message: this.message,
      ...(this.reason === undefined ? {} : { reason: this.reason }),
      ...(this.code === undefined ? {} : { code: this.code }),
    };
  }
}

const kinds: Record<number, LabErrorKind> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'notFound',
  405: 'invalid',
  408: 'timeout',
  409: 'conflict',
  410: 'conflict',
  413: 'tooLarge',
  415: 'invalid',
  422: 'rejected',
  429: 'unreachable',
  500: 'internal',
  502: 'unreachable',
  503: 'unreachable',
  504: 'timeout',
};

/** From a `Status` (an HTTP answer's body, or the object of an ERROR event); from the code alone where there is none. */
export function errorFromStatus(status: unknown, httpCode: number, retryAfter?: string): ClusterError {
  const code = numberAt(status, 'code') ?? httpCode;
  const message = textAt(status, 'message') ?? `the cluster answered with HTTP status ${httpCode}`;
  const seconds = numberAt(status, 'details', 'retryAfterSeconds') ?? Number(retryAfter ?? Number.NaN);
  const tooLarge = listAt(status, 'details', 'causes').some((c) => textAt(c, 'reason') === 'ResourceVersionTooLarge');
  return new ClusterError(
    kinds[code] ?? 'internal',
    message,
    tooLarge ? 'ResourceVersionTooLarge' : textAt(status, 'reason'),
    code,
    Number.isFinite(seconds) ? seconds * 1000 : undefined,
  );
}

/** From the body of an answer that was not a success. A body that is no Status is quoted, cut to one line. */
export function errorFromBody(body: string, httpCode: number, retryAfter?: string): ClusterError {
  const status = parseJson(body);
  if (textAt(status, 'kind') === 'Status') return errorFromStatus(status, httpCode, retryAfter);
  const firstLine = body.trim().split('\n', 1)[0]?.slice(0, 300) ?? '';
  return errorFromStatus(firstLine === '' ? undefined : { message: firstLine }, httpCode, retryAfter);
}

/** From what Node threw: no route, refused, reset, bad certificate. */
export function errorFromNetwork(cause: unknown, server: string): ClusterError {
  if (cause instanceof ClusterError) return cause;
  const words = cause instanceof Error ? wordsOf(cause) : String(cause);
  return new ClusterError('unreachable', `The cluster at ${server} does not answer: ${words}`);
}

/** Node joins several failed addresses into an AggregateError whose own message is empty. */
function wordsOf(error: Error): string {
  if (error instanceof AggregateError) {
    return error.errors.map((inner) => (inner instanceof Error ? inner.message : String(inner))).join('; ');
  }
  return error.message === '' ? error.name : error.message;
}

/** What a watch cannot resume from: the revision is too old (410), or from another history (too large). */
export function isExpired(error: unknown): boolean {
  if (!(error instanceof ClusterError)) return false;
  return error.code === 410 || error.reason === 'Expired' || error.reason === 'ResourceVersionTooLarge';
}

export function isRefused(error: unknown): boolean {
  return error instanceof ClusterError && (error.code === 403 || error.code === 401);
}
