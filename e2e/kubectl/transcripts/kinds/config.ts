import type { Subject } from '../subject';

const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one' } };
const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'one' } };
const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'one' } };
const limits = { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'one' } };
const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'one' } };

/** What is kept for others to read, and what bounds them. */
export const config: readonly Subject[] = [
  {
    resource: 'configmaps',
    object: { ...configMap, data: { color: 'blue', lines: 'first\nsecond\n' } },
    changed: { ...configMap, data: { color: 'red' }, binaryData: { bytes: '//4AeA==' } },
    invalid: { ...configMap, data: { 'not valid': 'x' }, immutable: 'yes' },
    patch: { data: { size: '3' } },
    more: {
      patch: [
        `kubectl patch cm two -p '{"immutable":true}'`,
        `kubectl patch cm two -p '{"data":{"color":"red"}}'`,
        `kubectl patch cm two -p '{"immutable":false}'`,
      ],
      create: [
        'kubectl create configmap two --from-literal=color=blue --from-file=one.yaml --dry-run=client -o yaml',
        'kubectl create cm two --from-literal=color=blue',
        'kubectl create cm two --from-literal=color=blue',
      ],
      get: [
        'kubectl get cm one two',
        "kubectl get configmap one -o go-template='{{range $k, $v := .data}}{{$k}} {{end}}'",
      ],
      delete: ['kubectl delete cm two -o name'],
    },
  },
  {
    resource: 'secrets',
    object: { ...secret, stringData: { user: 'admin', password: 'secret' } },
    changed: { ...secret, data: { user: 'YWRtaW4=' }, metadata: { name: 'one', labels: { app: 'one' } } },
    invalid: { ...secret, type: 'kubernetes.io/tls', data: { 'tls.crt': '' } },
    more: {
      create: ['kubectl create secret generic two --from-literal=a=b -o yaml'],
      get: [`kubectl get secret one -o jsonpath='{.data.user}' | base64 -d`],
      delete: ['kubectl delete secrets/two'],
    },
  },
  {
    resource: 'serviceaccounts',
    object: account,
    changed: { ...account, automountServiceAccountToken: false, imagePullSecrets: [{ name: 'pull' }] },
    invalid: { ...account, metadata: { name: 'One' } },
    more: {
      create: ['kubectl create sa two'],
      get: ['kubectl get sa'],
      delete: ['kubectl delete sa two'],
    },
    also: {
      'create token': [
        'kubectl create token one | tr -cd . ; echo',
        'kubectl create token one --duration=1m',
        'kubectl create token nobody',
        'kubectl auth can-i list pods --as=system:serviceaccount:$NS:one',
      ],
    },
  },
  {
    resource: 'limitranges',
    object: {
      ...limits,
      spec: { limits: [{ type: 'Container', max: { cpu: '1' }, default: { cpu: '500m' }, min: { cpu: '100m' } }] },
    },
    changed: {
      ...limits,
      spec: {
        limits: [
          { type: 'Container', max: { cpu: '2' }, maxLimitRequestRatio: { cpu: '4' } },
          { type: 'PersistentVolumeClaim', min: { storage: '1Gi' }, max: { storage: '2Gi' } },
        ],
      },
    },
    invalid: {
      ...limits,
      spec: { limits: [{ type: 'Container', max: { cpu: '1' }, min: { cpu: '2' } }, { type: 'Cat' }] },
    },
    more: {
      get: ['kubectl get limits one'],
      apply: [
        'kubectl describe limits one',
        'kubectl run two --image=busybox:1 --restart=Never --dry-run=server -o yaml',
      ],
      describe: ['kubectl describe namespace $NS'],
    },
  },
  {
    resource: 'resourcequotas',
    object: { ...quota, spec: { hard: { pods: '10', 'requests.storage': '5Gi', 'count/configmaps': '3' } } },
    changed: { ...quota, spec: { hard: { pods: '2', 'limits.cpu': '1500m', 'count/configmaps': '2' } } },
    invalid: { ...quota, spec: { hard: { nonsense: '-1' } } },
    settle: `until kubectl get resourcequota one -o go-template='{{if eq (print .spec.hard) (print .status.hard)}}same{{end}}' | grep -q same; do :; done`,
    more: {
      get: ['kubectl get quota one'],
      apply: ['kubectl describe quota one', 'kubectl create configmap a; kubectl create configmap b'],
      describe: ['kubectl describe namespace $NS'],
    },
  },
];
