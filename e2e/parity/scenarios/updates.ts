import type { StatefulSet } from '../../../lib/kubernetes/statefulSet';
import type { Scenario } from '../trial';
import { hasReady, imageOf, isReady, isScheduled, startWeb } from './web';

const updated = (count: number) => (set: StatefulSet) =>
  hasReady(3)(set) && (set.status.updatedReplicas ?? 0) === count;

const rollsOut = {
  follow: ['pods'],
  values: ['statefulsets'],
  finally: ['controllerrevisions'],
  ordered: ['pods'],
} as const;

/** From the highest ordinal down to the partition, then the rest; back to the first template makes no third revision. */
export const partition: Scenario = {
  name: 'rolling-update-with-partition',
  ...rollsOut,
  async play(trial) {
    await startWeb(trial, { spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } } });
    await trial.patch('statefulsets', 'web', imageOf('nginx:2'));
    await trial.until('statefulsets', 'web', updated(1));
    await trial.quiet();
    await trial.patch('statefulsets', 'web', { spec: { updateStrategy: { rollingUpdate: { partition: 0 } } } });
    await trial.until('statefulsets', 'web', (set) => set.status.currentRevision === set.status.updateRevision);
    await trial.quiet();
    await trial.patch('statefulsets', 'web', imageOf('nginx:1'));
    await trial.until('statefulsets', 'web', updated(3));
  },
};

/** With OnDelete nobody is replaced before somebody deletes it. A pod below the partition comes back as it was. */
export const onDelete: Scenario = {
  name: 'on-delete',
  ...rollsOut,
  async play(trial) {
    await startWeb(trial, { spec: { updateStrategy: { type: 'OnDelete' } } });
    await trial.patch('statefulsets', 'web', imageOf('nginx:2'));
    await trial.quiet();
    await trial.remove('pods', 'web-1');
    await trial.until('statefulsets', 'web', updated(1));
  },
};

/** A revision whose pod never becomes Ready stays in the way, even when the template is good again, until that pod is deleted. */
export const stuck: Scenario = {
  name: 'stuck-revision',
  ...rollsOut,
  async play(trial) {
    await startWeb(trial);
    trial.node.hold('web-2', 'start');
    await trial.patch('statefulsets', 'web', imageOf('nginx:broken'));
    await trial.until('pods', 'web-2', (pod) => isScheduled(pod) && !isReady(pod));
    await trial.quiet();
    await trial.patch('statefulsets', 'web', imageOf('nginx:1'));
    await trial.quiet();
    await trial.remove('pods', 'web-2');
    await trial.quiet();
    trial.node.letGo('web-2');
    await trial.until('statefulsets', 'web', updated(3));
  },
};

/** All at once, up and down; updates go one by one all the same. */
export const parallel: Scenario = {
  name: 'parallel',
  follow: ['pods'],
  finally: ['statefulsets', 'controllerrevisions'],
  async play(trial) {
    for (const pod of ['web-0', 'web-1', 'web-2']) trial.node.hold(pod, 'start');
    const started = startWeb(trial, { spec: { podManagementPolicy: 'Parallel' } });
    for (const pod of ['web-2', 'web-1', 'web-0']) {
      await trial.until('pods', pod, isScheduled);
      trial.node.letGo(pod);
    }
    await started;
    await trial.patch('statefulsets', 'web', imageOf('nginx:2'));
    await trial.until('statefulsets', 'web', updated(3));
    for (const pod of ['web-0', 'web-1', 'web-2']) trial.node.hold(pod, 'stop');
    await trial.patch('statefulsets', 'web', { spec: { replicas: 0 } });
    for (const pod of ['web-0', 'web-1', 'web-2']) {
      await trial.until('pods', pod, ({ metadata }) => metadata.deletionTimestamp !== undefined);
      trial.node.letGo(pod);
      await trial.gone('pods', pod);
    }
    await trial.until('statefulsets', 'web', hasReady(0));
  },
};
