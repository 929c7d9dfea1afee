import { describe, expect, it } from 'vitest';
import type { Toleration } from '../../../../lib/kubernetes/pod';
import { ManualClock } from '../../clock';
import { seededIds } from '../../ids';
import { createInformers } from '../runtime/informer';
import { FakeApi } from '../testing/fakeApi';
import { startTaintEvictionController } from './taintEvictionController';

const taint = { key: 'broken', value: 'yes', effect: 'NoExecute' };
const tolerating = (tolerationSeconds?: number): Toleration[] => [
  {
    key: 'broken',
    operator: 'Exists',
    effect: 'NoExecute',
    ...(tolerationSeconds === undefined ? {} : { tolerationSeconds }),
  },
];

async function running(tolerations: Toleration[]) {
  const clock = new ManualClock();
  const ids = seededIds(1);
  const api = new FakeApi({ clock, ids });
  await api.create('nodes', { metadata: { name: 'node-1' } });
  const spec = { nodeName: 'node-1', containers: [{ name: 'c' }], tolerations };
  api.seed('pods', { metadata: { name: 'web-0', namespace: 'default', uid: 'u' }, spec, status: { phase: 'Running' } });
  const informers = createInformers(api);
  startTaintEvictionController({ client: api, informers, clock, ids });
  await clock.advance(10);
  const setTaints = async (taints: object[]) => {
    await api.patch('nodes', 'node-1', '', { spec: { taints } });
    await clock.advance(10);
  };
  const isLeaving = () => {
    const pod = api.peek('pods', 'web-0', 'default');
    return pod === undefined || pod.metadata.deletionTimestamp !== undefined;
  };
  const events = () => api.all('events').map(({ message }) => message);
  return { api, clock, setTaints, isLeaving, events };
}

describe('a NoExecute taint', () => {
  it('ends a pod that does not tolerate it at once, and says why', async () => {
    const { api, setTaints, isLeaving, events } = await running([]);
    await setTaints([{ ...taint, effect: 'NoSchedule' }]);
    expect(isLeaving()).toBe(false);
    await setTaints([taint]);
    expect(isLeaving()).toBe(true);
    expect(events()).toEqual(['Marking for deletion Pod default/web-0']);
    const conditions = api.peek('pods', 'web-0', 'default')?.status.conditions;
    expect(conditions).toEqual([
      expect.objectContaining({ type: 'DisruptionTarget', status: 'True', reason: 'DeletionByTaintManager' }),
    ]);
  });

  it('leaves one that tolerates it for ever', async () => {
    const { clock, setTaints, isLeaving } = await running(tolerating());
    await setTaints([taint]);
    await clock.advance(3_600_000);
    expect(isLeaving()).toBe(false);
  });

  it('ends one that tolerates it for a while when that is over', async () => {
    const { clock, setTaints, isLeaving } = await running(tolerating(60));
    await setTaints([taint]);
    await clock.advance(59_000);
    expect(isLeaving()).toBe(false);
    await clock.advance(1000);
    expect(isLeaving()).toBe(true);
  });

  it('spares those that wait when it is gone', async () => {
    const { clock, setTaints, isLeaving, events } = await running(tolerating(60));
    await setTaints([taint]);
    await clock.advance(30_000);
    await setTaints([]);
    await clock.advance(60_000);
    expect(isLeaving()).toBe(false);
    expect(events()).toEqual(['Cancelling deletion of Pod default/web-0']);
  });
});
