import type { JsonObject } from '../../../parity/json';
import type { Subject } from '../subject';

const authorization = (kind: string, spec: JsonObject): JsonObject => ({
  apiVersion: 'authorization.k8s.io/v1',
  kind,
  metadata: {},
  spec,
});
const attributes = { namespace: 'default', verb: 'delete', resource: 'pods' };

/** Questions to the API: they are answered when they are created, and never kept. */
export const reviews: readonly Subject[] = [
  {
    resource: 'selfsubjectreviews',
    isQuestion: true,
    object: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview', metadata: {} },
    also: {
      'auth whoami': [
        'kubectl auth whoami --as=eve --as-group=students',
        'kubectl auth whoami --as=system:serviceaccount:$NS:default -o yaml',
      ],
    },
  },
  {
    resource: 'tokenreviews',
    isQuestion: true,
    object: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', metadata: {}, spec: { token: 'unknown' } },
    invalid: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', metadata: {}, spec: {} },
  },
  {
    resource: 'subjectaccessreviews',
    isQuestion: true,
    object: authorization('SubjectAccessReview', { user: 'eve', resourceAttributes: attributes }),
    invalid: authorization('SubjectAccessReview', { user: 'eve' }),
  },
  {
    resource: 'localsubjectaccessreviews',
    isQuestion: true,
    object: authorization('LocalSubjectAccessReview', {
      user: 'eve',
      resourceAttributes: { ...attributes, namespace: 'with-localsubjectaccessreviews' },
    }),
    invalid: authorization('LocalSubjectAccessReview', { user: 'eve', resourceAttributes: attributes }),
  },
  {
    resource: 'selfsubjectaccessreviews',
    isQuestion: true,
    object: authorization('SelfSubjectAccessReview', { resourceAttributes: attributes }),
    invalid: authorization('SelfSubjectAccessReview', {}),
    also: { 'auth can-i --list': ['kubectl auth can-i --list --as=eve', 'kubectl auth can-i nonsense pods'] },
  },
  {
    resource: 'selfsubjectrulesreviews',
    isQuestion: true,
    // Rules come in no order.
    filters: { create: 'sort' },
    object: authorization('SelfSubjectRulesReview', { namespace: 'default' }),
    invalid: authorization('SelfSubjectRulesReview', {}),
  },
  {
    resource: 'bindings',
    isQuestion: true,
    object: {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name: 'one' },
      target: { kind: 'Node', name: 'nobody' },
    },
    invalid: { apiVersion: 'v1', kind: 'Binding', metadata: { name: 'one' }, target: { kind: 'Pod' } },
  },
];
