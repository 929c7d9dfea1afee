import { jobTracking, type Job } from '../../../../lib/kubernetes/batch';
import { isPodReady, type Pod } from '../../../../lib/kubernetes/pod';
import { isNotFound } from '../../status';
import { podsToDelete } from '../replicaset/ranking';
import { slowStart } from '../replicaset/slowStart';
import { isNamespaceTerminating } from '../runtime/errors';
import { keyOf } from '../runtime/informer';
import { LeavingPods } from '../runtime/leavingPods';
import { podFromTemplate } from '../runtime/podTemplates';
import { waitAfter } from './backOff';
import { firstPending, withIndexes } from './indexes';
import type { JobSyncOptions } from './jobCounting';
import {
  allFailuresOf,
  finishedAt,
  generateNameOf,
  hasLimitPerIndex,
  indexOf,
  isEnding,
  isIndexed,
  isTracked,
  replacesOnlyFailed,
  templateFor,
} from './jobPods';
import type { JobRun } from './jobSync';

/** So many pods are made or deleted in one sync. */
const most = 500;
/** Syncs that pods bring about are gathered for so long. */
export const batchMs = 1000;

/** Makes and deletes a Job's pods (manageJob, deleteJobPods). Each call returns its failure: the status is told of what was done first. */
export class PodsOfJob {
  private readonly leaving = new LeavingPods();

  constructor(private readonly options: JobSyncOptions) {}

  areAwaited(key: string, pods: readonly Pod[]): boolean {
    return this.leaving.areAwaited(key, pods);
  }

  forget(key: string): void {
    this.leaving.forget(key);
  }

  async manage(run: JobRun): Promise<unknown> {
    const { job } = run;
    const surplus = job.spec.suspend ? run.active : this.surplusOf(run, wantedOf(run));
    try {
      if (surplus.length > 0 || job.spec.suspend) await this.remove(run, surplus.slice(0, most), { isCounted: false });
      else await this.create(run, wantedOf(run));
    } catch (error) {
      return error;
    }
    return undefined;
  }

  /** Their finalizers stay: they are counted as failed, unless the Job has succeeded. */
  async deleteActive(run: JobRun): Promise<unknown> {
    try {
      await this.remove(run, run.active, { isCounted: true });
    } catch (error) {
      return error;
    }
    return undefined;
  }

  /** More than are wanted, and those whose index is another's or none at all. */
  private surplusOf({ job, active }: JobRun, wanted: number): Pod[] {
    const now = this.options.clock.now();
    const odd = isIndexed(job) ? oddOnes(job, active, now) : [];
    const others = active.filter((pod) => !odd.includes(pod));
    const more = Math.max(0, active.length - wanted - odd.length);
    return [...odd, ...(more > 0 ? podsToDelete(others, [], more, now) : [])];
  }

  private async remove(run: JobRun, pods: readonly Pod[], { isCounted }: { isCounted: boolean }): Promise<void> {
    const { client, pods: control } = this.options;
    const gone = new Set<Pod>();
    try {
      await this.leaving.send(keyOf(run.job), pods, async (pod) => {
        const { name = '', namespace } = pod.metadata;
        if (!isCounted && isTracked(pod))
          await ignoreMissing(client.patch('pods', name, namespace, untracked, strategic));
        await control.delete(run.job, name);
        gone.add(pod);
      });
    } finally {
      run.active = run.active.filter((pod) => !gone.has(pod));
      run.terminating += gone.size;
      run.ready -= [...gone].filter(isPodReady).length;
    }
  }

  private async create(run: JobRun, wanted: number): Promise<void> {
    const { job, active } = run;
    const missing = wanted - active.length - (replacesOnlyFailed(job) ? run.terminating : 0);
    if (missing <= 0) return;
    const wait = hasLimitPerIndex(job) ? 0 : waitAfter(run.record, this.options.clock.now());
    if (wait > 0) return this.later(job, wait);
    const indexes = isIndexed(job) ? this.indexesToStart(run, Math.min(missing, most)) : undefined;
    const count = indexes?.length ?? Math.min(missing, most);
    const { pods, writes } = this.options;
    await slowStart(count, async (at) => {
      const index = indexes?.[at];
      const draft = podFromTemplate(job, templateFor(job, index, run.replaced.get(index ?? -1)));
      if (index !== undefined) draft.metadata.generateName = generateNameOf(job, index);
      try {
        const made = await pods.create(job, draft);
        writes.note(keyOf(job), 'pods', made);
        run.active.push(made);
      } catch (error) {
        if (!isNamespaceTerminating(error)) throw error;
      }
    });
  }

  /** With a limit for each index, each waits for itself. */
  private indexesToStart(run: JobRun, count: number): number[] {
    const { job } = run;
    const taken = [...run.active, ...(replacesOnlyFailed(job) ? run.pods.filter(isEnding) : [])];
    const indexes = taken.flatMap((pod) => indexOf(pod, job) ?? []);
    const busy = withIndexes([...run.succeededIndexes, ...(run.failedIndexes ?? [])], indexes);
    const pending = firstPending(busy, count, job.spec.completions ?? 0);
    if (!hasLimitPerIndex(job)) return pending;
    const now = this.options.clock.now();
    const waits = pending.map((index) => {
      const last = run.replaced.get(index);
      return last ? waitAfter({ failures: allFailuresOf(last) + 1, lastAt: finishedAt(last) }, now) : 0;
    });
    const ready = pending.filter((_, i) => waits[i] === 0);
    if (ready.length === 0 && waits.length > 0) this.later(job, Math.min(...waits));
    return ready;
  }

  private later(job: Job, waitMs: number): void {
    this.options.again(keyOf(job), Math.max(waitMs, batchMs));
  }
}

const strategic = { type: 'strategic' } as const;
export const untracked = { metadata: { '$deleteFromPrimitiveList/finalizers': [jobTracking] } };

/** A pod that is gone already needs nothing more. */
export async function ignoreMissing(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

/** No more than there are completions left; a work queue starts no more once one has succeeded. */
function wantedOf({ job, active, succeeded }: JobRun): number {
  const { completions, parallelism = 1 } = job.spec;
  if (completions === undefined) return succeeded > 0 ? active.length : parallelism;
  return Math.max(0, Math.min(completions - succeeded, parallelism));
}

/** Pods without an index of the Job, and of those with the same all but one. */
function oddOnes(job: Job, pods: readonly Pod[], now: number): Pod[] {
  const byIndex = new Map<number | undefined, Pod[]>();
  for (const pod of pods) byIndex.set(indexOf(pod, job), [...(byIndex.get(indexOf(pod, job)) ?? []), pod]);
  return [...byIndex].flatMap(([index, same]) =>
    index === undefined ? same : podsToDelete(same, [], same.length - 1, now),
  );
}
