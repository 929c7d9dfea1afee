import { describe, expect, it } from 'vitest';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../../../lib/kubernetes/storage';
import { ManualClock } from '../../clock';
import { seededIds } from '../../ids';
import { FakeVolumes } from '../../kubelet/testing/fakeVolumes';
import { podNamed } from '../../kubelet/testing/testCluster';
import { createInformers } from '../runtime/informer';
import { FakeApi } from '../testing/fakeApi';
import { recyclerPod } from './recycler';
import { startVolumeControllers } from './startVolumeControllers';
import { volumeIdOf } from './volumeId';

class VolumesTest {
  readonly clock = new ManualClock();
  readonly ids = seededIds(3);
  readonly api = new FakeApi(this);
  readonly volumes = new FakeVolumes();
  readonly informers = createInformers(this.api);

  constructor() {
    startVolumeControllers({ ...this, client: this.api, pace: { delay: (ms) => ms } });
  }

  claim(name: string, spec: Partial<PersistentVolumeClaim['spec']> = {}, finalizers: string[] = []) {
    return this.api.create('persistentvolumeclaims', {
      metadata: { name, namespace: 'default', finalizers },
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
        storageClassName: '',
        ...spec,
      },
    });
  }

  volume(name: string, storage: string, spec: Partial<PersistentVolume['spec']> = {}, finalizers: string[] = []) {
    return this.api.create('persistentvolumes', {
      metadata: { name, finalizers },
      spec: {
        capacity: { storage },
        accessModes: ['ReadWriteOnce'],
        persistentVolumeReclaimPolicy: 'Retain',
        nfs: { server: '10.0.0.1', path: `/${name}` },
        ...spec,
      },
    });
  }

  storageClass(name: string, rest: Partial<StorageClass> = {}, isDefault = false) {
    const annotations: Record<string, string> = isDefault
      ? { 'storageclass.kubernetes.io/is-default-class': 'true' }
      : {};
    const metadata = { name, annotations };
    return this.api.create('storageclasses', { metadata, provisioner: 'k8s.io/minikube-hostpath', ...rest });
  }

  getClaim(name: string): PersistentVolumeClaim | undefined {
    return this.api.peek('persistentvolumeclaims', name, 'default');
  }

  getVolume(name: string): PersistentVolume | undefined {
    return this.api.peek('persistentvolumes', name);
  }

  events(name: string): string[] {
    return this.api
      .all('events')
      .filter((event) => event.involvedObject.name === name)
      .map((event) => `${event.type} ${event.reason} ${event.message}`);
  }
}

describe('static binding', () => {
  it('binds the lab claims to the only fit and to the smallest', async () => {
    const test = new VolumesTest();
    const both = { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] as ('ReadWriteOnce' | 'ReadWriteMany')[] };
    await test.volume('nfs-0001', '2Gi', both);
    await test.volume('nfs-0002', '5Gi', both);
    await test.claim('claim-mysql', { resources: { requests: { storage: '3Gi' } } });
    await test.claim('claim-http');
    await test.clock.advance(100);
    expect(test.getClaim('claim-mysql')).toMatchObject({
      metadata: {
        annotations: { 'pv.kubernetes.io/bind-completed': 'yes', 'pv.kubernetes.io/bound-by-controller': 'yes' },
      },
      spec: { volumeName: 'nfs-0002' },
      status: { phase: 'Bound', capacity: { storage: '5Gi' }, accessModes: ['ReadWriteOnce', 'ReadWriteMany'] },
    });
    expect(test.getClaim('claim-http')?.spec.volumeName).toBe('nfs-0001');
    expect(test.getVolume('nfs-0001')).toMatchObject({
      spec: { claimRef: { name: 'claim-http' } },
      status: { phase: 'Bound' },
    });
  });

  it('prefers fewer access modes to a smaller size', async () => {
    const test = new VolumesTest();
    await test.volume('small', '1Gi', { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] });
    await test.volume('large', '9Gi');
    await test.claim('c');
    await test.clock.advance(100);
    expect(test.getClaim('c')?.spec.volumeName).toBe('large');
  });

  it('takes the volume made for the claim, and none made for another', async () => {
    const test = new VolumesTest();
    await test.volume('reserved', '9Gi', { claimRef: { namespace: 'default', name: 'mine' } });
    await test.volume('open', '1Gi');
    await test.claim('mine');
    await test.claim('other', { resources: { requests: { storage: '2Gi' } } });
    await test.clock.advance(100);
    expect(test.getClaim('mine')?.spec.volumeName).toBe('reserved');
    expect(test.getVolume('reserved')?.metadata.annotations?.['pv.kubernetes.io/bound-by-controller']).toBeUndefined();
    expect(test.getClaim('other')?.status?.phase).toBe('Pending');
    expect(test.events('other')).toEqual([
      'Normal FailedBinding no persistent volumes available for this claim and no storage class is set',
    ]);
  });

  it.each([
    ['requested PV is too small', { resources: { requests: { storage: '20Gi' } } }],
    ['storageClassName does not match', { storageClassName: 'gold' }],
    ['incompatible accessMode', { accessModes: ['ReadWriteMany' as const] }],
    ['incompatible volumeMode', { volumeMode: 'Block' as const }],
  ])('refuses a volume asked for by name: %s', async (why, spec) => {
    const test = new VolumesTest();
    await test.volume('pv', '10Gi');
    await test.claim('c', { volumeName: 'pv', ...spec });
    await test.clock.advance(100);
    expect(test.getClaim('c')?.status?.phase).toBe('Pending');
    expect(test.events('c')).toEqual([`Warning VolumeMismatch Cannot bind to requested volume "pv": ${why}`]);
  });

  it('never gives one volume to two claims', async () => {
    const test = new VolumesTest();
    for (let i = 0; i < 3; i++) await test.volume(`pv-${i}`, '1Gi');
    for (let i = 0; i < 5; i++) await test.claim(`c-${i}`);
    await test.clock.advance(20_000);
    const used = test.api.all('persistentvolumeclaims').flatMap((c) => c.spec.volumeName ?? []);
    expect(new Set(used).size).toBe(3);
    expect(used).toHaveLength(3);
    await test.volume('pv-3', '1Gi');
    await test.clock.advance(15_000);
    expect(test.api.all('persistentvolumeclaims').filter((c) => c.status?.phase === 'Bound')).toHaveLength(4);
  });

  it('says that a bound claim has lost its volume', async () => {
    const test = new VolumesTest();
    await test.volume('pv', '1Gi');
    await test.claim('c');
    await test.clock.advance(100);
    await test.api.delete('persistentvolumes', 'pv');
    await test.api.patch('persistentvolumes', 'pv', '', { metadata: { finalizers: null } });
    await test.clock.advance(100);
    expect(test.getClaim('c')?.status?.phase).toBe('Lost');
    expect(test.events('c').slice(-1)).toEqual([
      'Warning ClaimLost Bound claim has lost its PersistentVolume. Data on the volume is lost!',
    ]);
  });
});

describe('dynamic provisioning', () => {
  it('makes a volume for an immediate claim and deletes it with the claim', async () => {
    const test = new VolumesTest();
    await test.storageClass('standard', {}, true);
    const { uid } = (await test.claim('data', { storageClassName: 'standard' })).metadata;
    await test.clock.advance(1000);
    expect(test.getClaim('data')?.status).toMatchObject({ phase: 'Bound', capacity: { storage: '1Gi' } });
    const volume = test.getVolume(`pvc-${uid}`);
    expect(volume?.spec).toMatchObject({
      hostPath: { path: '/tmp/hostpath-provisioner/default/data' },
      persistentVolumeReclaimPolicy: 'Delete',
      storageClassName: 'standard',
    });
    expect(test.events('data').map((line) => line.split(' ')[1])).toEqual([
      'ExternalProvisioning',
      'Provisioning',
      'ProvisioningSucceeded',
    ]);
    expect(volume && test.volumes.ids()).toEqual(volume && [volumeIdOf(volume)]);
    await test.api.delete('persistentvolumeclaims', 'data', 'default');
    await test.clock.advance(1000);
    expect(test.api.all('persistentvolumes')).toEqual([]);
    expect(test.volumes.destroyed).toHaveLength(1);
  });

  it('waits for the first consumer, and says for which pod', async () => {
    const test = new VolumesTest();
    await test.storageClass('late', { volumeBindingMode: 'WaitForFirstConsumer' });
    await test.claim('data', { storageClassName: 'late' });
    await test.clock.advance(1000);
    expect(test.getClaim('data')?.status?.phase).toBe('Pending');
    const volumes = [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }];
    await test.api.create('pods', podNamed('web-0', { volumes }), 'default');
    await test.clock.advance(15_000);
    const annotations = { 'volume.kubernetes.io/selected-node': 'node-1' };
    await test.api.patch('persistentvolumeclaims', 'data', 'default', { metadata: { annotations } });
    await test.clock.advance(1000);
    expect(test.getClaim('data')?.status?.phase).toBe('Bound');
    expect(test.events('data').slice(0, 2)).toEqual([
      'Normal WaitForFirstConsumer waiting for first consumer to be created before binding',
      'Normal WaitForPodScheduled waiting for pod web-0 to be scheduled',
    ]);
  });

  it('says so when the class is missing or its provisioner is not here', async () => {
    const test = new VolumesTest();
    await test.storageClass('ebs', { provisioner: 'ebs.csi.aws.com' });
    await test.claim('a', { storageClassName: 'nope' });
    await test.claim('b', { storageClassName: 'ebs' });
    await test.clock.advance(1000);
    expect(test.events('a')).toEqual(['Warning ProvisioningFailed storageclass.storage.k8s.io "nope" not found']);
    expect(test.events('b')[0]).toMatch(
      /^Normal ExternalProvisioning Waiting for a volume to be created either by the external provisioner 'ebs.csi.aws.com' or/,
    );
  });

  it('gives a claim the default class that comes later', async () => {
    const test = new VolumesTest();
    await test.claim('data', { storageClassName: undefined });
    await test.clock.advance(1000);
    await test.storageClass('standard', {}, true);
    await test.clock.advance(2000);
    expect(test.getClaim('data')).toMatchObject({ spec: { storageClassName: 'standard' }, status: { phase: 'Bound' } });
  });

  it('grows a volume when the class allows it', async () => {
    const test = new VolumesTest();
    await test.storageClass('standard', { allowVolumeExpansion: true });
    await test.claim('data', { storageClassName: 'standard' });
    await test.clock.advance(1000);
    await test.api.patch('persistentvolumeclaims', 'data', 'default', {
      spec: { resources: { requests: { storage: '3Gi' } } },
    });
    await test.clock.advance(1000);
    expect(test.getClaim('data')?.status?.capacity).toEqual({ storage: '3Gi' });
    expect(test.api.all('persistentvolumes')[0]?.spec.capacity).toEqual({ storage: '3Gi' });
  });
});

describe('reclaiming', () => {
  it('keeps a retained volume Released with its claimRef', async () => {
    const test = new VolumesTest();
    await test.volume('pv', '1Gi');
    await test.claim('c');
    await test.clock.advance(100);
    const before = test.getVolume('pv')?.status?.lastPhaseTransitionTime;
    await test.clock.advance(5000);
    await test.api.delete('persistentvolumeclaims', 'c', 'default');
    await test.clock.advance(100);
    expect(test.getVolume('pv')).toMatchObject({ spec: { claimRef: { name: 'c' } }, status: { phase: 'Released' } });
    expect(test.getVolume('pv')?.status?.lastPhaseTransitionTime).not.toBe(before);
    await test.claim('c');
    await test.clock.advance(20_000);
    expect(test.getClaim('c')?.status?.phase).toBe('Pending');
  });

  it('recycles with a pod and makes the volume available again', async () => {
    const test = new VolumesTest();
    await test.volume('pv', '1Gi', { persistentVolumeReclaimPolicy: 'Recycle' });
    await test.claim('c');
    await test.clock.advance(100);
    await test.api.delete('persistentvolumeclaims', 'c', 'default');
    await test.clock.advance(100);
    const pod = test.api.peek('pods', 'recycler-for-pv', 'default');
    expect(pod?.spec).toMatchObject({
      restartPolicy: 'Never',
      activeDeadlineSeconds: 300,
      volumes: [{ nfs: { path: '/pv' } }],
    });
    await test.api.patch(
      'pods',
      'recycler-for-pv',
      'default',
      { status: { phase: 'Succeeded' } },
      { subresource: 'status' },
    );
    await test.clock.advance(100);
    expect(test.getVolume('pv')?.spec.claimRef).toBeUndefined();
    expect(test.getVolume('pv')?.status?.phase).toBe('Available');
    expect(test.events('pv')).toEqual(['Normal VolumeRecycled Volume recycled']);
    expect(test.api.peek('pods', 'recycler-for-pv', 'default')).toBeUndefined();
  });

  it('says why a volume could not be emptied', async () => {
    const test = new VolumesTest();
    await test.volume('pv', '1Gi', { persistentVolumeReclaimPolicy: 'Recycle' });
    await test.claim('c');
    await test.clock.advance(100);
    await test.api.delete('persistentvolumeclaims', 'c', 'default');
    await test.clock.advance(100);
    const status = { phase: 'Failed', message: 'Pod was active on the node longer than the specified deadline' };
    await test.api.patch('pods', 'recycler-for-pv', 'default', { status }, { subresource: 'status' });
    await test.clock.advance(100);
    expect(test.events('pv')).toContain(
      `Warning VolumeFailedRecycle Recycle failed: failed to recycle volume: ${status.message}`,
    );
  });

  it.each([
    ['1Gi', 60],
    ['3Gi', 90],
    // Whole GiB count.
    ['3900Mi', 90],
  ])('gives a hostPath of %s %i s to be emptied, and mounts its path alone', (storage, seconds) => {
    const hostPath = { path: '/tmp/d', type: 'DirectoryOrCreate' };
    const { spec } = recyclerPod({ metadata: { name: 'pv' }, spec: { capacity: { storage }, hostPath } });
    expect(spec.activeDeadlineSeconds).toBe(seconds);
    expect(spec.volumes).toEqual([{ name: 'vol', hostPath: { path: '/tmp/d' } }]);
  });

  it.each([
    [
      'Delete',
      {},
      'VolumeFailedDelete',
      'error getting deleter volume plugin for volume "pv": no deletable volume plugin matched',
    ],
    [
      'Delete',
      { nfs: undefined, hostPath: { path: '/data' } },
      'VolumeFailedDelete',
      'host_path deleter only supports /tmp/.+ but received provided /data',
    ],
    [
      'Recycle',
      { nfs: undefined, local: { path: '/d' } },
      'VolumeFailedRecycle',
      'No recycler plugin found for the volume!',
    ],
  ] as const)('fails to %s what nobody can (%j)', async (policy, source, reason, message) => {
    const test = new VolumesTest();
    await test.volume('pv', '1Gi', { persistentVolumeReclaimPolicy: policy, ...source });
    await test.claim('c');
    await test.clock.advance(100);
    await test.api.delete('persistentvolumeclaims', 'c', 'default');
    await test.clock.advance(100);
    expect(test.getVolume('pv')?.status).toMatchObject({ phase: 'Failed', message });
    expect(test.events('pv')).toEqual([`Warning ${reason} ${message}`]);
  });

  it('leaves the volume of a driver that is not here Released', async () => {
    const test = new VolumesTest();
    const csi = { driver: 'x', volumeHandle: 'y' };
    await test.volume('pv', '1Gi', { persistentVolumeReclaimPolicy: 'Delete', nfs: undefined, csi });
    await test.claim('c');
    await test.clock.advance(100);
    await test.api.delete('persistentvolumeclaims', 'c', 'default');
    await test.clock.advance(20_000);
    expect(test.getVolume('pv')?.status?.phase).toBe('Released');
  });
});

describe('protection', () => {
  it('comes back to what was replaced without it', async () => {
    const test = new VolumesTest();
    await test.volume('pv', '1Gi');
    await test.claim('c');
    await test.clock.advance(100);
    expect(test.getClaim('c')?.metadata.finalizers).toEqual(['kubernetes.io/pvc-protection']);
    expect(test.api.peek('persistentvolumes', 'pv')?.metadata.finalizers).toEqual(['kubernetes.io/pv-protection']);
  });

  it('keeps a claim while a pod on a node uses it, finished or not', async () => {
    const test = new VolumesTest();
    await test.volume('pv', '1Gi', {}, ['kubernetes.io/pv-protection']);
    await test.claim('c', {}, ['kubernetes.io/pvc-protection']);
    const volumes = [{ name: 'v', persistentVolumeClaim: { claimName: 'c' } }];
    await test.api.create('pods', podNamed('user', { volumes, nodeName: 'node-1' }), 'default');
    await test.api.create('pods', podNamed('waiting', { volumes }), 'default');
    await test.clock.advance(100);
    await test.api.delete('persistentvolumeclaims', 'c', 'default');
    await test.api.delete('persistentvolumes', 'pv');
    await test.api.patch('pods', 'user', 'default', { status: { phase: 'Succeeded' } }, { subresource: 'status' });
    await test.clock.advance(20_000);
    expect(test.getClaim('c')?.metadata.deletionTimestamp).toBeDefined();
    expect(test.getVolume('pv')?.metadata.deletionTimestamp).toBeDefined();
    await test.api.delete('pods', 'user', 'default', { gracePeriodSeconds: 0 });
    await test.clock.advance(100);
    expect(test.getClaim('c')).toBeUndefined();
    expect(test.getVolume('pv')).toBeUndefined();
  });
});
