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

function remove(trial: Trial, propagationPolicy: 'Orphan' | 'Background') {
  return trial.answer('delete', 'DELETE', trial.path('statefulsets', 'web'), { propagationPolicy });
}
