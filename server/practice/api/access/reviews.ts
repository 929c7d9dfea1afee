import { timestamp, type Clock } from '../../clock';
import { StatusError } from '../../status';
import { badRequest } from '../errors';
import { issuer, type Tokens } from './tokens';
import type { AccessRequest, Authorizer, User } from './user';

/**
 * The kinds that are only asked, never kept: a POST of one comes back with its status filled in. `kubectl auth can-i` and
 * `kubectl auth whoami` are made of them.
 */
export interface Review {
  group: string;
  version: string;
  resource: string;
  kind: string;
  namespaced: boolean;
  /** Returns the object with its status. Throws 400 and 422 as `StatusError`. */
  answer(object: ReviewObject, user: User, namespace?: string): ReviewObject;
}

export interface ReviewObject {
  apiVersion?: string;
  kind?: string;
  metadata?: Record<string, unknown>;
  spec?: ReviewSpec;
  status?: unknown;
}

interface ReviewSpec {
  resourceAttributes?: ResourceAttributes;
  nonResourceAttributes?: { path?: string; verb?: string };
  user?: string;
  uid?: string;
  groups?: string[];
  namespace?: string;
  token?: string;
  audiences?: string[];
}

interface ResourceAttributes {
  namespace?: string;
  verb?: string;
  group?: string;
  version?: string;
  resource?: string;
  subresource?: string;
  name?: string;
}

interface ReviewsOptions {
  authorizer: Authorizer;
  tokens: Tokens;
  clock: Clock;
}

export function createReviews({ authorizer, tokens, clock }: ReviewsOptions): Review[] {
  const authorization = { group: 'authorization.k8s.io', version: 'v1' };
  const authentication = { group: 'authentication.k8s.io', version: 'v1' };
  const decide = (object: ReviewObject, user: User, namespace?: string): ReviewObject => {
    const spec = object.spec ?? {};
    const { allowed, reason } = authorizer.authorize(user, requestOf(spec, namespace));
    return { ...object, status: { allowed, ...(reason ? { reason } : {}) } };
  };
  return [
    {
      ...authorization,
      resource: 'selfsubjectaccessreviews',
      kind: 'SelfSubjectAccessReview',
      namespaced: false,
      answer: (object, user) => decide(object, user),
    },
    {
      ...authorization,
      resource: 'subjectaccessreviews',
      kind: 'SubjectAccessReview',
      namespaced: false,
      answer: (object) => decide(object, subjectOf(object)),
    },
    {
      ...authorization,
      resource: 'localsubjectaccessreviews',
      kind: 'LocalSubjectAccessReview',
      namespaced: true,
      answer: (object, _user, namespace) => decide(object, subjectOf(object), namespace),
    },
    {
      ...authorization,
      resource: 'selfsubjectrulesreviews',
      kind: 'SelfSubjectRulesReview',
      namespaced: false,
      answer({ spec: { namespace = '' } = {}, ...object }, user) {
        if (namespace === '') throw badRequest('no namespace on request');
        return { ...object, spec: {}, status: rulesStatus(authorizer, user, namespace) };
      },
    },
    {
      ...authentication,
      resource: 'selfsubjectreviews',
      kind: 'SelfSubjectReview',
      namespaced: false,
      answer: (object, user) => {
        const metadata = { ...object.metadata, creationTimestamp: timestamp(clock.now()) };
        return { ...object, metadata, status: { userInfo: infoOf(user) } };
      },
    },
    {
      ...authentication,
      resource: 'tokenreviews',
      kind: 'TokenReview',
      namespaced: false,
      answer(object) {
        if (!object.spec?.token) throw badRequest('token is required for TokenReview in authentication');
        return { ...object, status: tokenStatus(tokens, object.spec) };
      },
    },
  ];
}

function subjectOf(object: ReviewObject): User {
  const { user = '', uid, groups = [] } = object.spec ?? {};
  if (user === '' && groups.length === 0)
    throw invalidReview('spec.user', '""', 'at least one of user or group must be specified');
  return { name: user, uid, groups };
}

/** pkg/apis/authorization/validation. */
function requestOf(spec: ReviewSpec, namespace?: string): AccessRequest {
  const { resourceAttributes: r, nonResourceAttributes: n } = spec;
  if (r && n) {
    const value = JSON.stringify({ Path: n.path ?? '', Verb: n.verb ?? '' });
    throw invalidReview(
      'spec.nonResourceAttributes',
      value,
      'cannot be specified in combination with resourceAttributes',
    );
  }
  if (!r && !n) {
    const why = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
    throw invalidReview('spec.resourceAttributes', 'null', why);
  }
  if (n) return { verb: n.verb ?? '', path: n.path ?? '' };
  const said = r?.namespace ?? '';
  if (namespace !== undefined && said !== namespace)
    throw invalidReview('spec.resourceAttributes.namespace', JSON.stringify(said), 'must match metadata.namespace');
  return {
    verb: r?.verb ?? '',
    group: r?.group ?? '',
    version: r?.version,
    resource: r?.resource ?? '',
    subresource: r?.subresource || undefined,
    name: r?.name,
    namespace: said || undefined,
  };
}

/** Upstream refuses them by a kind that it has emptied before, so that the message begins with the dot of the group. */
function invalidReview(field: string, value: string, why: string): StatusError {
  const message = `Invalid value: ${value}: ${why}`;
  return new StatusError(422, 'Invalid', `.authorization.k8s.io "" is invalid: ${field}: ${message}`, {
    group: 'authorization.k8s.io',
    causes: [{ reason: 'FieldValueInvalid', message, field }],
  });
}

function rulesStatus(authorizer: Authorizer, user: User, namespace: string) {
  const rules = authorizer.rulesFor(user, namespace);
  return {
    resourceRules: rules
      .filter((rule) => (rule.resources ?? []).length > 0)
      .map(({ verbs, apiGroups, resources, resourceNames }) => ({
        verbs,
        apiGroups,
        resources,
        ...(resourceNames ? { resourceNames } : {}),
      })),
    nonResourceRules: rules
      .filter((rule) => (rule.nonResourceURLs ?? []).length > 0)
      .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
    incomplete: false,
  };
}

function infoOf(user: User) {
  return {
    username: user.name,
    ...(user.uid ? { uid: user.uid } : {}),
    groups: user.groups,
    ...(user.extra ? { extra: user.extra } : {}),
  };
}

function tokenStatus(tokens: Tokens, spec: ReviewSpec = {}) {
  const user = tokens.userOf(spec.token ?? '');
  if (!user) return { user: {}, error: 'invalid bearer token' };
  return { authenticated: true, user: infoOf(user), audiences: spec.audiences ?? [issuer] };
}
