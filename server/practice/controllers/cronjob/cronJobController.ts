import type { CronJob, Job } from '../../../../lib/kubernetes/batch';
import { CronError, parseCron } from '../../../../lib/kubernetes/cronSchedule';
import type { ApiClient } from '../../client';
import type { Clock } from '../../clock';
import type { Ids } from '../../ids';
import { Controller, splitKey, type ReconcileFailure } from '../runtime/controller';
import { ownedBy, watchDependents } from '../runtime/dependents';
import { createEventRecorder } from '../runtime/events';
import { keyOf, type Informers } from '../runtime/informer';
import { CronJobSync } from './cronJobSync';
import { millisToNext } from './missedStarts';

export interface CronJobControllerOptions {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  ids: Ids;
  onError?: (failure: ReconcileFailure) => void;
}

/** Starts Jobs when their schedule says so, and clears away the old ones (pkg/controller/cronjob, v1.36.3). */
export function startCronJobController(options: CronJobControllerOptions): { stop(): Promise<void> } {
  const { client, informers, clock } = options;
  const [cronJobs, jobs] = [informers.for('cronjobs'), informers.for('jobs')];
  const recorder = createEventRecorder({ ...options, component: 'cronjob-controller' });

  const reconcile = async (key: string) => {
    const { namespace, name } = splitKey(key);
    const stored = cronJobs.get(name, namespace);
    if (!stored) return;
    const cronJob: CronJob = { ...stored, apiVersion: 'batch/v1', kind: 'CronJob' };
    const next = await new CronJobSync({ client, clock, recorder }, cronJob, ownedBy(jobs, cronJob)).run();
    if (next !== undefined) controller.enqueueAfter(key, next);
  };

  const controller = new Controller({ ...options, name: 'cronjob', reconcile, ready: informers.synced() });
  watchDependents<CronJob, Job>({
    dependents: jobs,
    kind: 'CronJob',
    get: (name, namespace) => cronJobs.get(name, namespace),
    list: () => [],
    matches: () => false,
    enqueue: (key) => controller.enqueue(key),
  });
  const enqueue = (cronJob: CronJob) => controller.enqueue(keyOf(cronJob));
  cronJobs.on({
    added: enqueue,
    deleted: enqueue,
    modified(cronJob, { spec: before }) {
      const { schedule, timeZone } = cronJob.spec;
      if (schedule === before.schedule && timeZone === before.timeZone) return enqueue(cronJob);
      // A new schedule begins with its next time: what it would have wanted before now was never missed.
      const wait = millisUntil(cronJob, clock.now());
      if (wait === undefined)
        recorder.event(
          { ...cronJob, apiVersion: 'batch/v1', kind: 'CronJob' },
          'Warning',
          'UnParseableCronJobSchedule',
          `unparseable schedule for cronjob: ${schedule}`,
        );
      else controller.enqueueAfter(keyOf(cronJob), wait);
    },
  });
  return { stop: () => controller.stop() };
}

function millisUntil(cronJob: CronJob, now: number): number | undefined {
  try {
    return millisToNext(cronJob, now, parseCron(cronJob.spec.schedule, cronJob.spec.timeZone));
  } catch (error) {
    if (error instanceof CronError) return undefined;
    throw error;
  }
}
