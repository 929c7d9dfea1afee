import { expect, it } from 'vitest';
import type { Pod } from '../../../../lib/kubernetes/pod';
import type { StatefulSet, StatefulSetSpec } from '../../../../lib/kubernetes/statefulSet';
import type { ApiClient } from '../../client';
import { seededIds } from '../../ids';
import { StatusError } from '../../status';
import type { Informers } from '../runtime/informer';
import { fakeCluster } from '../testing/cluster';
import type { FakeApi } from '../testing/fakeApi';
import { startFakeKubelet } from '../testing/fakeKubelet';
import { readyCondition, template, webSet } from '../testing/objects';
import { endOrdinal, isInRange, ordinalOfPod, replicasOf, startOrdinal } from './identity';
import { isFinished, isRunningAndReady } from './podState';
import { startStatefulSetController } from './statefulSetController';

/**
 * Seeded stories: a set is scaled, updated, rolled back and has its pods killed, while every so many of the controller's
 * calls fail, caches lag and pods are unwell. At each write of the controller it is checked that what it knows allows
 * it; in the end, with the faults gone, the set must be as it was asked to be.
 */
const stories = Array.from({ length: 120 }, (_, n) => ({ seed: n + 1, isOrdered: n % 2 === 0 }));

type Pick = (below: number) => number;

it.each(stories)('story $seed keeps its promises and ends well (in order: $isOrdered)', async ({ seed, isOrdered }) => {
  const ids = seededIds(seed * 7919);
  const pick: Pick = (below) => Math.floor(ids.fraction() * below);
  const cluster = fakeCluster(seed);
  const { client, clock, informers } = cluster;
  const sick = new Set<string>();
  const isHealthy = (p: Pod) => !sick.has(p.metadata.name ?? '') && p.spec.containers[0]?.image !== 'broken';
  const kubelet = startFakeKubelet({ client, clock, startMs: 300, stopMs: 200, isHealthy });
  const broken: string[] = [];
  const faults = { every: 3 + pick(9), isOn: true, calls: 0 };
  const own = observed(client, (verb, resource, name) => {
    if (faults.isOn && ++faults.calls % faults.every === 0) throw new StatusError(500, 'InternalError', 'injected');
    if (resource === 'pods' && isOrdered) broken.push(...promisesBrokenBy(verb, name, informers));
    if (resource === 'persistentvolumeclaims' && verb === 'delete') broken.push(`deleted claim ${name}`);
  });
  startStatefulSetController({ ...cluster, client: own });
  const podManagementPolicy = isOrdered ? 'OrderedReady' : 'Parallel';
  await client.create('statefulsets', webSet({ replicas: pick(5), podManagementPolicy }));

  for (let turn = 0; turn < 25; turn++) {
    faults.isOn = turn % 2 === 0;
    await act(pick, client, sick, kubelet);
    if (pick(5) === 0) client.holdWatches();
    await clock.advance(pick(900));
    client.releaseWatches();
  }

  faults.isOn = false;
  sick.clear();
  const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 0 } } as const;
  await edit(client, (set) => ({ ...set.spec, template: template('fine'), updateStrategy }));
  // What a broken revision left behind has to be deleted by hand, as on a real cluster.
  for (let round = 0; round < 8; round++) {
    await clock.advance(20_000);
    for (const p of client.all('pods')) {
      const name = p.metadata.name ?? '';
      if (p.spec.containers[0]?.image === 'broken') await client.delete('pods', name, 'default');
      else if (p.spec.nodeName) await kubelet.probe(name);
    }
  }
  await clock.advance(1_100_000);
  expect(broken).toEqual([]);
  const set = await client.get('statefulsets', 'web', 'default');
  const wanted = Array.from({ length: replicasOf(set) }, (_, n) => `web-${startOrdinal(set) + n}`);
  expect(client.all('pods').map((p) => p.metadata.name)).toEqual(wanted);
  for (const p of client.all('pods')) expect(p.spec.containers[0]?.image).toBe('fine');
  const { length: n } = wanted;
  const { updateRevision } = set.status;
  expect(set.status).toMatchObject({
    replicas: n,
    availableReplicas: n,
    collisionCount: 0,
    currentRevision: updateRevision,
  });
});

/** The client as the controller has it: `before` sees each write and may throw in its place. */
function observed(
  client: FakeApi,
  before: (verb: 'create' | 'update' | 'patch' | 'delete', resource: string, name: string) => void,
): ApiClient {
  return {
    get: (resource, name, namespace) => client.get(resource, name, namespace),
    list: (resource, options) => client.list(resource, options),
    async create(resource, object, namespace) {
      before('create', resource, object.metadata.name ?? '');
      return client.create(resource, object, namespace);
    },
    async update(resource, object, subresource) {
      before('update', resource, object.metadata.name ?? '');
      return client.update(resource, object, subresource);
    },
    async patch(resource, name, namespace, patch, options) {
      before('patch', resource, name);
      return client.patch(resource, name, namespace, patch, options);
    },
    async delete(resource, name, namespace, options) {
      before('delete', resource, name);
      return client.delete(resource, name, namespace, options);
    },
    apply: (resource, object) => client.apply(resource, object),
    bind: (namespace, pod, node) => client.bind(namespace, pod, node),
    watch: (resource, handler) => client.watch(resource, handler),
  };
}

/** What ordered mode promises, by what the caches say at the moment of a write to a pod. */
function promisesBrokenBy(verb: string, name: string, informers: Informers): string[] {
  const set = informers.for('statefulsets').get('web', 'default');
  if (!set) return [];
  const pods = informers.for('pods').list('default');
  const ordinal = Number(name.slice('web-'.length));
  const isWell = (p: Pod) => isRunningAndReady(p) && !p.metadata.deletionTimestamp;
  const kept = pods.filter((p) => isInRange(set, p));
  const below = kept.filter((p) => ordinalOfPod(set, p) < ordinal);
  const target = pods.find((p) => p.metadata.name === name);
  if (verb === 'create') {
    if (target) return [`created ${name}, which is there`];
    return below.every(isWell) && below.length === ordinal - startOrdinal(set) ? [] : [`created ${name} too early`];
  }
  if (verb !== 'delete' || !target || isFinished(target)) return [];
  if (!kept.every(isWell) || kept.length !== replicasOf(set)) return [`deleted ${name} while a kept pod was unwell`];
  const condemned = pods.filter((p) => !isInRange(set, p)).map((p) => ordinalOfPod(set, p));
  if (ordinal <= endOrdinal(set) && ordinal >= startOrdinal(set))
    return condemned.length > 0 ? [`replaced ${name} before scaling down was over`] : [];
  return condemned.some((other) => other > ordinal) ? [`deleted ${name} before a higher one`] : [];
}

async function edit(client: FakeApi, change: (set: StatefulSet) => StatefulSetSpec): Promise<void> {
  const set = await client.get('statefulsets', 'web', 'default');
  await client.update('statefulsets', { ...set, spec: change(set) });
}

/** One thing that a user, a node or a probe does. */
async function act(
  pick: Pick,
  client: FakeApi,
  sick: Set<string>,
  kubelet: { probe(name: string): Promise<void> },
): Promise<void> {
  const pods = client.all('pods');
  const victim = pods[pick(Math.max(1, pods.length))];
  const name = victim?.metadata.name ?? '';
  switch (pick(7)) {
    case 0:
      return edit(client, (set) => ({ ...set.spec, replicas: pick(6) }));
    case 1:
      return edit(client, (set) => ({ ...set.spec, template: template(['one', 'two', 'broken'][pick(3)] ?? '') }));
    case 2:
      return edit(client, (set) => ({ ...set.spec, ordinals: { start: pick(3) } }));
    case 3:
      return victim && client.delete('pods', name, 'default', { gracePeriodSeconds: pick(2) * 30 });
    case 4:
      if (!victim?.spec.nodeName) return;
      if (!sick.delete(name)) sick.add(name);
      return kubelet.probe(name);
    case 5: {
      if (!victim?.spec.nodeName) return;
      const phase = pick(2) === 0 ? 'Failed' : 'Succeeded';
      const conditions = [readyCondition(false)];
      await client.update('pods', { ...victim, status: { ...victim.status, phase, conditions } }, 'status');
      return;
    }
    default: {
      const rollingUpdate = { partition: pick(3) };
      return edit(client, (set) => ({ ...set.spec, updateStrategy: { type: 'RollingUpdate', rollingUpdate } }));
    }
  }
}
