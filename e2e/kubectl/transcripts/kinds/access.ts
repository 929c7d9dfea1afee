import type { Subject } from '../subject';

const group = 'rbac.authorization.k8s.io';
const of = (kind: string) => ({ apiVersion: `${group}/v1`, kind, metadata: { name: 'one' } });
const account = { kind: 'ServiceAccount', name: 'default', namespace: 'with-rolebindings' };
const students = { kind: 'Group', apiGroup: group, name: 'students' };
const read = { apiGroups: [''], resources: ['pods', 'services'], verbs: ['get', 'list'] };
const scale = { apiGroups: ['apps'], resources: ['statefulsets/scale'], resourceNames: ['web'], verbs: ['*'] };

/** Roles, and who has them. */
export const access: readonly Subject[] = [
  {
    resource: 'roles',
    object: { ...of('Role'), rules: [read] },
    changed: { ...of('Role'), rules: [read, scale] },
    invalid: { ...of('Role'), rules: [{ apiGroups: [''], verbs: [], nonResourceURLs: ['/healthz'] }] },
    more: {
      create: ['kubectl create role two --verb=get,list --resource=pods,deployments.apps --resource-name=web -o yaml'],
      describe: ['kubectl describe roles two'],
      delete: ['kubectl delete role two'],
    },
  },
  {
    resource: 'rolebindings',
    object: { ...of('RoleBinding'), roleRef: { apiGroup: group, kind: 'Role', name: 'one' }, subjects: [account] },
    changed: {
      ...of('RoleBinding'),
      roleRef: { apiGroup: group, kind: 'Role', name: 'one' },
      subjects: [account, students],
    },
    invalid: { ...of('RoleBinding'), roleRef: { apiGroup: group, kind: 'Pod', name: '' }, subjects: [{ kind: 'Cat' }] },
    more: {
      create: ['kubectl create rolebinding two --clusterrole=view --user=eve --serviceaccount=default:default'],
      get: ['kubectl get rolebindings -o wide', 'kubectl auth can-i list pods --as=eve'],
      set: ['kubectl set subject rolebinding one --group=teachers'],
      patch: [`kubectl patch rolebinding one -p '{"roleRef":{"name":"other"}}'`],
      delete: ['kubectl delete rolebinding two'],
    },
  },
  {
    resource: 'clusterroles',
    clusterScoped: true,
    object: { ...of('ClusterRole'), rules: [scale, { nonResourceURLs: ['/healthz'], verbs: ['get'] }] },
    changed: { ...of('ClusterRole'), rules: [scale, read] },
    invalid: { ...of('ClusterRole'), rules: [{ resources: ['pods'], verbs: ['get'] }] },
    more: {
      get: ['kubectl get clusterrole view edit admin cluster-admin'],
      create: [
        'kubectl create clusterrole both --aggregation-rule=part=of-both',
        'kubectl label clusterrole one part=of-both',
        `kubectl wait clusterrole/both --for=jsonpath='{.rules[0].resources[0]}'=statefulsets/scale --timeout=20s`,
      ],
      // What `view` and the like hold is that of the kinds that are served: docs/practice-cluster.md.
      describe: ['kubectl describe clusterrole cluster-admin', 'kubectl describe clusterrole both'],
      delete: ['kubectl delete clusterrole both'],
    },
  },
  {
    resource: 'clusterrolebindings',
    clusterScoped: true,
    object: {
      ...of('ClusterRoleBinding'),
      roleRef: { apiGroup: group, kind: 'ClusterRole', name: 'one' },
      subjects: [students],
    },
    changed: {
      ...of('ClusterRoleBinding'),
      roleRef: { apiGroup: group, kind: 'ClusterRole', name: 'one' },
      subjects: [students, { kind: 'User', apiGroup: group, name: 'eve' }],
    },
    invalid: {
      ...of('ClusterRoleBinding'),
      roleRef: { apiGroup: group, kind: 'Role', name: 'one' },
      subjects: [{ kind: 'ServiceAccount', name: 'x' }],
    },
    more: {
      describe: ['kubectl describe clusterrolebinding cluster-admin'],
    },
  },
];
