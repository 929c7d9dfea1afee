import { StatusError } from '../../status';
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

export function createReviews({ authorizer, tokens }: { authorizer: Authorizer; tokens: Tokens }): Review[] {
  const authorization = { group: 'authorization.k8s.io', version: 'v1' };
  const authentication = { group: 'authentication.k8s.io', version: 'v1' };
  const decide = (object: ReviewObject, user: User, namespace?: string): ReviewObject => {
    const spec = object.spec ?? {};
    const { allowed, reason } = authorizer.authorize(user, requestOf(object.kind ?? '', spec, namespace));
    return { ...filled(object), status: { allowed, ...(reason ? { reason } : {}) } };
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
      answer: (object, user) => ({
        ...filled(object),
        status: rulesStatus(authorizer, user, object.spec?.namespace ?? ''),
      }),
    },
    {
      ...authentication,
      resource: 'selfsubjectreviews',
      kind: 'SelfSubjectReview',
      namespaced: false,
      answer: (object, user) => ({ ...filled(object), status: { userInfo: infoOf(user) } }),
    },
    {
      ...authentication,
      resource: 'tokenreviews',
      kind: 'TokenReview',
      namespaced: false,
      answer: (object) => ({ ...filled(object), status: tokenStatus(tokens, object.spec) }),
    },
  ];
}

function filled(object: ReviewObject): ReviewObject {
  return { ...object, metadata: { ...object.metadata, creationTimestamp: null } };
}

function subjectOf(object: ReviewObject): User {
  const { user = '', uid, groups = [] } = object.spec ?? {};
  if (user === '' && groups.length === 0) {
    throw invalidReview(object, 'spec.user', 'Invalid value: at least one of user or group must be specified');
  }
  return { name: user, uid, groups };
}

function requestOf(kind: string, spec: ReviewSpec, namespace?: string): AccessRequest {
  const { resourceAttributes: r, nonResourceAttributes: n } = spec;
  if ((r === undefined) === (n === undefined)) {
    throw invalidReview(
      { kind },
      r ? 'spec.nonResourceAttributes' : 'spec.resourceAttributes',
      `Invalid value: ${r ? 'cannot be specified in combination with resourceAttributes' : 'exactly one of nonResourceAttributes or resourceAttributes must be specified'}`,
    );
  }
  if (n) return { verb: n.verb ?? '', path: n.path ?? '' };
  const asked = namespace ?? r?.namespace;
  return {
    verb: r?.verb ?? '',
    group: r?.group ?? '',
    version: r?.version,
    resource: r?.resource ?? '',
    subresource: r?.subresource || undefined,
    name: r?.name,
    namespace: asked || undefined,
  };
}

function invalidReview(object: ReviewObject, field: string, body: string): StatusError {
  const kind = `${object.kind}.authorization.k8s.io`;
  return new StatusError(422, 'Invalid', `${kind} "" is invalid: ${field}: ${body}`, {
    group: 'authorization.k8s.io',
    kind: object.kind,
    causes: [{ reason: 'FieldValueInvalid', message: body, field }],
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
  if (!user) return { user: {}, error: '[invalid bearer token]' };
  return { authenticated: true, user: infoOf(user), audiences: spec.audiences ?? [issuer] };
}
