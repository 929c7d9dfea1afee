import type { Job, JobCondition } from '../../../../lib/kubernetes/batch';
import { isTerminating, type Pod } from '../../../../lib/kubernetes/pod';
import type { ApiClient } from '../../client';
import type { Clock } from '../../clock';
import type { EventRecorder } from '../runtime/events';
import { keyOf } from '../runtime/informer';
import type { OwnWrites } from '../runtime/ownWrites';
import type { TemplatePods } from '../runtime/podTemplates';
import type { FailureRecord } from './backOff';
import { matchFailurePolicy } from './failurePolicy';
import { has, intervalsText, total, withIndexes } from './indexes';
import { hasFailed, indexOf, isIndexed, isTracked } from './jobPods';
import type { JobRun } from './jobSync';
import { ignoreMissing, untracked } from './podsOfJob';
import { condition } from './verdict';

export interface JobSyncOptions {
  client: ApiClient;
  clock: Clock;
  recorder: EventRecorder;
  writes: OwnWrites;
  pods: TemplatePods;
  again(key: string, afterMs: number): void;
}

/** Upstream's MaxUncountedPods: the status stays small. */
const mostUncounted = 500;

/**
 * Counts each pod that has ended exactly once, whatever fails on the way: its uid is written into the status, then its finalizer is
 * taken, and only then the counter rises (trackJobStatusAndRemoveFinalizers).
 */
export class JobCounting {
  constructor(
    private readonly options: JobSyncOptions,
    private readonly keepRecord: (job: Job, record: FailureRecord) => void,
  ) {}

  async run(run: JobRun, isChanged: boolean): Promise<void> {
    const tracked = new Set(run.pods.filter(isTracked).map(uidOf));
    let needsWrite = countGone(run.job, tracked) || isChanged;
    const { done, isFull, isNews } = noteEnded(run);
    needsWrite = noteIndexes(run, isNews.indexes) || isNews.pods || needsWrite;
    const last = this.noteVerdict(run);
    needsWrite ||= last.isNew;
    if (needsWrite) {
      await this.write(run);
      this.keepRecord(run.job, run.record);
    }
    await this.untrack(done);
    for (const pod of done) tracked.delete(uidOf(pod));
    needsWrite = countGone(run.job, tracked);
    const finished = isFull ? undefined : finish(run, last.condition);
    if (!needsWrite && !finished) return;
    await this.write(run);
    if (finished) this.tell(run.job, finished);
  }

  /** The interim condition goes into the status; the final one comes when all are counted and gone. */
  private noteVerdict(run: JobRun): { condition?: JobCondition; isNew: boolean } {
    const { verdict, job } = run;
    if (!verdict) return { isNew: false };
    const conditions = job.status.conditions ?? [];
    const isNew = !conditions.some(({ type, status }) => type === verdict.type && status === 'True');
    if (isNew) job.status.conditions = [...conditions, verdict];
    const type = verdict.type === 'FailureTarget' ? 'Failed' : 'Complete';
    const { reason = '', message = '' } = verdict;
    return { condition: condition(type, reason, message, this.options.clock.now()), isNew };
  }

  private async write(run: JobRun): Promise<void> {
    const { client, writes } = this.options;
    const written = await client.update('jobs', run.job, 'status');
    writes.note(keyOf(run.job), 'jobs', written);
    const { uncountedTerminatedPods: uncounted } = written.status;
    run.job = { ...run.job, metadata: written.metadata, status: { ...written.status } };
    run.job.status.uncountedTerminatedPods = { ...uncounted };
  }

  private async untrack(pods: readonly Pod[]): Promise<void> {
    const { client } = this.options;
    const results = await Promise.allSettled(
      pods.map(({ metadata: { name = '', namespace } }) =>
        ignoreMissing(client.patch('pods', name, namespace, untracked, { type: 'strategic' })),
      ),
    );
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  private tell(job: Job, { type, reason = '', message = '' }: JobCondition): void {
    const { recorder } = this.options;
    if (type === 'Failed') return recorder.event(job, 'Warning', reason, message);
    if (job.spec.completions !== undefined && (job.status.succeeded ?? 0) > job.spec.completions) {
      const why = 'Too many succeeded pods running after completion count reached';
      recorder.event(job, 'Warning', 'TooManySucceededPods', why);
    }
    recorder.event(job, 'Normal', 'Completed', 'Job completed');
  }
}

const uidOf = (pod: Pod) => pod.metadata.uid ?? '';

/** Those whose finalizer is gone are counted (cleanUncountedPodsWithoutFinalizers). */
function countGone({ status }: Job, tracked: ReadonlySet<string>): boolean {
  const uncounted = (status.uncountedTerminatedPods ??= {});
  let isChanged = false;
  for (const list of ['succeeded', 'failed'] as const) {
    const left = (uncounted[list] ?? []).filter((uid) => tracked.has(uid));
    const counted = (uncounted[list] ?? []).length - left.length;
    if (counted === 0) continue;
    isChanged = true;
    status[list] = (status[list] ?? 0) + counted;
    if (left.length > 0) uncounted[list] = left;
    else delete uncounted[list];
  }
  return isChanged;
}

interface Ended {
  /** Their finalizers may go. */
  done: Pod[];
  isFull: boolean;
  isNews: { pods: boolean; indexes: number[] };
}

function noteEnded(run: JobRun): Ended {
  const { job, verdict } = run;
  const uncounted = (job.status.uncountedTerminatedPods ??= {});
  const ended: Ended = { done: [], isFull: false, isNews: { pods: false, indexes: [] } };
  const note = (list: 'succeeded' | 'failed', pod: Pod) => {
    uncounted[list] = [...(uncounted[list] ?? []), uidOf(pod)];
    ended.isNews.pods = true;
  };
  for (const pod of inOrder(run)) {
    if (!isTracked(pod) || !mayGo(run, pod)) continue;
    ended.done.push(pod);
    const index = indexOf(pod, job);
    const isKnownFailed = uncounted.failed?.includes(uidOf(pod)) ?? false;
    // When the Job has failed, whatever has not ended is counted as failed too.
    const countsAsFailed = hasFailed(pod, job) || verdict?.type === 'FailureTarget';
    if (pod.status.phase === 'Succeeded' && !isKnownFailed) {
      if (isIndexed(job)) {
        if (index !== undefined && !has(run.countedIndexes, index)) ended.isNews.indexes.push(index);
      } else if (!uncounted.succeeded?.includes(uidOf(pod))) note('succeeded', pod);
    } else if (countsAsFailed && !isKnownFailed && (!isIndexed(job) || index !== undefined)) {
      if (matchFailurePolicy(job, pod).isCounted) note('failed', pod);
    }
    const { succeeded = [], failed = [] } = uncounted;
    ended.isFull = ended.isNews.indexes.length + succeeded.length + failed.length >= mostUncounted;
    if (ended.isFull) break;
  }
  return ended;
}

function inOrder({ job, pods }: JobRun): readonly Pod[] {
  if (!isIndexed(job)) return pods;
  return [...pods].sort((a, b) => (indexOf(a, job) ?? -1) - (indexOf(b, job) ?? -1));
}

/** A failed pod is kept while its successor has yet to take over its count of failures (canRemoveFinalizer). */
function mayGo({ job, verdict, replaced }: JobRun, pod: Pod): boolean {
  if (isTerminating(job) || verdict || pod.status.phase === 'Succeeded') return true;
  return hasFailed(pod, job) && replaced.get(indexOf(pod, job) ?? -1) !== pod;
}

function noteIndexes(run: JobRun, indexes: readonly number[]): boolean {
  const { status } = run.job;
  if (!isIndexed(run.job)) return false;
  run.succeededIndexes = withIndexes(run.succeededIndexes, indexes);
  const text = intervalsText(run.succeededIndexes);
  const failed = run.failedIndexes && intervalsText(run.failedIndexes);
  const isChanged = indexes.length > 0 || text !== (status.completedIndexes ?? '') || failed !== status.failedIndexes;
  status.succeeded = total(run.succeededIndexes);
  if (status.succeeded === 0) delete status.succeeded;
  if (text !== '') status.completedIndexes = text;
  if (failed !== undefined) status.failedIndexes = failed;
  return isChanged;
}

/** Nothing is left that is not counted or has not gone: the Job is over (enactJobFinished). */
function finish({ job, terminating }: JobRun, last: JobCondition | undefined): JobCondition | undefined {
  const { uncountedTerminatedPods: uncounted = {} } = job.status;
  const left = (uncounted.succeeded ?? []).length + (uncounted.failed ?? []).length + terminating;
  if (!last || left > 0) return undefined;
  job.status.conditions = [...(job.status.conditions ?? []), last];
  if (last.type === 'Complete') job.status.completionTime = last.lastTransitionTime;
  return last;
}
