import type { Status, StatusDetails, StatusReason } from '../../lib/kubernetes/status';

/**
 * Every failure inside the practice cluster that a client may see. It carries Kubernetes' own code, reason and message,
 * so that the API turns it into a `Status` without knowing where it came from.
 */
export class StatusError extends Error {
  constructor(
    readonly code: number,
    readonly reason: StatusReason,
    message: string,
    readonly details?: StatusDetails,
    /** Extra `metadata` of the Status, as the expired-continue answer carries a fresh token. */
    readonly metadata: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'StatusError';
  }

  toStatus(): Status {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: this.metadata,
      status: 'Failure',
      message: this.message,
      ...(this.reason === '' ? {} : { reason: this.reason }),
      ...(this.details ? { details: this.details } : {}),
      code: this.code,
    };
  }
}

export function hasReason(error: unknown, reason: StatusReason): error is StatusError {
  return error instanceof StatusError && error.reason === reason;
}

export const isNotFound = (error: unknown) => hasReason(error, 'NotFound');
export const isConflict = (error: unknown) => hasReason(error, 'Conflict');
export const isAlreadyExists = (error: unknown) => hasReason(error, 'AlreadyExists');
