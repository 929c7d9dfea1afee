import type { Scenario, Trial } from '../trial';
import { startWeb } from './web';

/** The set goes, its pods and revisions stay and are nobody's. */
export const orphan: Scenario = {
  name: 'delete-orphan',
  follow: ['pods'],
  finally: ['statefulsets', 'controllerrevisions'],
  async play(trial) {
    await startWeb(trial, { replicas: 2 });
    await remove(trial, 'Orphan');
    await trial.gone('statefulsets', 'web');
    for (const pod of ['web-0', 'web-1']) await trial.until('pods', pod, (p) => !p.metadata.ownerReferences?.length);
  },
};

/** The set goes at once, its pods after it. */
export const background: Scenario = {
  name: 'delete-background',
  follow: ['pods'],
  finally: ['controllerrevisions'],
  ordered: ['statefulsets'],
  async play(trial) {
    await startWeb(trial, { replicas: 2 });
    for (const pod of ['web-0', 'web-1']) trial.node.hold(pod, 'stop');
    await remove(trial, 'Background');
    await trial.gone('statefulsets', 'web');
    for (const pod of ['web-0', 'web-1']) {
      await trial.until('pods', pod, ({ metadata }) => metadata.deletionTimestamp !== undefined);
      trial.node.letGo(pod);
      await trial.gone('pods', pod);
    }
  },
};

/** The set stays, being deleted, until its pods are gone. */
export const foreground: Scenario = {
  name: 'delete-foreground',
  follow: ['pods'],
  finally: ['controllerrevisions'],
  await: ['statefulsets'],
  async play(trial) {
    await startWeb(trial, { replicas: 2 });
    trial.node.hold('web-1', 'stop');
    await remove(trial, 'Foreground');
    await trial.gone('pods', 'web-0');
    await trial.until('statefulsets', 'web', ({ status }) => status.replicas === 1);
    await trial.quiet();
    await trial.answer('while a pod is left', 'GET', trial.path('statefulsets', 'web'));
    trial.node.letGo('web-1');
    await trial.gone('statefulsets', 'web');
    const { items } = await trial.api.must('GET', trial.path('pods'));
    trial.keep('pods when the set is gone', items ?? null);
  },
};

function remove(trial: Trial, propagationPolicy: 'Orphan' | 'Background' | 'Foreground') {
  return trial.answer('delete', 'DELETE', trial.path('statefulsets', 'web'), { propagationPolicy });
}
