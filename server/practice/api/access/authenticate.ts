import type { IncomingHttpHeaders } from 'node:http';
import { StatusError } from '../../status';
import type { Tokens } from './tokens';
import type { Authorizer, User } from './user';

const anonymous: User = { name: 'system:anonymous', groups: ['system:unauthenticated'] };

/**
 * Who makes a request: by bearer token, else nobody in particular (`system:anonymous`, who may read /healthz and /version).
 * Impersonation headers are honoured for those whom RBAC lets impersonate.
 *
 * Throws 401 for a token that is not good, 403 for an impersonation that is not allowed.
 */
export function authenticate(headers: IncomingHttpHeaders, tokens: Tokens, authorizer: Authorizer): User {
  return impersonated(headers, ownUser(headers, tokens), authorizer);
}

function ownUser(headers: IncomingHttpHeaders, tokens: Tokens): User {
  const token = bearerToken(headers);
  if (token === undefined) return anonymous;
  const user = tokens.userOf(token);
  if (!user) throw new StatusError(401, 'Unauthorized', 'Unauthorized');
  return user;
}

/** The token in `Authorization`, or in the WebSocket subprotocol that browsers use in its place. */
function bearerToken(headers: IncomingHttpHeaders): string | undefined {
  const match = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '');
  if (match) return match[1];
  const prefix = 'base64url.bearer.authorization.k8s.io.';
  const protocol = (headers['sec-websocket-protocol'] ?? '').split(/,\s*/).find((p) => p.startsWith(prefix));
  return protocol && Buffer.from(protocol.slice(prefix.length), 'base64url').toString();
}

/** k8s.io/apiserver/pkg/endpoints/filters/impersonation.go: each part impersonated needs a grant of its own. */
function impersonated(headers: IncomingHttpHeaders, user: User, authorizer: Authorizer): User {
  const name = one(headers['impersonate-user']);
  const groups = many(headers['impersonate-group']);
  if (name === undefined) {
    if (groups.length > 0)
      throw new StatusError(500, 'InternalError', 'requested [{Group}] without impersonating a user');
    return user;
  }
  const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name);
  if (account) require(user, 'serviceaccounts', account[2] ?? '', authorizer, account[1]);
  else require(user, 'users', name, authorizer);
  for (const group of groups) require(user, 'groups', group, authorizer);
  const own = account ? ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`] : [];
  return { name, groups: [...new Set([...groups, ...own, 'system:authenticated'])] };
}

function require(user: User, resource: string, name: string, authorizer: Authorizer, namespace?: string): void {
  const { allowed } = authorizer.authorize(user, { verb: 'impersonate', group: '', resource, name, namespace });
  if (allowed) return;
  const where = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope';
  throw new StatusError(
    403,
    'Forbidden',
    `${resource} "${name}" is forbidden: User "${user.name}" cannot impersonate resource "${resource}" in API group "" ${where}`,
    { name, kind: resource },
  );
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

function many(header: string | string[] | undefined): string[] {
  if (header === undefined) return [];
  return Array.isArray(header) ? header : header.split(/,\s*/);
}
