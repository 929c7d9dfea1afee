import type { ServerResponse } from 'node:http';
import { InvalidRequest } from '../../lib/actions/parse';
import type { LabError, LabErrorKind } from '../../lib/errors';
import { ClusterError } from '../kubernetes/errors';
import { log, wordsOf } from '../log';

/** A refusal of ours, as a status and words. */
export class HttpError extends Error implements LabError {
  constructor(
    readonly kind: LabErrorKind,
    message: string,
    readonly code: number,
  ) {
    super(message);
    this.name = 'HttpError';
  }
}

export function answerJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  });
  response.end(body);
}

export function answerError(response: ServerResponse, error: unknown): void {
  const told = labErrorOf(error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  answerJson(response, statusOf(told), told);
}

const statuses: Record<LabErrorKind, number> = {
  invalid: 400,
  rejected: 422,
  forbidden: 403,
  unauthenticated: 401,
  notFound: 404,
  conflict: 409,
  tooLarge: 413,
  unreachable: 502,
  timeout: 504,
  failed: 422,
  internal: 500,
};

/** The cluster's own code where it is a client's error; the cluster being away is not this server's failure. */
function statusOf(error: LabError): number {
  if (error.code !== undefined && error.code >= 400 && error.code < 500 && error.code !== 401) return error.code;
  return statuses[error.kind];
}

function labErrorOf(error: unknown): LabError {
  if (error instanceof ClusterError) return error.toJSON();
  if (error instanceof HttpError) return { kind: error.kind, message: error.message, code: error.code };
  if (error instanceof InvalidRequest) return { kind: error.kind, message: error.message };
  log.warn(`a request failed: ${wordsOf(error)}`);
  return { kind: 'internal', message: "The dashboard's server failed at this; its log says more." };
}
