import type { Subject } from '../subject';

const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'one' } };
const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'one', labels: { 'kubernetes.io/hostname': 'one' } } };
const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'one' } };
const time = '2026-01-01T00:00:00Z';
const event = {
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: 'one' },
  type: 'Warning',
  reason: 'Seen',
  source: { component: 'me', host: 'here' },
  firstTimestamp: time,
  lastTimestamp: time,
  involvedObject: { kind: 'Pod', name: 'web-0', namespace: 'with-events' },
};

/** What a cluster has of its own. */
export const cluster: readonly Subject[] = [
  {
    resource: 'namespaces',
    clusterScoped: true,
    object: namespace,
    changed: { ...namespace, metadata: { name: 'one', labels: { team: 'red' } } },
    invalid: { ...namespace, metadata: { name: 'Not_Valid' } },
    more: {
      create: ['kubectl create ns two', 'kubectl create configmap in -n nobody'],
      get: ['kubectl get ns one two'],
      delete: ['kubectl delete ns two', 'kubectl delete namespace kube-system'],
    },
  },
  {
    resource: 'nodes',
    clusterScoped: true,
    object: node,
    changed: { ...node, metadata: { name: 'one', labels: { 'kubernetes.io/hostname': 'one', disk: 'ssd' } } },
    invalid: { ...node, spec: { taints: [{ key: 'a', effect: 'Never' }] } },
    // Its controllers have looked at it.
    settle:
      'until kubectl get node one -o yaml | grep -q ttl && ! kubectl get node one -o yaml | grep -q not-ready; do :; done',
    also: {
      cordon: [
        'kubectl cordon one',
        'kubectl cordon one',
        'kubectl get no one',
        'kubectl uncordon one',
        'kubectl uncordon one',
      ],
      taint: [
        'kubectl taint nodes one only=tests:NoSchedule',
        'kubectl taint nodes one only=tests:NoSchedule',
        'kubectl taint nodes one only=others:NoSchedule --overwrite',
        'kubectl taint nodes one only:NoSchedule-',
        'kubectl taint nodes one only:NoSchedule-',
      ],
      drain: ['kubectl drain one', 'kubectl drain nobody', 'kubectl uncordon one'],
    },
  },
  {
    resource: 'leases',
    object: { ...lease, spec: { holderIdentity: 'me', leaseDurationSeconds: 30 } },
    changed: {
      ...lease,
      spec: { holderIdentity: 'you', leaseDurationSeconds: 30, renewTime: '2026-01-01T00:00:00.000000Z' },
    },
    invalid: { ...lease, spec: { leaseDurationSeconds: 0, leaseTransitions: -1 } },
  },
  {
    resource: 'events',
    object: { ...event, message: 'first' },
    changed: { ...event, message: 'second', count: 2 },
    invalid: { ...event, involvedObject: { kind: 'Pod', name: 'web-0', namespace: 'elsewhere' } },
    more: { get: ['kubectl events'] },
  },
];
