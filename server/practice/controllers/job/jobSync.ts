import { isJobFinished, type Job, type JobCondition } from '../../../../lib/kubernetes/batch';
import { isPodReady, isTerminating, type Pod } from '../../../../lib/kubernetes/pod';
import { timestamp } from '../../clock';
import { keyOf } from '../runtime/informer';
import { nextRecord, type FailureRecord } from './backOff';
import { matchFailurePolicy } from './failurePolicy';
import { has, parseIntervals, withIndexes, total, type Intervals } from './indexes';
import { JobCounting, type JobSyncOptions } from './jobCounting';
import {
  allFailuresOf,
  failuresOf,
  finishedAt,
  hasFailed,
  hasLimitPerIndex,
  indexOf,
  isActive,
  isEnding,
  isIndexed,
  isTracked,
} from './jobPods';
import { PodsOfJob } from './podsOfJob';
import { withSuspension } from './suspension';
import { condition, deadlineIn, verdictOf } from './verdict';

/** What one sync knows of a Job and changes as it goes. `job.status` is its own copy. */
export interface JobRun {
  job: Job;
  pods: readonly Pod[];
  active: Pod[];
  ready: number;
  terminating: number;
  succeeded: number;
  failed: number;
  record: FailureRecord;
  /** Of Jobs with indexes; before this sync, and now. */
  countedIndexes: Intervals;
  succeededIndexes: Intervals;
  failedIndexes?: Intervals;
  /** A failed pod for each index that waits for its successor, which has to carry on its count of failures. */
  replaced: Map<number, Pod>;
  verdict?: JobCondition;
}

/** One sync of one Job (syncJob in pkg/controller/job/job_controller.go, v1.36.3). */
export class JobSync {
  private readonly records = new Map<string, FailureRecord>();
  private readonly podsOf: PodsOfJob;
  private readonly counting: JobCounting;

  constructor(private readonly options: JobSyncOptions) {
    this.podsOf = new PodsOfJob(options);
    this.counting = new JobCounting(options, (job, record) => void this.records.set(keyOf(job), record));
  }

  forget(key: string): void {
    this.records.delete(key);
    this.podsOf.forget(key);
  }

  /** `pods` are those that the Job controls. */
  async run(stored: Job, pods: readonly Pod[]): Promise<void> {
    const { clock, again } = this.options;
    const key = keyOf(stored);
    if (isJobFinished(stored)) return void this.records.delete(key);
    const isSettled = !this.podsOf.areAwaited(key, pods);
    const run = this.begin(stored, pods);
    const { job } = run;
    const wait = run.verdict ? undefined : deadlineIn(job, clock.now());
    if (wait !== undefined) again(key, wait);
    let failure: unknown;
    let isChanged = false;
    if (run.verdict) failure = await this.end(run, isSettled);
    else {
      const isManaged = isSettled && !isTerminating(job);
      if (isManaged) failure = await this.podsOf.manage(run);
      if (isComplete(run))
        run.verdict = condition(
          'SuccessCriteriaMet',
          'CompletionsReached',
          'Reached expected number of succeeded pods',
          clock.now(),
        );
      else if (isManaged) isChanged = withSuspension(job, clock.now(), this.options.recorder);
    }
    const active = run.active.length;
    const { status } = job;
    isChanged ||=
      active !== (status.active ?? 0) || run.ready !== status.ready || run.terminating !== status.terminating;
    job.status = { ...status, ready: run.ready, terminating: run.terminating, active };
    // Go leaves a zero out here, and not there.
    if (active === 0) delete job.status.active;
    await this.counting.run(run, isChanged);
    if (failure) throw failure;
  }

  private begin(stored: Job, pods: readonly Pod[]): JobRun {
    const now = this.options.clock.now();
    const uncounted = stored.status.uncountedTerminatedPods ?? {};
    const job: Job = { ...stored, status: { ...stored.status, uncountedTerminatedPods: { ...uncounted } } };
    if (!job.status.startTime && !job.spec.suspend) job.status.startTime = timestamp(now);
    const valid = pods.filter((pod) => isTracked(pod) && (!isIndexed(job) || indexOf(pod, job) !== undefined));
    const uid = (pod: Pod) => pod.metadata.uid ?? '';
    const newly = {
      succeeded: valid.filter((pod) => pod.status.phase === 'Succeeded' && !uncounted.succeeded?.includes(uid(pod))),
      failed: valid.filter((pod) => hasFailed(pod, job) && !uncounted.failed?.includes(uid(pod))),
    };
    const counted = newly.failed.filter((pod) => matchFailurePolicy(job, pod).isCounted);
    const active = pods.filter(isActive);
    const run: JobRun = {
      job,
      pods,
      active,
      ready: active.filter(isPodReady).length,
      terminating: pods.filter(isEnding).length,
      succeeded: (job.status.succeeded ?? 0) + newly.succeeded.length + (uncounted.succeeded?.length ?? 0),
      failed: (job.status.failed ?? 0) + counted.length + (uncounted.failed?.length ?? 0),
      record: nextRecord(this.records.get(keyOf(job)), newly.succeeded, newly.failed),
      countedIndexes: [],
      succeededIndexes: [],
      replaced: new Map(),
    };
    if (isIndexed(job)) countIndexes(run, valid);
    run.verdict = verdictOf({ ...run, succeededIndexes: isIndexed(job) ? run.succeededIndexes : undefined, now });
    return run;
  }

  /** Nothing of a decided Job goes on. It is told as decided only when nothing is left that could not be deleted. */
  private async end(run: JobRun, isSettled: boolean): Promise<unknown> {
    const failure = await this.podsOf.deleteActive(run);
    if (failure || !isSettled) run.verdict = undefined;
    return failure;
  }
}

/** A work queue is done when one pod says so and the others have ended. */
function isComplete({ job, succeeded, active }: JobRun): boolean {
  const { completions } = job.spec;
  return active.length === 0 && (completions === undefined ? succeeded > 0 : succeeded >= completions);
}

function countIndexes(run: JobRun, valid: readonly Pod[]): void {
  const { job } = run;
  const { completions = 0, backoffLimitPerIndex = 0 } = job.spec;
  const indexes = (pods: readonly Pod[]) => pods.flatMap((pod) => indexOf(pod, job) ?? []);
  run.countedIndexes = parseIntervals(job.status.completedIndexes ?? '', completions);
  run.succeededIndexes = withIndexes(
    run.countedIndexes,
    indexes(valid.filter(({ status }) => status.phase === 'Succeeded')),
  );
  run.succeeded = total(run.succeededIndexes);
  if (!hasLimitPerIndex(job)) return;
  const failed = valid.filter((pod) => hasFailed(pod, job));
  const lost = failed.filter((pod) => {
    const { isCounted, failsIndex } = matchFailurePolicy(job, pod);
    return failsIndex === true || (isCounted && failuresOf(pod) >= backoffLimitPerIndex);
  });
  run.failedIndexes = withIndexes(parseIntervals(job.status.failedIndexes ?? '', completions), indexes(lost));
  keepReplaced(run, failed);
}

function keepReplaced(run: JobRun, failed: readonly Pod[]): void {
  const active = new Set(run.active.map((pod) => indexOf(pod, run.job)));
  for (const pod of failed) {
    const index = indexOf(pod, run.job) ?? -1;
    const isDone = has(run.succeededIndexes, index) || has(run.failedIndexes ?? [], index) || active.has(index);
    const last = run.replaced.get(index);
    const isLater = !last || (allFailuresOf(last) <= allFailuresOf(pod) && finishedAt(last) <= finishedAt(pod));
    if (!isDone && isLater) run.replaced.set(index, pod);
  }
}
