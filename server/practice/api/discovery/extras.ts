/** What the API serves beside its kinds and their status and scale: subresources, and the kinds that are only asked. */
export interface ExtraResource {
  group: string;
  version: string;
  /** `pods/exec`, or a plural. */
  name: string;
  singular: string;
  namespaced: boolean;
  kind: string;
  /** Where the answer's kind lives, when in another group. */
  kindGroup?: string;
  kindVersion?: string;
  verbs: string[];
}

const everyMethod = ['create', 'delete', 'get', 'patch', 'update'];
const stream = ['create', 'get'];

function core(name: string, kind: string, verbs: string[], more: Partial<ExtraResource> = {}): ExtraResource {
  return { group: '', version: 'v1', name, singular: '', namespaced: true, kind, verbs, ...more };
}

function review(group: string, kind: string, namespaced = false): ExtraResource {
  const singular = kind.toLowerCase();
  return { group, version: 'v1', name: `${singular}s`, singular, namespaced, kind, verbs: ['create'] };
}

export const extraResources: ExtraResource[] = [
  core('bindings', 'Binding', ['create'], { singular: 'binding' }),
  core('namespaces/finalize', 'Namespace', ['update'], { namespaced: false }),
  core('nodes/proxy', 'NodeProxyOptions', everyMethod, { namespaced: false }),
  core('pods/attach', 'PodAttachOptions', stream),
  core('pods/binding', 'Binding', ['create']),
  core('pods/eviction', 'Eviction', ['create'], { kindGroup: 'policy', kindVersion: 'v1' }),
  core('pods/exec', 'PodExecOptions', stream),
  core('pods/log', 'Pod', ['get']),
  core('pods/portforward', 'PodPortForwardOptions', stream),
  core('pods/proxy', 'PodProxyOptions', everyMethod),
  core('serviceaccounts/token', 'TokenRequest', ['create'], {
    kindGroup: 'authentication.k8s.io',
    kindVersion: 'v1',
  }),
  core('services/proxy', 'ServiceProxyOptions', everyMethod),
  review('authentication.k8s.io', 'SelfSubjectReview'),
  review('authentication.k8s.io', 'TokenReview'),
  review('authorization.k8s.io', 'LocalSubjectAccessReview', true),
  review('authorization.k8s.io', 'SelfSubjectAccessReview'),
  review('authorization.k8s.io', 'SelfSubjectRulesReview'),
  review('authorization.k8s.io', 'SubjectAccessReview'),
];
