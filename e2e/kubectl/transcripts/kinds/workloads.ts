import { onServedNode } from '../../../parity/servedNode';
import type { JsonObject } from '../../../parity/json';
import type { Subject } from '../subject';

const labels = { app: 'one' };
const container = { name: 'main', image: 'busybox:1', ports: [{ containerPort: 80 }] };
const spec = { ...onServedNode, terminationGracePeriodSeconds: 1, containers: [container] } as unknown as JsonObject;
const template = { metadata: { labels }, spec };
const newTemplate = {
  metadata: { labels, annotations: { note: 'changed' } },
  spec: { ...spec, containers: [{ ...container, env: [{ name: 'SIZE', value: '2' }] }] },
};
const apps = (kind: string) => ({ apiVersion: 'apps/v1', kind, metadata: { name: 'one' } });
const selector = { matchLabels: labels };
const notSelected = { matchLabels: { app: 'other' } };
const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'one' } };
const jobSpec = { backoffLimit: 2, template: { spec: { ...spec, restartPolicy: 'Never' } } };
const cronJob = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'one' } };
const replicationController = { apiVersion: 'v1', kind: 'ReplicationController', metadata: { name: 'one' } };

/** The controller has seen the latest spec, and all pods are as it wants them. */
const settledReplicas = (resource: string) =>
  `until kubectl get ${resource} one -o go-template='{{.metadata.generation}}={{.status.observedGeneration}} {{.spec.replicas}}={{.status.replicas}} {{.spec.replicas}}={{.status.readyReplicas}}' | grep -qE '^([0-9]+)=\\1 ([0-9]+)=\\2 ([0-9]+)=\\3$'; do :; done`;

/**
 * `rollout status` alone is content with a pod that the controller is about to replace: a change that was taken back at once. So
 * none may be going, and there must be as many as are wanted, before it is asked again.
 */
const settledDaemons = [
  'kubectl rollout status ds/one --timeout=60s > /dev/null',
  `until [ "$(kubectl get ds one -o go-template='{{.status.desiredNumberScheduled}}')" = "$(kubectl get pods -l app=one -o go-template='{{range .items}}{{if .metadata.deletionTimestamp}}going{{else}}x{{end}}{{end}}' | wc -c)" ]; do :; done`,
  'kubectl rollout status ds/one --timeout=60s',
].join('; ');

/** A template that may not be changed is shown as upstream's internal type. */
const withoutTemplate = `sed 's/Invalid value: {.*}: field is/field is/'`;

/** What makes pods. They run on the served node, where they are Ready as soon as they are bound. */
export const workloads: readonly Subject[] = [
  {
    resource: 'statefulsets',
    object: { ...apps('StatefulSet'), spec: { serviceName: 'one', replicas: 2, selector, template } },
    changed: { ...apps('StatefulSet'), spec: { serviceName: 'one', replicas: 2, selector, template: newTemplate } },
    invalid: { ...apps('StatefulSet'), spec: { serviceName: 'one', replicas: -1, selector: notSelected, template } },
    patch: { spec: { minReadySeconds: 0, podManagementPolicy: 'OrderedReady' } },
    settle: 'kubectl rollout status sts/one --timeout=60s',
    more: {
      get: ['kubectl get sts one -o wide', 'kubectl get pods', 'kubectl get controllerrevisions'],
      patch: [`kubectl patch sts one -p '{"spec":{"serviceName":"other"}}'`],
      rollout: ['kubectl rollout history sts/one --revision=2', 'kubectl rollout undo sts/one --to-revision=1'],
    },
  },
  {
    resource: 'deployments',
    hasTemplateHash: true,
    object: { ...apps('Deployment'), spec: { replicas: 2, selector, template } },
    changed: { ...apps('Deployment'), spec: { replicas: 2, selector, template: newTemplate } },
    invalid: {
      ...apps('Deployment'),
      spec: { replicas: -1, selector: notSelected, template, strategy: { type: 'Slow' } },
    },
    patch: { spec: { minReadySeconds: 0, revisionHistoryLimit: 5 } },
    settle: 'kubectl rollout status deploy/one --timeout=60s',
    more: {
      create: [
        'kubectl create deployment two --image=busybox:1 --replicas=0 --port=80',
        'kubectl rollout status deployment two',
      ],
      get: ['kubectl get deploy one two -o wide', 'kubectl get pods,rs -l app=one'],
      describe: ['kubectl describe deploy two'],
      patch: [`kubectl patch deploy one -p '{"spec":{"selector":{"matchLabels":{"app":"other"}}}}'`],
      set: ['kubectl set resources deploy/one --limits=cpu=1', 'kubectl set serviceaccount deploy one default'],
      scale: [
        'kubectl scale deploy/one --replicas=1 --current-replicas=7',
        'kubectl scale deploy one two --replicas=0',
      ],
      rollout: [
        'kubectl rollout pause deploy/one',
        'kubectl rollout pause deploy/one',
        'kubectl rollout restart deploy/one',
        'kubectl rollout resume deploy/one',
        'kubectl rollout history deploy/one --revision=2',
        'kubectl rollout undo deploy/one --to-revision=1',
      ],
      delete: ['kubectl delete deploy two'],
    },
    also: {
      expose: [
        'kubectl expose deployment one --port=80 --cluster-ip=10.96.0.81',
        'kubectl get svc one -o wide',
        'kubectl delete svc one',
      ],
    },
  },
  {
    resource: 'daemonsets',
    hasTemplateHash: true,
    object: { ...apps('DaemonSet'), spec: { selector, template } },
    changed: { ...apps('DaemonSet'), spec: { selector, template: newTemplate } },
    invalid: { ...apps('DaemonSet'), spec: { selector: notSelected, template, updateStrategy: { type: 'Slow' } } },
    patch: { spec: { minReadySeconds: 0 } },
    settle: settledDaemons,
    more: {
      get: ['kubectl get ds one -o wide', 'kubectl get pods', 'kubectl get controllerrevisions'],
      patch: [`kubectl patch ds one -p '{"spec":{"selector":{"matchLabels":{"app":"other"}}}}'`],
      rollout: ['kubectl rollout history ds/one --revision=2', 'kubectl rollout undo ds/one --to-revision=1'],
    },
  },
  {
    // Their pods run for as long as they are let.
    resource: 'jobs',
    object: { ...job, spec: jobSpec },
    changed: {
      ...job,
      metadata: { name: 'one', labels },
      spec: { backoffLimit: 3, activeDeadlineSeconds: 3600, template: { spec: { ...spec, restartPolicy: 'Never' } } },
    },
    invalid: { ...job, spec: { completions: -1, template: { spec } } },
    patch: { spec: { parallelism: 2, completions: 2 } },
    filters: { replace: withoutTemplate, set: withoutTemplate },
    settle: `until kubectl get job one -o go-template='{{.spec.parallelism}}={{.status.active}} {{.spec.parallelism}}={{.status.ready}}' | grep -qE '^([0-9]+)=\\1 ([0-9]+)=\\2$'; do :; done`,
    more: {
      create: ['kubectl create job two --image=busybox:1 --dry-run=client -o yaml -- sleep 5'],
      get: ['kubectl get jobs one -o wide', 'kubectl get pods'],
      patch: [`kubectl patch job one -p '{"spec":{"completions":5}}'`],
    },
  },
  {
    // In a leap year's February, if ever: nothing of it runs, but for the Jobs that are made of it by hand.
    resource: 'cronjobs',
    object: { ...cronJob, spec: { schedule: '0 0 29 2 *', jobTemplate: { spec: jobSpec } } },
    changed: {
      ...cronJob,
      metadata: { name: 'one', labels },
      spec: {
        schedule: '0 0 29 feb ?',
        timeZone: 'Etc/UTC',
        suspend: true,
        startingDeadlineSeconds: 60,
        jobTemplate: { spec: { ...jobSpec, completions: 2 } },
      },
    },
    invalid: {
      ...cronJob,
      spec: {
        schedule: '60 * * *',
        timeZone: 'No/Where',
        concurrencyPolicy: 'Never',
        jobTemplate: { spec: { template: { spec } } },
      },
    },
    patch: { spec: { concurrencyPolicy: 'Forbid', failedJobsHistoryLimit: 2 } },
    more: {
      create: [
        `kubectl create cronjob two --image=busybox:1 --schedule='*/5 * * * *' --dry-run=client -o yaml -- sleep 5`,
        'kubectl create job three --from=cronjob/one --dry-run=client -o yaml',
      ],
      get: ['kubectl get cj one -o wide'],
      patch: [`kubectl patch cj one -p '{"spec":{"schedule":"TZ=UTC 0 0 29 2 *"}}'`],
    },
  },
  {
    resource: 'replicasets',
    object: { ...apps('ReplicaSet'), spec: { replicas: 1, selector, template } },
    changed: { ...apps('ReplicaSet'), spec: { replicas: 2, selector, template: newTemplate } },
    invalid: { ...apps('ReplicaSet'), spec: { replicas: -1, selector: notSelected, template } },
    settle: settledReplicas('rs'),
    more: { get: ['kubectl get rs one -o wide', 'kubectl get pods'] },
  },
  {
    resource: 'replicationcontrollers',
    object: { ...replicationController, spec: { replicas: 1, selector: labels, template } },
    changed: { ...replicationController, spec: { replicas: 2, selector: labels, template: newTemplate } },
    invalid: { ...replicationController, spec: { replicas: -1, selector: { app: 'other' }, template } },
    settle: settledReplicas('rc'),
    more: { get: ['kubectl get rc one -o wide', 'kubectl get pods'] },
  },
];
