import { isJobFinished, jobCondition, type Job } from '../../../../lib/kubernetes/batch';
import { isTerminating } from '../../../../lib/kubernetes/pod';
import type { ApiClient } from '../../client';
import type { Clock } from '../../clock';
import { isNotFound } from '../../status';
import { Controller, splitKey, type ReconcileFailure } from '../runtime/controller';
import { keyOf, type Informers } from '../runtime/informer';

export interface FinishedJobsOptions {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  onError?: (failure: ReconcileFailure) => void;
}

/** Deletes Jobs when they have been finished for as long as they say (pkg/controller/ttlafterfinished). */
export function startFinishedJobsController(options: FinishedJobsOptions): { stop(): Promise<void> } {
  const { client, informers, clock } = options;
  const jobs = informers.for('jobs');
  const ready = informers.synced();
  const reconcile = async (key: string): Promise<void> => {
    const { namespace, name } = splitKey(key);
    const job = jobs.get(name, namespace);
    const left = job && millisLeft(job, clock.now());
    if (left === undefined) return;
    if (left > 0) return controller.enqueueAfter(key, left);
    try {
      const preconditions = { uid: job?.metadata.uid };
      await client.delete('jobs', name, namespace, { propagationPolicy: 'Foreground', preconditions });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  };
  const controller = new Controller({ name: 'ttl-after-finished', clock, reconcile, ready, onError: options.onError });
  const enqueue = (job: Job) => controller.enqueue(keyOf(job));
  jobs.on({ added: enqueue, modified: enqueue });
  return { stop: () => controller.stop() };
}

/** Undefined for a Job that is not to be deleted. */
function millisLeft(job: Job, now: number): number | undefined {
  const { ttlSecondsAfterFinished: seconds } = job.spec;
  if (seconds === undefined || isTerminating(job) || !isJobFinished(job)) return undefined;
  const finished = jobCondition(job, 'Complete') ?? jobCondition(job, 'Failed');
  return Date.parse(finished?.lastTransitionTime ?? '') + seconds * 1000 - now;
}
