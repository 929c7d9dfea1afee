import type { Node } from '../../lib/kubernetes/cluster';
import { isTerminating, type Pod } from '../../lib/kubernetes/pod';
import { resourcePath } from '../../lib/kubernetes/resources';
import { patchTypes, type Api } from './api';
import { watchResource } from './watch';

/**
 * A node whose kubelet is the test: its pods run nothing, but are Running and Ready as soon as they are bound, and gone as soon as they are
 * deleted, unless the test holds them. The cluster's own kubelets leave them alone, so that on any cluster the same steps
 * are taken at the same moments, and no container has to run.
 */
export interface ServedNode {
  /** The pod of that name, now or when it comes, is not started, or not stopped. */
  hold(namespace: string, pod: string, step: KubeletStep): void;
  letGo(namespace: string, pod: string): void;
  stop(): Promise<void>;
}

export type KubeletStep = 'start' | 'stop';

export const nodeName = 'parity-node';
const label = 'ordinal.dev/served-by';

/** What brings a pod to that node, and no other pod. */
export const onServedNode = {
  nodeSelector: { [label]: 'test' },
  tolerations: [{ key: label, operator: 'Exists' }],
} as const;

/** What a kubelet needs for a step. Meanwhile the controllers have seen what led to it: two changes at once would be told as one, or not. */
const workMs = 250;

/** Well within the 50 s after which the node controller takes a silent node for lost. */
const heartbeatMs = 10_000;

/**
 * A node beside it, because a scheduler says how many nodes it looked at. Every cluster but a bare control plane has one. It takes no new
 * pods meanwhile: one that is for no node in particular, such as a recycler, would be started by a kubelet that not every cluster has.
 */
const bystander = 'node-1';

export async function serveNode(api: Api): Promise<ServedNode> {
  const taints = [{ key: label, value: 'test', effect: 'NoSchedule' }];
  const isAlone = (await api.ask('GET', resourcePath('nodes', undefined, bystander))).status === 404;
  const ours = isAlone ? [nodeName, bystander] : [nodeName];
  await register(api, nodeName, { [label]: 'test' }, taints);
  if (isAlone) await register(api, bystander, {}, []);
  await cordon(api, bystander, true);
  const heart = setInterval(() => ours.forEach((name) => void heartbeat(api, name).catch(() => {})), heartbeatMs);
  const pods = new Map<string, Pod>();
  const held = new Set<string>();
  // A number each, so that no two pods have the same address; always as wide, for the columns that kubectl prints.
  let addresses = 0;
  const newAddress = () => `10.77.${100 + (++addresses >> 7)}.${128 + (addresses & 127)}`;
  const kubelet = oneAtATime((pod) => act(api, pod, newAddress));
  const look = (key: string) => {
    const pod = pods.get(key);
    if (pod && !held.has(`${key} ${stepOf(pod)}`)) kubelet(pod);
  };
  const stream = await watchResource(api, 'pods', { fieldSelector: `spec.nodeName=${nodeName}` }, (change) => {
    const { namespace, name } = change.object.metadata;
    const key = `${namespace}/${name}`;
    if (change.type === 'DELETED') pods.delete(key);
    else pods.set(key, change.object as unknown as Pod);
    look(key);
  });
  return {
    hold: (namespace, pod, step) => void held.add(`${namespace}/${pod} ${step}`),
    letGo(namespace, pod) {
      for (const step of ['start', 'stop']) held.delete(`${namespace}/${pod} ${step}`);
      look(`${namespace}/${pod}`);
    },
    async stop() {
      clearInterval(heart);
      stream.stop();
      if (!isAlone) await cordon(api, bystander, null);
      for (const name of ours) await api.ask('DELETE', resourcePath('nodes', undefined, name));
    },
  };
}

/** Each step once a pod, whatever the watch tells meanwhile. Its pod may be gone by the time it is taken. */
function oneAtATime(act: (pod: Pod) => Promise<void> | undefined): (pod: Pod) => void {
  const taken = new Set<string>();
  return (pod) => {
    const step = `${pod.metadata.uid} ${stepOf(pod)}`;
    if (taken.has(step)) return;
    taken.add(step);
    setTimeout(() => void act(pod)?.catch((error: unknown) => console.error(String(error))), workMs);
  };
}

function stepOf(pod: Pod): KubeletStep {
  return isTerminating(pod) ? 'stop' : 'start';
}

function act(api: Api, pod: Pod, newAddress: () => string): Promise<void> | undefined {
  const { namespace, name, uid } = pod.metadata;
  const path = resourcePath('pods', namespace, name);
  if (isTerminating(pod)) {
    const options = { gracePeriodSeconds: 0, preconditions: { uid } };
    return api.ask('DELETE', path, options).then(() => {});
  }
  if (pod.status.phase !== 'Pending') return undefined;
  const headers = { 'Content-Type': patchTypes.strategic };
  return api.ask('PATCH', `${path}/status`, { status: readyStatus(pod, newAddress()) }, headers).then(() => {});
}

/** What a kubelet writes of a pod whose containers all run. */
function readyStatus(pod: Pod, podIP: string): unknown {
  const now = timestamp();
  const isTrue = (type: string) => ({ type, status: 'True', lastProbeTime: null, lastTransitionTime: now });
  return {
    phase: 'Running',
    startTime: now,
    hostIP: '10.78.0.1',
    podIP,
    podIPs: [{ ip: podIP }],
    conditions: ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady'].map(isTrue),
    containerStatuses: pod.spec.containers.map(({ name, image = '' }) => ({
      name,
      image,
      imageID: '',
      containerID: `none://${name}`,
      ready: true,
      started: true,
      restartCount: 0,
      state: { running: { startedAt: now } },
    })),
  };
}

async function register(api: Api, name: string, labels: object, taints: object[]): Promise<void> {
  const path = resourcePath('nodes', undefined, name);
  await api.ask('DELETE', path);
  const amounts = { cpu: '64', memory: '64Gi', pods: '500', 'ephemeral-storage': '64Gi' };
  await api.must('POST', resourcePath('nodes'), {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { ...labels, 'kubernetes.io/hostname': name } },
    spec: { taints },
    status: { capacity: amounts, allocatable: amounts, conditions: conditions(), addresses: [] },
  });
  // A new node is tainted as not ready until the node controller has looked at it.
  for (;;) {
    await heartbeat(api, name);
    const node = (await api.must('GET', path)) as unknown as Node;
    if ((node.spec?.taints ?? []).length === taints.length) return;
  }
}

async function cordon(api: Api, name: string, unschedulable: true | null): Promise<void> {
  await api.must('PATCH', resourcePath('nodes', undefined, name), { spec: { unschedulable } });
}

async function heartbeat(api: Api, name: string): Promise<void> {
  const headers = { 'Content-Type': patchTypes.strategic };
  const path = resourcePath('nodes', undefined, name, 'status');
  await api.must('PATCH', path, { status: { conditions: conditions() } }, headers);
}

function conditions() {
  const now = timestamp();
  return [{ type: 'Ready', status: 'True', reason: 'Served', lastHeartbeatTime: now, lastTransitionTime: now }];
}

function timestamp(): string {
  return new Date().toISOString().replace(/\.\d+Z/, 'Z');
}
