import { resourcePath } from '../../../lib/kubernetes/resources';
import type { JsonObject } from '../json';
import type { Scenario, Trial } from '../trial';
import { bindings, bound, claim, volume } from './claims';

/** What becomes of a volume whose claim is gone. */

export const retained: Scenario = {
  name: 'reclaim-retain',
  ...bindings,
  async play(trial) {
    await volume(trial, 'kept', { storage: '1Gi', spec: { persistentVolumeReclaimPolicy: 'Retain' } });
    await claim(trial, 'first', { storage: '1Gi' });
    await bound(trial, 'first');
    await trial.remove('persistentvolumeclaims', 'first');
    const kept = `${trial.namespace}-kept`;
    await trial.until('persistentvolumes', kept, ({ status }) => status?.phase === 'Released');
    // Released is not Available: the next claim does not get it before somebody has looked at it.
    await claim(trial, 'second', { storage: '1Gi' });
    await trial.quiet();
    await trial.patch('persistentvolumes', kept, { spec: { claimRef: null } });
    await bound(trial, 'second');
  },
};

/** Deleted with what is in it, where the deleter may; else Failed, and why. */
export const deleted: Scenario = {
  name: 'reclaim-delete',
  ...bindings,
  async play(trial) {
    const spec = { persistentVolumeReclaimPolicy: 'Delete' };
    await volume(trial, 'removed', { storage: '1Gi', spec });
    await volume(trial, 'elsewhere', { storage: '2Gi', spec: { ...spec, hostPath: { path: '/srv/data' } } });
    await volume(trial, 'foreign', { storage: '3Gi', spec: { ...spec, hostPath: undefined, nfs } });
    for (const [name, storage] of [
      ['one', '1Gi'],
      ['two', '2Gi'],
      ['three', '3Gi'],
    ] as const) {
      await claim(trial, name, { storage });
      await bound(trial, name);
    }
    await trial.remove('persistentvolumeclaims', 'one');
    await trial.gone('persistentvolumes', `${trial.namespace}-removed`);
    await trial.remove('persistentvolumeclaims', 'two');
    await failed(trial, 'elsewhere');
    await trial.remove('persistentvolumeclaims', 'three');
    await failed(trial, 'foreign');
  },
};

const nfs = { server: 'nfs.example.com', path: '/export' };

async function failed(trial: Trial, name: string): Promise<void> {
  const full = `${trial.namespace}-${name}`;
  await trial.until('persistentvolumes', full, ({ status }) => status?.phase === 'Failed');
  await keepEvents(trial, name);
}

/** A pod empties the volume, which is Available again. No kubelet runs that pod: that it has succeeded is said by the scenario. */
export const recycled: Scenario = {
  name: 'reclaim-recycle',
  ...bindings,
  async play(trial) {
    const full = `${trial.namespace}-again`;
    await volume(trial, 'again', { storage: '1Gi', spec: { persistentVolumeReclaimPolicy: 'Recycle' } });
    await claim(trial, 'first', { storage: '1Gi' });
    await bound(trial, 'first');
    await trial.remove('persistentvolumeclaims', 'first');
    const recycler = resourcePath('pods', 'default', `recycler-for-${full}`);
    while ((await trial.api.ask('GET', recycler)).status === 404);
    await trial.quiet();
    await trial.answer('the recycler', 'GET', recycler);
    // Nobody gets a volume that is being emptied.
    await claim(trial, 'second', { storage: '1Gi' });
    await trial.quiet();
    await trial.api.must('PATCH', `${recycler}/status`, { status: { phase: 'Succeeded' } });
    await bound(trial, 'second');
    await trial.quiet();
    await trial.answer('the recycler afterwards', 'GET', recycler);
    await keepEvents(trial, 'again');
  },
};

/** What was told about a volume, which is told in `default`: each line once, however often it was. */
async function keepEvents(trial: Trial, name: string): Promise<void> {
  await trial.quiet();
  const about = `involvedObject.kind=PersistentVolume,involvedObject.name=${trial.namespace}-${name}`;
  const { items } = await trial.api.must(
    'GET',
    `${resourcePath('events', 'default')}?fieldSelector=${encodeURIComponent(about)}`,
  );
  const lines = (items as JsonObject[]).map(({ type, reason, message }) => `${type} ${reason}: ${message}`);
  trial.keep(`events about ${name}`, [...new Set(lines)].sort());
}
