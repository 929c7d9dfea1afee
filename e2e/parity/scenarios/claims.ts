import type { Scenario, Trial } from '../trial';

/** Claims and the volumes they are bound to, by size, modes, class, labels and name. No volume is ever mounted. */

export interface VolumeWishes {
  storage: string;
  accessModes?: string[];
  spec?: object;
  labels?: Record<string, string>;
}

/** Volumes belong to the cluster: their names and their class begin with the namespace's, which nobody else has. */
export async function volume(
  trial: Trial,
  name: string,
  { storage, accessModes = ['ReadWriteOnce'], spec, labels }: VolumeWishes,
) {
  const full = `${trial.namespace}-${name}`;
  await trial.create('persistentvolumes', {
    metadata: { name: full, labels },
    spec: {
      capacity: { storage },
      accessModes,
      storageClassName: trial.namespace,
      hostPath: { path: `/tmp/${full}` },
      ...spec,
    },
  });
  await trial.until('persistentvolumes', full, ({ status }) => status?.phase === 'Available');
}

export async function claim(
  trial: Trial,
  name: string,
  { storage, accessModes = ['ReadWriteOnce'], spec }: VolumeWishes,
) {
  await trial.create('persistentvolumeclaims', {
    metadata: { name },
    spec: { accessModes, storageClassName: trial.namespace, resources: { requests: { storage } }, ...spec },
  });
}

export async function bound(trial: Trial, name: string): Promise<void> {
  await trial.until('persistentvolumeclaims', name, ({ status }) => status?.phase === 'Bound');
}

export const bindings = { follow: ['persistentvolumeclaims', 'persistentvolumes'] } as const;

export const bySizeAndModes: Scenario = {
  name: 'claim-binding-by-size-and-modes',
  ...bindings,
  async play(trial) {
    await volume(trial, 'small', { storage: '1Gi' });
    await volume(trial, 'middle', { storage: '5Gi' });
    await volume(trial, 'large', { storage: '10Gi' });
    await volume(trial, 'shared', { storage: '2Gi', accessModes: ['ReadWriteOnce', 'ReadWriteMany'] });
    await volume(trial, 'raw', { storage: '1Gi', spec: { volumeMode: 'Block' } });
    // The smallest that is large enough.
    await claim(trial, 'three', { storage: '3Gi' });
    await bound(trial, 'three');
    await claim(trial, 'many', { storage: '1Gi', accessModes: ['ReadWriteMany'] });
    await bound(trial, 'many');
    await claim(trial, 'block', { storage: '1Gi', spec: { volumeMode: 'Block' } });
    await bound(trial, 'block');
    // Nothing is large enough, until something is.
    await claim(trial, 'huge', { storage: '50Gi' });
    await trial.quiet();
    await volume(trial, 'late', { storage: '100Gi' }).catch(() => {});
    await bound(trial, 'huge');
  },
};

export const byNameAndLabels: Scenario = {
  name: 'claim-binding-by-name-and-labels',
  ...bindings,
  async play(trial) {
    await volume(trial, 'gold', { storage: '5Gi', labels: { tier: 'gold' } });
    await volume(trial, 'plain', { storage: '1Gi' });
    await claim(trial, 'wants-gold', { storage: '1Gi', spec: { selector: { matchLabels: { tier: 'gold' } } } });
    await bound(trial, 'wants-gold');
    await claim(trial, 'wants-plain', { storage: '1Gi', spec: { volumeName: `${trial.namespace}-plain` } });
    await bound(trial, 'wants-plain');
    // Its volume is somebody else's.
    await claim(trial, 'too-late', { storage: '1Gi', spec: { volumeName: `${trial.namespace}-plain` } });
    await trial.quiet();
    await claim(trial, 'no-such-volume', { storage: '1Gi', spec: { volumeName: `${trial.namespace}-none` } });
    await trial.quiet();
  },
};

/** A claim whose volume was deleted under it is lost. */
export const lost: Scenario = {
  name: 'lost-claim',
  ...bindings,
  async play(trial) {
    await volume(trial, 'only', { storage: '1Gi' });
    await claim(trial, 'data', { storage: '1Gi' });
    await bound(trial, 'data');
    const only = `${trial.namespace}-only`;
    await trial.remove('persistentvolumes', only);
    // It is protected as long as it is bound; taking that off by force is what loses the claim.
    await trial.quiet();
    await trial.patch('persistentvolumes', only, { metadata: { finalizers: null } });
    await trial.until('persistentvolumeclaims', 'data', ({ status }) => status?.phase === 'Lost');
  },
};
