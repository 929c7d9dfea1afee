import type { Scenario, Trial } from '../trial';
import { hasReady, isReady, startWeb } from './web';

/** Evictions as a drain makes them: held back by a budget, and let through. */
export const eviction: Scenario = {
  name: 'eviction',
  follow: [],
  // How many steps a budget takes depends on whether its controller sees the eviction or the deletion first.
  finally: ['poddisruptionbudgets', 'pods'],
  ordered: ['pods'],
  await: ['statefulsets'],
  async play(trial) {
    await startWeb(trial, { replicas: 2 });
    await trial.create('poddisruptionbudgets', {
      metadata: { name: 'web' },
      spec: { minAvailable: 2, selector: { matchLabels: { app: 'web' } } },
    });
    await trial.until('poddisruptionbudgets', 'web', ({ status }) => status?.expectedPods === 2);
    await trial.quiet();
    await evict(trial, 'held back', 'web-1');
    await trial.patch('poddisruptionbudgets', 'web', { spec: { minAvailable: 1 } });
    await trial.until('poddisruptionbudgets', 'web', ({ status }) => status?.disruptionsAllowed === 1);
    await evict(trial, 'dry run', 'web-1', { deleteOptions: { dryRun: ['All'] } });
    trial.node.hold('web-1', 'stop');
    await evict(trial, 'let through', 'web-1');
    await trial.until('poddisruptionbudgets', 'web', ({ status }) => status?.disruptionsAllowed === 0);
    await trial.quiet();
    await evict(trial, 'one at a time', 'web-0');
    trial.node.letGo('web-1');
    await trial.gone('pods', 'web-1');
    await trial.until('pods', 'web-1', isReady);
    await trial.until('statefulsets', 'web', hasReady(2));
    await trial.until('poddisruptionbudgets', 'web', ({ status }) => status?.disruptionsAllowed === 1);
    await evict(trial, 'no such pod', 'web-7');
    await evict(trial, 'another name', 'web-0', { metadata: { name: 'web-1' } });
  },
};

function evict(trial: Trial, title: string, pod: string, more: object = {}) {
  const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod }, ...more };
  return trial.answer(title, 'POST', trial.path('pods', pod, 'eviction'), body);
}
