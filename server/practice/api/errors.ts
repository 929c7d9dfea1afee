import type { StatusCause } from '../../../lib/kubernetes/status';
import { StatusError } from '../status';
import { fieldMessage, type FieldError } from './fieldError';

/**
 * Kubernetes' answers, in the words of k8s.io/apimachinery/pkg/api/errors: kubectl and people's scripts match on them.
 */
export interface Named {
  group: string;
  plural: string;
  kind: string;
}

/** `statefulsets.apps`, or `pods` in the core group. */
export function qualifiedResource(kind: { group: string; plural: string }): string {
  return kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`;
}

/** `StatefulSet.apps`, or `Pod` in the core group. */
export function qualifiedKind(kind: { group: string; kind: string }): string {
  return kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`;
}

function detailsOf(kind: { group: string; plural: string }, name: string) {
  return { ...(name ? { name } : {}), ...(kind.group ? { group: kind.group } : {}), kind: kind.plural };
}

export function notFoundError(kind: { group: string; plural: string }, name: string): StatusError {
  const message = `${qualifiedResource(kind)} ${quoted(name)} not found`;
  return new StatusError(404, 'NotFound', message, detailsOf(kind, name));
}

export function alreadyExistsError(kind: Named, name: string): StatusError {
  const message = `${qualifiedResource(kind)} ${quoted(name)} already exists`;
  return new StatusError(409, 'AlreadyExists', message, detailsOf(kind, name));
}

/** Eight generated names in a row were taken. */
export function generateNameError(kind: Named, name: string): StatusError {
  const message = `${qualifiedResource(kind)} ${quoted(name)} already exists, the server was not able to generate a unique name for the object`;
  return new StatusError(409, 'AlreadyExists', message, { ...detailsOf(kind, name), retryAfterSeconds: 1 });
}

export function conflictError(kind: { group: string; plural: string }, name: string, why: string): StatusError {
  const message = `Operation cannot be fulfilled on ${qualifiedResource(kind)} ${quoted(name)}: ${why}`;
  return new StatusError(409, 'Conflict', message, detailsOf(kind, name));
}

export const staleObject =
  'the object has been modified; please apply your changes to the latest version and try again';

export function forbiddenError(
  kind: { group: string; plural: string },
  name: string,
  why: string,
  causes?: StatusCause[],
): StatusError {
  const subject = name === '' ? qualifiedResource(kind) : `${qualifiedResource(kind)} ${quoted(name)}`;
  const details = { ...detailsOf(kind, name), ...(causes ? { causes } : {}) };
  return new StatusError(403, 'Forbidden', `${subject} is forbidden: ${why}`, details);
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

export function invalidError(kind: { group: string; kind: string }, name: string, errors: FieldError[]): StatusError {
  const causes = errors.map((e) => ({ reason: e.type, message: e.body, field: e.field }));
  const named = { ...(name ? { name } : {}), ...(kind.group ? { group: kind.group } : {}) };
  const details = { ...named, ...(kind.kind ? { kind: kind.kind } : {}), causes };
  const message = `${qualifiedKind(kind)} ${quoted(name)} is invalid: ${aggregated(errors.map(fieldMessage))}`;
  return new StatusError(422, 'Invalid', message, details);
}

/** k8s.io/apimachinery/pkg/util/errors: one message stands alone, several in brackets, repeated ones once. */
export function aggregated(messages: string[]): string {
  const distinct = [...new Set(messages)];
  return distinct.length === 1 ? (distinct[0] ?? '') : `[${distinct.join(', ')}]`;
}

export function methodNotAllowed(): StatusError {
  const message = 'the server does not allow this method on the requested resource';
  return new StatusError(405, 'MethodNotAllowed', message, {});
}

/** A resource or subresource that is not there, in a group that is. */
export function notServed(): StatusError {
  return new StatusError(404, 'NotFound', 'the server could not find the requested resource', {});
}

/** The watch or list starts before what is remembered. */
export function expiredError(message: string, metadata: Record<string, unknown> = {}): StatusError {
  return new StatusError(410, 'Expired', message, undefined, metadata);
}

/** A resourceVersion that has not happened yet. */
export function futureVersionError(asked: number, current: number): StatusError {
  const cause = { reason: 'ResourceVersionTooLarge', message: 'Too large resource version' };
  const message = `Timeout: Too large resource version: ${asked}, current: ${current}`;
  return new StatusError(504, 'Timeout', message, { causes: [cause], retryAfterSeconds: 1 });
}

export function internalError(message: string): StatusError {
  return new StatusError(500, 'InternalError', `Internal error occurred: ${message}`, { causes: [{ message }] });
}

/** Errors that upstream's storage layer returns unwrapped have no reason, only a message. */
export function plainError(message: string): StatusError {
  return new StatusError(500, '', message);
}

export function tooLarge(message: string): StatusError {
  return new StatusError(413, 'RequestEntityTooLarge', `Request entity too large: ${message}`);
}

export function unsupportedMediaType(accepted: string[]): StatusError {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`;
  return new StatusError(415, 'UnsupportedMediaType', message);
}

export function notAcceptable(accepted: string[]): StatusError {
  const message = `406: Not Acceptable\n\nAvailable representations: ${accepted.join(', ')}`;
  return new StatusError(406, 'NotAcceptable', message, {});
}

/** The media type is fine, but what was asked for cannot be shown in it. */
export function notShowable(message: string): StatusError {
  return new StatusError(406, 'NotAcceptable', message);
}

/** What a programming error becomes on its way to a client. */
export function asStatusError(error: unknown): StatusError {
  if (error instanceof StatusError) return error;
  return internalError(error instanceof Error ? error.message : String(error));
}

/** Go's %q, near enough for names: control characters and quotes are escaped. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** The package of upstream's internal type: `apps`, or `core`; some messages print it. */
export function goPackage({ group }: { group: string }): string {
  return group === '' ? 'core' : (group.split('.')[0] ?? '');
}
