import type { AccessRequest, User } from './access/user';
import type { Core } from './core';
import { forbiddenError } from './errors';
import { StatusError } from '../status';

type ResourceAccess = Extract<AccessRequest, { resource: string }>;

/** Throws the 403 that kubectl prints, in the words of apiserver's responsewriters/errors.go. */
export function authorize(core: Core, user: User, request: AccessRequest): void {
  const decision = core.authorizer.authorize(user, request);
  if (decision.allowed) return;
  const because = decision.reason === '' ? '' : `: ${decision.reason}`;
  if ('path' in request) {
    const message = `forbidden: User ${JSON.stringify(user.name)} cannot ${request.verb} path ${JSON.stringify(request.path)}${because}`;
    throw new StatusError(403, 'Forbidden', message, {});
  }
  const kind = { group: request.group, plural: request.resource };
  throw forbiddenError(kind, request.name ?? '', `${forbiddenWords(user, request)}${because}`);
}

function forbiddenWords(user: User, request: ResourceAccess): string {
  const resource = request.subresource ? `${request.resource}/${request.subresource}` : request.resource;
  const where = request.namespace ? `in the namespace ${JSON.stringify(request.namespace)}` : 'at the cluster scope';
  return `User ${JSON.stringify(user.name)} cannot ${request.verb} resource ${JSON.stringify(resource)} in API group ${JSON.stringify(request.group)} ${where}`;
}
