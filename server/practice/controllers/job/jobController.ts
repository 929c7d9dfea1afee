import { isJobFinished, jobTracking, type Job } from '../../../../lib/kubernetes/batch';
import { controllerOf } from '../../../../lib/kubernetes/metadata';
import type { Pod } from '../../../../lib/kubernetes/pod';
import { matchesSelector } from '../../../../lib/kubernetes/selector';
import type { ApiClient } from '../../client';
import type { Clock } from '../../clock';
import type { Ids } from '../../ids';
import { createRateLimiter } from '../runtime/backOff';
import { Controller, splitKey, type ReconcileFailure } from '../runtime/controller';
import { claimPods, ensureNotDeleted } from '../runtime/controllerRefs';
import { orphansIn, ownedBy, watchDependents } from '../runtime/dependents';
import { createEventRecorder } from '../runtime/events';
import { keyOf, type Informer, type Informers } from '../runtime/informer';
import { OwnWrites } from '../runtime/ownWrites';
import { TemplatePods } from '../runtime/podTemplates';
import { isTracked } from './jobPods';
import { JobSync } from './jobSync';
import { batchMs, ignoreMissing, untracked } from './podsOfJob';

export interface JobControllerOptions {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  ids: Ids;
  onError?: (failure: ReconcileFailure) => void;
}

/** Who else may manage a Job (`spec.managedBy`) is not this one. */
const ownName = 'kubernetes.io/job-controller';
const isForeign = ({ spec }: Job) => spec.managedBy !== undefined && spec.managedBy !== ownName;

/** Runs each Job's pods until enough of them have succeeded (pkg/controller/job, v1.36.3). */
export function startJobController(options: JobControllerOptions): { stop(): Promise<void> } {
  const { client, informers, clock } = options;
  const jobs = informers.for('jobs');
  const pods = informers.for('pods');
  const recorder = createEventRecorder({ ...options, component: 'job-controller' });
  const writes = new OwnWrites(informers);
  const again = (key: string, afterMs: number) => controller.enqueueAfter(key, afterMs);
  const sync = new JobSync({ client, clock, recorder, writes, pods: new TemplatePods(client, recorder), again });
  const ready = informers.synced();

  const reconcile = async (key: string) => {
    writes.ensureVisible(key);
    const { namespace, name } = splitKey(key);
    const stored = jobs.get(name, namespace);
    if (!stored) {
      writes.forget(key);
      return sync.forget(key);
    }
    if (isForeign(stored)) return;
    const job: Job = { ...stored, apiVersion: 'batch/v1', kind: 'Job' };
    // What has ended is let go by the other queue; its pods are not claimed any more.
    if (isJobFinished(job)) return sync.run(job, []);
    const own = await claimPods({
      client,
      owner: job,
      pods: [...ownedBy(pods, job), ...orphansIn(pods, namespace)],
      matches: (pod) => matchesSelector(job.spec.selector ?? {}, pod.metadata.labels),
      ensureCanAdopt: () => ensureNotDeleted(job, () => client.get('jobs', name, namespace)),
      finalizers: [jobTracking],
    });
    // Those just adopted: the cache may not show it yet, but they count.
    await sync.run(
      job,
      own.map((pod) => (controllerOf(pod.metadata) ? pod : tracked(pod))),
    );
  };

  const limiter = createRateLimiter(clock, { baseMs: 1000, longestMs: 60_000 });
  const controller = new Controller({ name: 'job', clock, reconcile, ready, limiter, onError: options.onError });
  const orphans = orphanController({ ...options, ready, jobs, pods });
  const release = (job: Job) => ownedBy(pods, job).forEach((pod) => orphans.enqueue(keyOf(pod)));
  const now = (job: Job) => controller.enqueue(keyOf(job));
  jobs.on({
    added: now,
    deleted: (job) => (now(job), release(job)),
    modified(job, previous) {
      if (isJobFinished(job)) return release(job);
      if (job.metadata.generation !== previous.metadata.generation) now(job);
      else again(keyOf(job), batchMs);
    },
  });
  watchDependents<Job, Pod>({
    dependents: pods,
    kind: 'Job',
    get: (name, namespace) => jobs.get(name, namespace),
    list: (namespace) => jobs.list(namespace),
    matches: (job, pod) => matchesSelector(job.spec.selector ?? {}, pod.metadata.labels),
    enqueue: (key) => again(key, batchMs),
  });
  return { stop: async () => void (await Promise.all([controller.stop(), orphans.stop()])) };
}

const tracked = (pod: Pod): Pod => ({
  ...pod,
  metadata: { ...pod.metadata, finalizers: [...new Set([...(pod.metadata.finalizers ?? []), jobTracking])] },
});

/** Takes the finalizer from pods that no Job will count any more: else they would never go (syncOrphanPod). */
function orphanController({
  client,
  clock,
  onError,
  ready,
  jobs,
  pods,
}: JobControllerOptions & { ready: Promise<void>; jobs: Informer<Job>; pods: Informer<Pod> }): Controller {
  const isOrphan = (pod: Pod) => {
    const owner = controllerOf(pod.metadata);
    if (!owner) return true;
    if (owner.kind !== 'Job' || owner.apiVersion !== 'batch/v1') return false;
    const job = jobs.get(owner.name, pod.metadata.namespace);
    if (job?.metadata.uid !== owner.uid) return true;
    return isJobFinished(job) && !isForeign(job);
  };
  const reconcile = async (key: string) => {
    const { namespace, name } = splitKey(key);
    const pod = pods.get(name, namespace);
    if (!pod || !isTracked(pod) || !isOrphan(pod)) return;
    await ignoreMissing(client.patch('pods', name, namespace, untracked, { type: 'strategic' }));
  };
  const orphans = new Controller({ name: 'job-orphan-pods', clock, reconcile, ready, onError });
  const look = (pod: Pod) => {
    if (isTracked(pod) && isOrphan(pod)) orphans.enqueue(keyOf(pod));
  };
  pods.on({ added: look, modified: look });
  return orphans;
}
