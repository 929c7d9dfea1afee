import { jobCondition, type Job, type JobCondition } from '../../../../lib/kubernetes/batch';
import type { Pod } from '../../../../lib/kubernetes/pod';
import { timestamp } from '../../clock';
import { matchFailurePolicy } from './failurePolicy';
import { has, parseIntervals, total, type Intervals } from './indexes';
import { hasFailed } from './jobPods';

export function condition(
  type: string,
  reason: string,
  message: string,
  now: number,
  status: JobCondition['status'] = 'True',
): JobCondition {
  const at = timestamp(now);
  return { type, status, lastProbeTime: at, lastTransitionTime: at, reason, message };
}

export interface VerdictFacts {
  job: Job;
  pods: readonly Pod[];
  failed: number;
  /** Of Jobs with indexes. */
  succeededIndexes?: Intervals;
  failedIndexes?: Intervals;
  now: number;
}

/**
 * Whether the Job is decided, but for its number of completions: the interim condition, which becomes `Failed` or `Complete` when
 * nothing of it runs any more (syncJob in pkg/controller/job/job_controller.go, in its order).
 */
export function verdictOf(facts: VerdictFacts): JobCondition | undefined {
  const { job, pods, now } = facts;
  const known = jobCondition(job, 'SuccessCriteriaMet') ?? jobCondition(job, 'FailureTarget');
  if (known) return known;
  const fail = (reason: string, message: string) => condition('FailureTarget', reason, message, now);
  const told = job.spec.podFailurePolicy
    ? pods.filter((pod) => hasFailed(pod, job)).flatMap((pod) => matchFailurePolicy(job, pod).failsJob ?? [])
    : [];
  if (told[0] !== undefined) return fail('PodFailurePolicy', told[0]);
  if (facts.failed > (job.spec.backoffLimit ?? 6) || hasRestartedTooOften(job, pods))
    return fail('BackoffLimitExceeded', 'Job has reached the specified backoff limit');
  if (deadlineIn(job, now) === 0) return fail('DeadlineExceeded', 'Job was active longer than specified deadline');
  return indexVerdict(facts, fail);
}

function indexVerdict(
  { job, succeededIndexes, failedIndexes, now }: VerdictFacts,
  fail: (reason: string, message: string) => JobCondition,
): JobCondition | undefined {
  const { maxFailedIndexes, completions = 0 } = job.spec;
  const lost = total(failedIndexes ?? []);
  if (maxFailedIndexes !== undefined && lost > maxFailedIndexes)
    return fail('MaxFailedIndexesExceeded', 'Job has exceeded the specified maximal number of failed indexes');
  if (lost > 0 && lost + total(succeededIndexes ?? []) >= completions)
    return fail('FailedIndexes', 'Job has failed indexes');
  const rule = succeededIndexes ? metRule(job, succeededIndexes) : undefined;
  if (rule === undefined) return undefined;
  return condition('SuccessCriteriaMet', 'SuccessPolicy', `Matched rules at index ${rule}`, now);
}

/** Milliseconds until the Job has been active for too long; undefined when it may be for ever. */
export function deadlineIn({ spec, status }: Job, now: number): number | undefined {
  if (spec.activeDeadlineSeconds === undefined || !status.startTime || spec.suspend) return undefined;
  return Math.max(0, Date.parse(status.startTime) + spec.activeDeadlineSeconds * 1000 - now);
}

/** Containers that are restarted in their pods count instead of pods (pastBackoffLimitOnFailure). */
function hasRestartedTooOften({ spec }: Job, pods: readonly Pod[]): boolean {
  if (spec.template.spec.restartPolicy !== 'OnFailure') return false;
  const alive = pods.filter(({ status }) => status.phase === 'Running' || status.phase === 'Pending');
  const restarts = alive
    .flatMap(({ status }) => [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])])
    .reduce((sum, { restartCount }) => sum + restartCount, 0);
  const limit = spec.backoffLimit ?? 6;
  return limit === 0 ? restarts > 0 : restarts >= limit;
}

/** The first rule of the success policy that is met (success_policy.go). */
function metRule({ spec }: Job, succeeded: Intervals): number | undefined {
  if (succeeded.length === 0) return undefined;
  const rules = spec.successPolicy?.rules ?? [];
  const found = rules.findIndex(({ succeededIndexes, succeededCount }) => {
    if (succeededIndexes === undefined) return succeededCount !== undefined && total(succeeded) >= succeededCount;
    const wanted = parseIntervals(succeededIndexes, spec.completions ?? 0);
    const met = wanted.reduce((sum, one) => sum + overlap(one, succeeded), 0);
    const isMet = met === total(wanted) || (succeededCount !== undefined && met >= succeededCount);
    return wanted.length > 0 && isMet;
  });
  return found < 0 ? undefined : found;
}

function overlap({ first, last }: { first: number; last: number }, succeeded: Intervals): number {
  let count = 0;
  for (let index = first; index <= last; index++) if (has(succeeded, index)) count++;
  return count;
}
