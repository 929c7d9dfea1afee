import { isPodReady, type Pod } from '../../../lib/kubernetes/pod';
import type { StatefulSet } from '../../../lib/kubernetes/statefulSet';
import { onServedNode } from '../servedNode';
import type { Trial } from '../trial';

/** What most scenarios are about: a headless Service and a StatefulSet of that name. */

const labels = { app: 'web' };

export const headless = {
  metadata: { name: 'web' },
  spec: { clusterIP: 'None', selector: labels, ports: [{ name: 'http', port: 80 }] },
};

export interface WebOptions {
  replicas?: number;
  image?: string;
  /** More of the set's spec. */
  spec?: object;
  /** More of its pods' spec. */
  pod?: object;
}

export function web({ replicas = 3, image = 'nginx:1', spec, pod }: WebOptions = {}) {
  const containers = [{ name: 'nginx', image }];
  return {
    metadata: { name: 'web' },
    spec: {
      serviceName: 'web',
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { ...onServedNode, containers, ...pod } },
      ...spec,
    },
  };
}

/** Another image for the set's pods: a new revision. */
export function imageOf(image: string) {
  return { spec: { template: { spec: { containers: [{ name: 'nginx', image }] } } } };
}

export const isScheduled = (pod: Pod) => pod.spec.nodeName !== undefined;

export const isReady = (pod: Pod) => isPodReady(pod);

/** The set knows of that many pods, all Ready, and has seen its latest spec. */
export function hasReady(replicas: number) {
  return ({ metadata, status }: StatefulSet) =>
    status.observedGeneration === metadata.generation &&
    status.replicas === replicas &&
    (status.readyReplicas ?? 0) === replicas;
}

/** The Service and the set, with all its pods Ready. */
export async function startWeb(trial: Trial, options: WebOptions = {}): Promise<void> {
  await trial.create('services', headless);
  await trial.create('statefulsets', web(options));
  await trial.until('statefulsets', 'web', hasReady(options.replicas ?? 3));
}

export async function scaleWeb(trial: Trial, replicas: number): Promise<void> {
  await trial.patch('statefulsets', 'web', { spec: { replicas } });
  await trial.until('statefulsets', 'web', hasReady(replicas));
}
