import type { Scenario } from '../trial';
import { hasReady, isReady, startWeb, web } from './web';

const lives = { follow: ['pods'], values: ['statefulsets'], ordered: ['pods'] } as const;

/** A pod that was deleted comes back under its name, as another one. */
export const replaced: Scenario = {
  name: 'pod-deleted-by-hand',
  ...lives,
  async play(trial) {
    await startWeb(trial);
    await trial.remove('pods', 'web-1');
    await trial.gone('pods', 'web-1');
    await trial.until('pods', 'web-1', isReady);
    await trial.until('statefulsets', 'web', hasReady(3));
  },
};

/** A pod that failed is deleted and made anew. */
export const failed: Scenario = {
  name: 'failed-pod',
  ...lives,
  async play(trial) {
    await startWeb(trial, { replicas: 2 });
    const status = { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' };
    await trial.patch('pods', 'web-0', { status }, 'status');
    await trial.gone('pods', 'web-0');
    await trial.until('pods', 'web-0', isReady);
    await trial.until('statefulsets', 'web', hasReady(2));
  },
};

/** Ordinals that begin elsewhere; a changed start moves the set, from both ends. */
export const startOrdinal: Scenario = {
  name: 'start-ordinal',
  ...lives,
  async play(trial) {
    await trial.create('statefulsets', web({ replicas: 2, spec: { ordinals: { start: 5 } } }));
    await trial.until('statefulsets', 'web', hasReady(2));
    await trial.patch('statefulsets', 'web', { spec: { ordinals: { start: 4 } } });
    await trial.gone('pods', 'web-6');
    await trial.until('pods', 'web-4', isReady);
    await trial.until('statefulsets', 'web', hasReady(2));
  },
};

/** A set takes a pod that its selector matches and nobody owns, and lets go of one that no longer matches. */
export const adoption: Scenario = {
  name: 'adoption-and-release',
  follow: ['pods'],
  finally: ['controllerrevisions'],
  await: ['statefulsets'],
  ordered: ['pods'],
  async play(trial) {
    await startWeb(trial, { replicas: 1 });
    await trial.remove('statefulsets', 'web', { propagationPolicy: 'Orphan' });
    await trial.gone('statefulsets', 'web');
    await trial.until('pods', 'web-0', ({ metadata }) => !metadata.ownerReferences?.length);
    await trial.create('statefulsets', web({ replicas: 1 }));
    await trial.until('pods', 'web-0', ({ metadata }) => metadata.ownerReferences?.length === 1);
    await trial.until('statefulsets', 'web', hasReady(1));
    await trial.patch('pods', 'web-0', { metadata: { labels: { app: 'other' } } });
    await trial.until('pods', 'web-0', ({ metadata }) => !metadata.ownerReferences?.length);
    // Its name is taken, so that no other can come in its place.
    await trial.quiet();
  },
};
