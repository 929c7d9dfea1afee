import { describe, expect, it } from 'vitest';
import type { Node } from '../../../lib/kubernetes/cluster';
import { podCondition, type Pod, type PodSpec } from '../../../lib/kubernetes/pod';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../../lib/kubernetes/storage';
import { ManualClock } from '../clock';
import { createInformers } from '../controllers/runtime/informer';
import { FakeApi } from '../controllers/testing/fakeApi';
import { startVolumeControllers } from '../controllers/volumes/startVolumeControllers';
import { seededIds } from '../ids';
import { FakeVolumes } from '../kubelet/testing/fakeVolumes';
import { podNamed } from '../kubelet/testing/testCluster';
import { place } from './placement';
import type { Snapshot } from './snapshot';
import { startScheduler } from './startScheduler';

const noPreemption = (total: number) =>
  `no new claims to deallocate, preemption: 0/${total} nodes are available: ${total} Preemption is not helpful for scheduling.`;

function node(name: string, rest: { spec?: Node['spec']; labels?: Record<string, string>; pods?: string } = {}): Node {
  return {
    metadata: { name, labels: { 'kubernetes.io/hostname': name, ...rest.labels } },
    spec: rest.spec ?? {},
    status: { allocatable: { cpu: '2', memory: '4Gi', pods: rest.pods ?? '110' } },
  };
}

function snapshotOf(nodes: Node[], pods: Record<string, Pod[]> = {}, rest: Partial<Snapshot> = {}): Snapshot {
  return {
    nodes: nodes.map((n) => ({ node: n, pods: pods[n.metadata.name ?? ''] ?? [] })),
    claim: () => undefined,
    volume: () => undefined,
    volumes: () => [],
    storageClass: () => undefined,
    namespaceLabels: () => ({}),
    ...rest,
  };
}

const pod = (spec: Partial<PodSpec> = {}, name = 'web-0', labels = {}) => {
  const made = podNamed(name, spec);
  return { ...made, metadata: { ...made.metadata, uid: name, labels } };
};
const requests = (cpu: string): Partial<PodSpec> => ({ containers: [{ name: 'c', resources: { requests: { cpu } } }] });
const claimVolume: Partial<PodSpec> = { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }] };
const claim = (rest: Partial<PersistentVolumeClaim> = {}): PersistentVolumeClaim => ({
  metadata: { name: 'data', namespace: 'default', uid: 'c' },
  spec: { storageClassName: '', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  ...rest,
});
const bound = claim({
  metadata: { name: 'data', namespace: 'default', annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } },
  spec: { volumeName: 'pv' },
});
const late: StorageClass = {
  metadata: { name: 'late' },
  provisioner: 'kubernetes.io/no-provisioner',
  volumeBindingMode: 'WaitForFirstConsumer',
};
const onNode = (name: string): PersistentVolume => ({
  metadata: { name: 'pv' },
  spec: {
    nodeAffinity: {
      required: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [name] }] }],
      },
    },
  },
});

describe('messages of pods that fit nowhere', () => {
  const two = [node('node-1'), node('node-2')];
  const away = { matchLabels: { app: 'web' } };
  const anti = {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: away, topologyKey: 'kubernetes.io/hostname' }],
    },
  };
  const web = pod({}, 'other', { app: 'web' });

  it.each<[string, Pod, Snapshot]>([
    ['no nodes available to schedule pods', pod(), snapshotOf([])],
    [`0/2 nodes are available: 2 Insufficient cpu. ${noPreemption(2)}`, pod(requests('100')), snapshotOf(two)],
    [
      '0/2 nodes are available: 2 Insufficient cpu. no new claims to deallocate, preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod.',
      pod(requests('1500m')),
      snapshotOf(two, { 'node-1': [pod(requests('1'), 'a')], 'node-2': [pod(requests('1'), 'b')] }),
    ],
    [
      '0/1 nodes are available: 1 Too many pods. no new claims to deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.',
      pod(),
      snapshotOf([node('node-1', { pods: '1' })], { 'node-1': [pod({}, 'a')] }),
    ],
    [
      `0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector. ${noPreemption(2)}`,
      pod({ nodeSelector: { a: 'b' } }),
      snapshotOf(two),
    ],
    [
      `0/2 nodes are available: 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable. ${noPreemption(2)}`,
      pod(),
      snapshotOf([
        node('node-1', { spec: { unschedulable: true } }),
        node('node-2', { spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] } }),
      ]),
    ],
    ['0/2 nodes are available: persistentvolumeclaim "data" not found. not found', pod(claimVolume), snapshotOf(two)],
    [
      '0/2 nodes are available: persistentvolumeclaim "data" is being deleted. not found',
      pod(claimVolume),
      snapshotOf(two, {}, { claim: () => claim({ metadata: { name: 'data', deletionTimestamp: 'x' } }) }),
    ],
    [
      '0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found',
      pod(claimVolume),
      snapshotOf(two, {}, { claim: () => claim() }),
    ],
    [
      `0/2 nodes are available: 2 node(s) didn't match PersistentVolume's node affinity. ${noPreemption(2)}`,
      pod(claimVolume),
      snapshotOf(two, {}, { claim: () => bound, volume: () => onNode('node-9') }),
    ],
    [
      `0/2 nodes are available: 2 node(s) didn't find available persistent volumes to bind. ${noPreemption(2)}`,
      pod(claimVolume),
      snapshotOf(two, {}, { claim: () => claim({ spec: { storageClassName: 'late' } }), storageClass: () => late }),
    ],
    [
      "0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules. no new claims to deallocate, preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod.",
      pod({ affinity: anti }),
      snapshotOf(two, { 'node-1': [web], 'node-2': [web] }),
    ],
  ])('%s', (message, wanted, snapshot) => {
    expect(place(wanted, snapshot, () => 0)).toMatchObject({ message });
  });
});

describe('places', () => {
  const two = [node('node-1'), node('node-2')];

  it('spreads pods of one owner over the nodes', () => {
    const owned = pod({}, 'a');
    const metadata = {
      ...owned.metadata,
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 's' }],
    };
    const sibling = { ...owned, metadata };
    expect(place(sibling, snapshotOf(two, { 'node-1': [sibling] }), () => 0)).toEqual({ node: 'node-2', claims: [] });
  });

  it('follows the volume to its node', () => {
    const snapshot = snapshotOf(two, {}, { claim: () => bound, volume: () => onNode('node-2') });
    expect(place(pod(claimVolume), snapshot, () => 0)).toEqual({ node: 'node-2', claims: [] });
  });

  it('lets a tolerating pod onto a tainted node', () => {
    const tainted = [node('node-1', { spec: { taints: [{ key: 'a', value: 'b', effect: 'NoSchedule' }] } })];
    const tolerations = [{ key: 'a', operator: 'Equal', value: 'b', effect: 'NoSchedule' }];
    expect(place(pod({ tolerations }), snapshotOf(tainted), () => 0)).toEqual({ node: 'node-1', claims: [] });
  });

  it('places the first pod that wants to be near its own kind', () => {
    const labelSelector = { matchLabels: { app: 'web' } };
    const term = { labelSelector, topologyKey: 'kubernetes.io/hostname' };
    const affinity = { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
    const first = pod({ affinity }, 'web-0', { app: 'web' });
    expect(place(first, snapshotOf(two), () => 0)).toMatchObject({ node: 'node-1' });
    expect(place(first, snapshotOf(two, { 'node-2': [pod({}, 'x', { app: 'web' })] }), () => 0)).toMatchObject({
      node: 'node-2',
    });
  });
});

class SchedulerTest {
  readonly clock = new ManualClock();
  readonly ids = seededIds(5);
  readonly api = new FakeApi(this);
  readonly informers = createInformers(this.api);

  constructor() {
    startScheduler({ ...this, client: this.api });
    startVolumeControllers({ ...this, client: this.api, volumes: new FakeVolumes(), pace: { delay: (ms) => ms } });
  }

  async addNode(name: string): Promise<void> {
    this.api.seed('nodes', { ...node(name), apiVersion: 'v1', kind: 'Node' });
  }

  pod(name = 'web-0'): Pod | undefined {
    return this.api.peek('pods', name, 'default');
  }

  events(name: string): string[] {
    return this.api
      .all('events')
      .filter((e) => e.involvedObject.name === name)
      .map((e) => `${e.reason} ${e.message}`);
  }
}

describe('the scheduler', () => {
  it('says why a pod waits, and binds it when a node comes', async () => {
    const test = new SchedulerTest();
    await test.api.create('pods', podNamed('web-0'), 'default');
    await test.clock.advance(100);
    expect(podCondition(test.pod() ?? podNamed('x'), 'PodScheduled')).toMatchObject({
      status: 'False',
      reason: 'Unschedulable',
      message: 'no nodes available to schedule pods',
    });
    await test.addNode('node-1');
    await test.clock.advance(100);
    expect(test.pod()?.spec.nodeName).toBe('node-1');
    expect(test.events('web-0')).toEqual([
      'FailedScheduling no nodes available to schedule pods',
      'Scheduled Successfully assigned default/web-0 to node-1',
    ]);
  });

  it('leaves gated pods, other schedulers and pods with a node alone', async () => {
    const test = new SchedulerTest();
    await test.addNode('node-1');
    await test.api.create('pods', podNamed('gated', { schedulingGates: [{ name: 'g' }] }), 'default');
    await test.api.create('pods', podNamed('mine', { schedulerName: 'mine' }), 'default');
    await test.api.create('pods', podNamed('preset', { nodeName: 'gone' }), 'default');
    await test.clock.advance(20_000);
    expect(test.pod('gated')?.spec.nodeName).toBeUndefined();
    expect(test.pod('mine')?.spec.nodeName).toBeUndefined();
    expect(test.pod('preset')?.spec.nodeName).toBe('gone');
    await test.api.patch('pods', 'gated', 'default', { spec: { schedulingGates: null } });
    await test.clock.advance(100);
    expect(test.pod('gated')?.spec.nodeName).toBe('node-1');
  });

  it('retries when the claim of the pod is bound', async () => {
    const test = new SchedulerTest();
    await test.addNode('node-1');
    const provisioner = 'k8s.io/minikube-hostpath';
    await test.api.create('storageclasses', { metadata: { name: 'standard' }, provisioner });
    await test.api.create(
      'persistentvolumeclaims',
      claim({ spec: { ...claim().spec, storageClassName: 'standard' } }),
      'default',
    );
    await test.api.create('pods', podNamed('web-0', claimVolume), 'default');
    await test.clock.advance(100);
    expect(test.pod()?.spec.nodeName).toBeUndefined();
    await test.clock.advance(900);
    expect(test.pod()?.spec.nodeName).toBe('node-1');
  });

  it('asks for the volume of a claim that waits for its first consumer, and binds when it is there', async () => {
    const test = new SchedulerTest();
    await test.addNode('node-1');
    const volumeBindingMode = 'WaitForFirstConsumer';
    await test.api.create('storageclasses', {
      metadata: { name: 'late' },
      provisioner: 'rancher.io/local-path',
      volumeBindingMode,
    });
    await test.api.create(
      'persistentvolumeclaims',
      claim({ spec: { ...claim().spec, storageClassName: 'late' } }),
      'default',
    );
    await test.api.create('pods', podNamed('web-0', claimVolume), 'default');
    await test.clock.advance(100);
    expect(test.pod()).toMatchObject({ status: { nominatedNodeName: 'node-1' } });
    expect(test.pod()?.spec.nodeName).toBeUndefined();
    await test.clock.advance(1500);
    expect(test.api.peek('persistentvolumeclaims', 'data', 'default')).toMatchObject({
      metadata: { annotations: { 'volume.kubernetes.io/selected-node': 'node-1' } },
      status: { phase: 'Bound' },
    });
    expect(test.pod()?.spec.nodeName).toBe('node-1');
  });

  it('tries a waiting pod again only for what may help it', async () => {
    const test = new SchedulerTest();
    await test.addNode('node-1');
    await test.api.create('pods', podNamed('picky', { nodeSelector: { a: 'b' } }), 'default');
    await test.api.create('pods', podNamed('claimless', claimVolume), 'default');
    await test.clock.advance(100);
    for (let i = 0; i < 5; i++) {
      await test.api.create('pods', podNamed(`p-${i}`), 'default');
      await test.api.create('persistentvolumeclaims', {
        ...claim(),
        metadata: { name: `other-${i}`, namespace: 'default' },
      });
      await test.clock.advance(1000);
    }
    const counts = test.api
      .all('events')
      .filter((e) => e.reason === 'FailedScheduling')
      .map((e) => e.count);
    expect(counts).toEqual([1, 1]);
  });

  it('never overfills a node, however many pods come at once', async () => {
    const test = new SchedulerTest();
    await test.addNode('node-1');
    await test.addNode('node-2');
    for (let i = 0; i < 10; i++) await test.api.create('pods', podNamed(`p-${i}`, requests('500m')), 'default');
    await test.clock.advance(1000);
    const placed = test.api.all('pods').map((p) => p.spec.nodeName);
    expect(placed.filter((name) => name === 'node-1')).toHaveLength(4);
    expect(placed.filter((name) => name === 'node-2')).toHaveLength(4);
    await test.api.delete('pods', 'p-0', 'default', { gracePeriodSeconds: 0 });
    await test.clock.advance(1000);
    expect(test.api.all('pods').filter((p) => p.spec.nodeName)).toHaveLength(8);
  });
});
