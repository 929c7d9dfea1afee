import type { Condition } from '../../../../lib/kubernetes/metadata';
import type { Pod, PodPhase } from '../../../../lib/kubernetes/pod';
import type { StatefulSet, StatefulSetSpec } from '../../../../lib/kubernetes/statefulSet';
import type { Service } from '../../../../lib/kubernetes/network';
import type { PersistentVolumeClaim } from '../../../../lib/kubernetes/storage';

/** Builders of objects as the API would give them, for tests. */

export function webSet(spec: Partial<StatefulSetSpec> = {}, metadata: StatefulSet['metadata'] = {}): StatefulSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web', namespace: 'default', ...metadata },
    spec: {
      replicas: 3,
      serviceName: 'nginx',
      selector: { matchLabels: { app: 'nginx' } },
      template: template('nginx:1'),
      podManagementPolicy: 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      revisionHistoryLimit: 10,
      volumeClaimTemplates: [claimTemplate('www')],
      ...spec,
    },
    status: { replicas: 0 },
  };
}

export function template(image: string): StatefulSetSpec['template'] {
  return {
    metadata: { labels: { app: 'nginx' } },
    spec: { containers: [{ name: 'nginx', image }], restartPolicy: 'Always' },
  };
}

export function claimTemplate(name: string): PersistentVolumeClaim {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, volumeMode: 'Filesystem' },
    status: { phase: 'Pending' },
  };
}

export function readyCondition(isReady: boolean, since?: string): Condition {
  return { type: 'Ready', status: isReady ? 'True' : 'False', ...(since ? { lastTransitionTime: since } : {}) };
}

export interface PodFacts {
  name: string;
  namespace?: string;
  uid?: string;
  labels?: Record<string, string>;
  phase?: PodPhase;
  isReady?: boolean;
  readySince?: string;
  isTerminating?: boolean;
  ip?: string;
  node?: string;
  spec?: Partial<Pod['spec']>;
  metadata?: Pod['metadata'];
}

export function pod(facts: PodFacts): Pod {
  const { name, namespace = 'default', uid = `uid-${name}`, labels = { app: 'nginx' } } = facts;
  const { phase = 'Running', isReady = phase === 'Running', ip, node } = facts;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      uid,
      labels,
      ...(facts.isTerminating ? { deletionTimestamp: '2026-01-01T00:00:30Z', deletionGracePeriodSeconds: 30 } : {}),
      ...facts.metadata,
    },
    spec: { containers: [{ name: 'nginx', image: 'nginx:1' }], ...(node ? { nodeName: node } : {}), ...facts.spec },
    status: {
      phase,
      conditions: [readyCondition(isReady, facts.readySince)],
      ...(ip ? { podIP: ip, podIPs: [{ ip }] } : {}),
    },
  };
}

export function service(spec: Partial<Service['spec']> = {}, metadata: Service['metadata'] = {}): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'nginx', namespace: 'default', labels: { app: 'nginx' }, ...metadata },
    spec: {
      type: 'ClusterIP',
      clusterIP: 'None',
      clusterIPs: ['None'],
      ipFamilies: ['IPv4'],
      selector: { app: 'nginx' },
      ports: [{ name: 'web', port: 80, protocol: 'TCP', targetPort: 80 }],
      ...spec,
    },
  };
}
