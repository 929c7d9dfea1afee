import type { Scenario, Trial } from '../trial';
import { hasReady, headless, isReady, web } from './web';

/** Volumes made for claims by the provisioner that every control plane has in it, kubernetes.io/host-path. */

async function storageClass(trial: Trial, spec: object): Promise<string> {
  const name = trial.namespace;
  await trial.create('storageclasses', { metadata: { name }, provisioner: 'kubernetes.io/host-path', ...spec });
  return name;
}

const claimOf = (storageClassName: string) => ({
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], storageClassName, resources: { requests: { storage: '1Gi' } } },
});

/** A set whose pods each have a claim. */
function webWithClaims(storageClassName: string, spec: object = {}) {
  const volumeMounts = [{ name: 'data', mountPath: '/data' }];
  const containers = [{ name: 'nginx', image: 'nginx:1', volumeMounts }];
  return web({
    replicas: 2,
    pod: { containers },
    spec: { volumeClaimTemplates: [claimOf(storageClassName)], ...spec },
  });
}

export const immediate: Scenario = {
  name: 'provisioning-immediate',
  follow: ['persistentvolumeclaims'],
  // In which order the volume is bound, its finalizers taken off and it deleted is a race between two controllers.
  await: ['persistentvolumes'],
  async play(trial) {
    const name = await storageClass(trial, { reclaimPolicy: 'Delete' });
    await trial.create('persistentvolumeclaims', claimOf(name));
    const { spec } = await trial.until('persistentvolumeclaims', 'data', ({ status }) => status?.phase === 'Bound');
    await trial.until('persistentvolumes', spec.volumeName ?? '', ({ status }) => status?.phase === 'Bound');
    await trial.quiet();
    await trial.answer('the volume', 'GET', trial.path('persistentvolumes', spec.volumeName));
    await trial.remove('persistentvolumeclaims', 'data');
    await trial.gone('persistentvolumes', spec.volumeName ?? '');
  },
};

/** No volume before a pod needs it; then on that pod's node. */
export const firstConsumer: Scenario = {
  name: 'provisioning-for-first-consumer',
  follow: ['persistentvolumeclaims'],
  finally: ['persistentvolumes', 'pods'],
  async play(trial) {
    const name = await storageClass(trial, { volumeBindingMode: 'WaitForFirstConsumer', reclaimPolicy: 'Retain' });
    await trial.create('persistentvolumeclaims', { ...claimOf(name), metadata: { name: 'data-web-0' } });
    await trial.event('data-web-0', 'WaitForFirstConsumer');
    await trial.quiet();
    await trial.create('services', headless);
    await trial.create('statefulsets', webWithClaims(name, { replicas: 1 }));
    await trial.until('pods', 'web-0', isReady);
  },
};

/** A class that nobody serves: the claim waits, and the pod with it. */
export const noProvisioner: Scenario = {
  name: 'provisioning-by-nobody',
  follow: ['persistentvolumeclaims'],
  finally: ['pods'],
  values: ['statefulsets'],
  async play(trial) {
    const name = await storageClass(trial, { provisioner: 'example.com/nobody' });
    await trial.create('statefulsets', webWithClaims(name));
    await trial.event('data-web-0', 'ExternalProvisioning');
    await trial.event('web-0', 'FailedScheduling');
  },
};

/**
 * Claims go with their pod when the set says so, and with the set. They are there before it: whether a scheduler sees a claim that is just
 * being provisioned is a race, and not what this is about.
 */
export const claimRetention: Scenario = {
  name: 'claim-retention',
  follow: ['persistentvolumeclaims'],
  finally: ['statefulsets', 'pods'],
  ordered: ['pods'],
  async play(trial) {
    const name = await storageClass(trial, { reclaimPolicy: 'Delete' });
    const policy = { whenScaled: 'Delete', whenDeleted: 'Retain' };
    for (const claim of ['data-web-0', 'data-web-1']) {
      await trial.create('persistentvolumeclaims', { ...claimOf(name), metadata: { name: claim } });
      await trial.until('persistentvolumeclaims', claim, ({ status }) => status?.phase === 'Bound');
    }
    await trial.create('statefulsets', webWithClaims(name, { persistentVolumeClaimRetentionPolicy: policy }));
    await trial.until('statefulsets', 'web', hasReady(2));
    trial.node.hold('web-1', 'stop');
    await trial.patch('statefulsets', 'web', { spec: { replicas: 1 } });
    await trial.until('pods', 'web-1', ({ metadata }) => metadata.deletionTimestamp !== undefined);
    await trial.quiet();
    await trial.answer('while its pod is left', 'GET', trial.path('persistentvolumeclaims', 'data-web-1'));
    trial.node.letGo('web-1');
    await trial.gone('persistentvolumeclaims', 'data-web-1');
    await trial.patch('statefulsets', 'web', {
      spec: { persistentVolumeClaimRetentionPolicy: { whenScaled: 'Retain', whenDeleted: 'Delete' } },
    });
    await trial.until('persistentvolumeclaims', 'data-web-0', ({ metadata }) =>
      Boolean(metadata.ownerReferences?.some(({ kind }) => kind === 'StatefulSet')),
    );
    await trial.remove('statefulsets', 'web', { propagationPolicy: 'Foreground' });
    await trial.gone('persistentvolumeclaims', 'data-web-0');
  },
};

/** A claim in use stays until the pod that uses it is gone. */
export const protection: Scenario = {
  name: 'claim-protection',
  follow: ['persistentvolumeclaims'],
  ordered: ['pods', 'persistentvolumeclaims'],
  finally: ['pods'],
  await: ['statefulsets'],
  async play(trial) {
    const name = await storageClass(trial, { reclaimPolicy: 'Delete' });
    await trial.create('statefulsets', webWithClaims(name, { replicas: 1 }));
    await trial.until('statefulsets', 'web', hasReady(1));
    await trial.remove('persistentvolumeclaims', 'data-web-0');
    await trial.quiet();
    await trial.patch('statefulsets', 'web', { spec: { replicas: 0 } });
    await trial.gone('persistentvolumeclaims', 'data-web-0');
  },
};
