import type { ClusterRole, ClusterRoleBinding, PolicyRule } from '../../../../lib/kubernetes/access';

/**
 * The roles that every cluster has, as far as the kinds served here need them: cluster-admin, the aggregated admin, edit and
 * view, and what any signed-in user may ask (k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac/bootstrappolicy).
 */
const read = ['get', 'list', 'watch'];
const write = ['create', 'delete', 'deletecollection', 'patch', 'update'];
const bootstrapping = { 'kubernetes.io/bootstrapping': 'rbac-defaults' };
const autoupdate = { 'rbac.authorization.kubernetes.io/autoupdate': 'true' };

const viewed: PolicyRule[] = [
  {
    verbs: read,
    apiGroups: [''],
    resources: [
      'bindings',
      'configmaps',
      'endpoints',
      'events',
      'limitranges',
      'namespaces',
      'namespaces/status',
      'persistentvolumeclaims',
      'persistentvolumeclaims/status',
      'pods',
      'pods/log',
      'pods/status',
      'replicationcontrollers',
      'replicationcontrollers/scale',
      'replicationcontrollers/status',
      'resourcequotas',
      'resourcequotas/status',
      'serviceaccounts',
      'services',
      'services/status',
    ],
  },
  {
    verbs: read,
    apiGroups: ['apps'],
    resources: [
      'controllerrevisions',
      'daemonsets',
      'daemonsets/status',
      'deployments',
      'deployments/scale',
      'deployments/status',
      'replicasets',
      'replicasets/scale',
      'replicasets/status',
      'statefulsets',
      'statefulsets/scale',
      'statefulsets/status',
    ],
  },
  { verbs: read, apiGroups: ['batch'], resources: ['cronjobs', 'cronjobs/status', 'jobs', 'jobs/status'] },
  { verbs: read, apiGroups: ['events.k8s.io'], resources: ['events'] },
  {
    verbs: read,
    apiGroups: ['policy'],
    resources: ['poddisruptionbudgets', 'poddisruptionbudgets/status'],
  },
  { verbs: read, apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'] },
];

const edited: PolicyRule[] = [
  {
    verbs: read,
    apiGroups: [''],
    resources: ['pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy', 'secrets', 'services/proxy'],
  },
  { verbs: ['impersonate'], apiGroups: [''], resources: ['serviceaccounts'] },
  {
    verbs: write,
    apiGroups: [''],
    resources: ['pods', 'pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy'],
  },
  { verbs: ['create'], apiGroups: [''], resources: ['pods/eviction', 'serviceaccounts/token'] },
  {
    verbs: write,
    apiGroups: [''],
    resources: [
      'configmaps',
      'events',
      'persistentvolumeclaims',
      'replicationcontrollers',
      'replicationcontrollers/scale',
      'secrets',
      'serviceaccounts',
      'services',
      'services/proxy',
    ],
  },
  {
    verbs: write,
    apiGroups: ['apps'],
    resources: [
      'daemonsets',
      'deployments',
      'deployments/scale',
      'replicasets',
      'replicasets/scale',
      'statefulsets',
      'statefulsets/scale',
    ],
  },
  { verbs: write, apiGroups: ['batch'], resources: ['cronjobs', 'jobs'] },
  { verbs: write, apiGroups: ['events.k8s.io'], resources: ['events'] },
  { verbs: write, apiGroups: ['policy'], resources: ['poddisruptionbudgets'] },
  {
    verbs: [...read, ...write],
    apiGroups: ['coordination.k8s.io'],
    resources: ['leases'],
  },
];

const administered: PolicyRule[] = [
  { verbs: ['create'], apiGroups: ['authorization.k8s.io'], resources: ['localsubjectaccessreviews'] },
  {
    verbs: [...read, ...write],
    apiGroups: ['rbac.authorization.k8s.io'],
    resources: ['rolebindings', 'roles'],
  },
];

/** `view` is made of its own rules; `edit` takes those of `view` in as well; `admin` those of both. */
function aggregated(name: string, into: string | undefined, rules: PolicyRule[]): ClusterRole[] {
  const key = (role: string) => `rbac.authorization.k8s.io/aggregate-to-${role}`;
  return [
    role(name, [], {
      labels: into ? { [key(into)]: 'true' } : {},
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [key(name)]: 'true' } }] },
    }),
    role(`system:aggregate-to-${name}`, rules, { labels: { [key(name)]: 'true' } }),
  ];
}

function role(
  name: string,
  rules: PolicyRule[],
  more: { labels?: Record<string, string>; aggregationRule?: ClusterRole['aggregationRule'] } = {},
): ClusterRole {
  return {
    metadata: { name, labels: { ...bootstrapping, ...more.labels }, annotations: autoupdate },
    ...(more.aggregationRule ? { aggregationRule: more.aggregationRule } : {}),
    rules,
  };
}

function binding(name: string, to: string, groups: string[]): ClusterRoleBinding {
  return {
    metadata: { name, labels: bootstrapping, annotations: autoupdate },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: to },
    subjects: groups.map((group) => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group' as const, name: group })),
  };
}

const selfReviews: PolicyRule[] = [
  {
    verbs: ['create'],
    apiGroups: ['authorization.k8s.io'],
    resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
  },
  { verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'] },
];
const healthPaths = ['/healthz', '/livez', '/readyz', '/version', '/version/'];
const discoveryPaths = ['/api', '/api/*', '/apis', '/apis/*', '/openapi', '/openapi/*'];

export const bootstrapClusterRoles: ClusterRole[] = [
  role('cluster-admin', [
    { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
    { verbs: ['*'], nonResourceURLs: ['*'] },
  ]),
  ...aggregated('admin', undefined, administered),
  ...aggregated('edit', 'admin', edited),
  ...aggregated('view', 'edit', viewed),
  role('system:basic-user', selfReviews),
  role('system:discovery', [{ verbs: ['get'], nonResourceURLs: [...healthPaths, ...discoveryPaths] }]),
  role('system:public-info-viewer', [{ verbs: ['get'], nonResourceURLs: healthPaths }]),
];

const signedIn = 'system:authenticated';

export const bootstrapClusterRoleBindings: ClusterRoleBinding[] = [
  binding('cluster-admin', 'cluster-admin', ['system:masters']),
  binding('system:basic-user', 'system:basic-user', [signedIn]),
  binding('system:discovery', 'system:discovery', [signedIn]),
  binding('system:public-info-viewer', 'system:public-info-viewer', [signedIn, 'system:unauthenticated']),
];
