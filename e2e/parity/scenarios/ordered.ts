import type { Scenario } from '../trial';
import { hasReady, headless, isScheduled, scaleWeb, web } from './web';

/** One pod after the other, each only when those before it are Ready; and back, the highest first. */
export const orderedStartAndStop: Scenario = {
  name: 'ordered-start-and-stop',
  follow: ['pods'],
  values: ['statefulsets'],
  finally: ['controllerrevisions'],
  ordered: ['pods'],
  async play(trial) {
    trial.node.hold('web-0', 'start');
    await trial.create('services', headless);
    await trial.create('statefulsets', web({ replicas: 3 }));
    await trial.until('pods', 'web-0', isScheduled);
    // web-1 has the time to come too early.
    await trial.quiet();
    trial.node.letGo('web-0');
    await trial.until('statefulsets', 'web', hasReady(3));
    await scaleWeb(trial, 1);
    await scaleWeb(trial, 0);
    await trial.gone('pods', 'web-0');
  },
};

/** A pod that ends late holds up those below it. */
export const slowStop: Scenario = {
  name: 'slow-stop',
  follow: ['pods'],
  values: ['statefulsets'],
  ordered: ['pods'],
  async play(trial) {
    await trial.create('statefulsets', web({ replicas: 3 }));
    await trial.until('statefulsets', 'web', hasReady(3));
    trial.node.hold('web-2', 'stop');
    await trial.patch('statefulsets', 'web', { spec: { replicas: 0 } });
    await trial.until('pods', 'web-2', (pod) => pod.metadata.deletionTimestamp !== undefined);
    await trial.quiet();
    trial.node.letGo('web-2');
    await trial.until('statefulsets', 'web', hasReady(0));
  },
};
