/**
 * Every failure a person can meet, as it travels from the server to the page. `message` is complete and says what to do
 * next; Kubernetes' own message, reason and code are kept when the cluster said no.
 */
export interface LabError {
  kind: LabErrorKind;
  message: string;
  reason?: string;
  code?: number;
}

export type LabErrorKind =
  /** The request itself is wrong: a bad path, number or name. */
  | 'invalid'
  /** The cluster refused the object (422). */
  | 'rejected'
  | 'forbidden'
  | 'unauthenticated'
  | 'notFound'
  | 'conflict'
  | 'tooLarge'
  /** The cluster does not answer. */
  | 'unreachable'
  | 'timeout'
  /** The command in the pod failed: no such folder, disk full. */
  | 'failed'
  | 'internal';
