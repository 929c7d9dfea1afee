import type { JsonObject } from '../../../parity/json';
import { onServedNode } from '../../../parity/servedNode';
import type { Subject } from '../subject';

const labels = { app: 'one' };
const container = { name: 'main', image: 'busybox:1', command: ['sleep', '3600'] };
const spec = { ...onServedNode, terminationGracePeriodSeconds: 1, containers: [container] } as unknown as JsonObject;
const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'one', labels } };
const podTemplate = { apiVersion: 'v1', kind: 'PodTemplate', metadata: { name: 'one' } };
const revision = { apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata: { name: 'one' } };
const budget = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'one' } };

/** The refusal of a change ends in a difference of upstream's internal type. */
const withoutDifference = "sed '/^@@/,$d'";

/** Pods, what they are made of, and what protects them. */
export const pods: readonly Subject[] = [
  {
    resource: 'pods',
    object: { ...pod, spec },
    changed: { ...pod, metadata: { name: 'one', labels: { ...labels, tier: 'front' } }, spec },
    invalid: { ...pod, spec: { containers: [{ name: 'Main' }], restartPolicy: 'Sometimes' } },
    patch: { spec: { activeDeadlineSeconds: 3600 } },
    settle: 'kubectl wait --for=condition=Ready pod/one --timeout=20s',
    filters: { replace: withoutDifference, set: withoutDifference },
    more: {
      get: ['kubectl get po one -o wide', 'kubectl get pods --field-selector=status.phase!=Running'],
      explain: [`kubectl explain pods.spec --recursive | sed -n '/^FIELDS/,$p'`],
      patch: [`kubectl patch pod one -p '{"spec":{"nodeName":"other"}}' 2>&1 | ${withoutDifference}`],
    },
    also: {
      expose: [
        'kubectl expose pod one --port=80 --cluster-ip=10.96.0.82',
        'kubectl get svc one -o wide',
        'kubectl delete svc one',
      ],
    },
  },
  {
    resource: 'podtemplates',
    object: { ...podTemplate, template: { metadata: { labels }, spec: { containers: [container] } } },
    changed: { ...podTemplate, template: { metadata: { labels: { app: 'two' } }, spec: { containers: [container] } } },
    invalid: { ...podTemplate, template: { spec: { containers: [] } } },
  },
  {
    resource: 'controllerrevisions',
    object: { ...revision, revision: 1, data: { spec: { replicas: 1 } } },
    changed: { ...revision, revision: 2, data: { spec: { replicas: 1 } } },
    invalid: { ...revision, revision: -1 },
    more: { patch: [`kubectl patch controllerrevision one --type=merge -p '{"data":{"spec":{"replicas":2}}}'`] },
  },
  {
    resource: 'poddisruptionbudgets',
    object: { ...budget, spec: { minAvailable: 1, selector: { matchLabels: labels } } },
    changed: { ...budget, spec: { minAvailable: '50%', selector: { matchLabels: labels } } },
    invalid: { ...budget, spec: { minAvailable: -1, maxUnavailable: 1 } },
    settle: `until kubectl get pdb one -o go-template='{{.metadata.generation}}={{.status.observedGeneration}}' | grep -qE '^([0-9]+)=\\1$'; do :; done`,
    more: {
      create: ['kubectl create pdb two --selector=app=two --max-unavailable=1'],
      get: ['kubectl get pdb'],
      delete: ['kubectl delete pdb two'],
    },
  },
];
