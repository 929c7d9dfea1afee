import { isJobFinished, jobCondition, type Job } from '../../../../../lib/kubernetes/batch';
import { duplicate, invalid, invalidPart, required, type FieldError } from '../../fieldError';
import { equalJson } from '../../json';
import { nonNegative } from './fields';
import { parseIndexes } from './jobNumbers';

const at = 'status';
const counts = ['active', 'succeeded', 'failed', 'ready', 'terminating'] as const;

/**
 * pkg/apis/batch/validation: ValidateJobStatusUpdate. Since another controller may manage a Job, the API sees to it that its conditions
 * fit together; what was amiss before is let be until it changes.
 */
export function validateJobStatus(job: Job, old: Job): FieldError[] {
  return [
    ...counts.flatMap((name) => nonNegative(`${at}.${name}`, job.status[name])),
    ...uncountedErrors(job),
    ...conditionErrors(job, old),
    ...finishedErrors(job),
    ...timeErrors(job, old),
    ...indexErrors(job, old),
    ...backwardErrors(job, old),
  ];
}

function uncountedErrors({ status: { uncountedTerminatedPods: uncounted = {} } }: Job): FieldError[] {
  const seen = new Set<string>();
  return (['succeeded', 'failed'] as const).flatMap((list) =>
    (uncounted[list] ?? []).flatMap((uid, i) => {
      const field = `${at}.uncountedTerminatedPods.${list}[${i}]`;
      if (uid === '') return [invalid(field, uid, 'must not be empty')];
      if (seen.has(uid)) return [duplicate(field, uid)];
      seen.add(uid);
      return [];
    }),
  );
}

const has = (job: Job, type: string) => jobCondition(job, type) !== undefined;

function conditionErrors(job: Job, old: Job): FieldError[] {
  const problem = (why: string) => invalidPart(`${at}.conditions`, why);
  const together = (first: string, second: string) => has(job, first) && has(job, second);
  const isNew = (type: string) => has(job, type) !== has(old, type);
  const errors: FieldError[] = [];
  if (together('Complete', 'Failed')) errors.push(problem('cannot set Complete=True and Failed=true conditions'));
  if (together('Complete', 'FailureTarget'))
    errors.push(problem('cannot set Complete=True and FailureTarget=true conditions'));
  if (isNew('Failed') && has(job, 'Failed') && !has(job, 'FailureTarget'))
    errors.push(problem('cannot set Failed=True condition without the FailureTarget=true condition'));
  if ((isNew('Complete') || isNew('SuccessCriteriaMet')) && has(job, 'Complete') && !has(job, 'SuccessCriteriaMet'))
    errors.push(problem('cannot set Complete=True condition without the SuccessCriteriaMet=true condition'));
  if (together('SuccessCriteriaMet', 'Failed'))
    errors.push(problem('cannot set SuccessCriteriaMet=True and Failed=true conditions'));
  if (together('SuccessCriteriaMet', 'FailureTarget'))
    errors.push(problem('cannot set SuccessCriteriaMet=True and FailureTarget=true conditions'));
  return errors;
}

function finishedErrors(job: Job): FieldError[] {
  if (!isJobFinished(job)) return [];
  const { active = 0, terminating = 0, startTime, uncountedTerminatedPods: uncounted } = job.status;
  const isUncounted = (uncounted?.succeeded ?? []).length + (uncounted?.failed ?? []).length > 0;
  const mayHaveNoStart = job.spec.suspend === true && job.spec.completions === 0;
  return [
    ...(active > 0 ? [invalid(`${at}.active`, active, 'active>0 is invalid for finished job')] : []),
    ...(startTime || mayHaveNoStart ? [] : [required(`${at}.startTime`, 'startTime is required for finished job')]),
    ...(isUncounted ? [invalid(`${at}.uncountedTerminatedPods`, uncounted, 'must be empty for finished job')] : []),
    ...(terminating > 0
      ? [invalid(`${at}.terminating`, terminating, 'terminating>0 is invalid for finished job')]
      : []),
  ];
}

function timeErrors(job: Job, old: Job): FieldError[] {
  const { completionTime, startTime, ready = 0, active = 0 } = job.status;
  const isComplete = has(job, 'Complete');
  const field = `${at}.completionTime`;
  const errors: FieldError[] = [];
  if (completionTime && !isComplete)
    errors.push(invalid(field, completionTime, 'cannot set completionTime when there is no Complete=True condition'));
  if (!completionTime && isComplete) errors.push(required(field, 'completionTime is required for Complete jobs'));
  if (startTime && completionTime && Date.parse(completionTime) < Date.parse(startTime))
    errors.push(invalid(field, completionTime, 'must be equal to or after `startTime`'));
  if (ready > active) errors.push(invalid(`${at}.ready`, ready, 'cannot set more ready pods than active'));
  if (completionTime && old.status.completionTime && completionTime !== old.status.completionTime)
    errors.push(invalid(field, completionTime, 'field is immutable'));
  const isResuming = has(old, 'Suspended') && !has(job, 'Suspended');
  if (old.status.startTime && startTime !== old.status.startTime && !job.spec.suspend && !isResuming)
    errors.push(invalid(`${at}.startTime`, startTime, 'field is immutable for unsuspended job once set'));
  return errors;
}

function indexErrors({ spec, status }: Job, old: Job): FieldError[] {
  const errors: FieldError[] = [];
  for (const name of ['completedIndexes', 'failedIndexes'] as const) {
    const text = status[name];
    if (text === undefined || equalJson(text, old.status[name] ?? null)) continue;
    const parsed = parseIndexes(text, spec.completions ?? Infinity);
    if ('problem' in parsed) errors.push(invalid(`${at}.${name}`, text, `error parsing ${name}: ${parsed.problem}`));
    if (name === 'completedIndexes' && text !== '' && spec.completionMode !== 'Indexed')
      errors.push(
        invalid(`${at}.${name}`, text, 'cannot set non-empty completedIndexes when non-indexed completion mode'),
      );
    if (name === 'failedIndexes' && spec.backoffLimitPerIndex === undefined)
      errors.push(
        invalid(`${at}.${name}`, text, 'cannot set non-null failedIndexes when backoffLimitPerIndex is null'),
      );
  }
  return errors;
}

/** What has ended does not begin again, and what is counted is not taken back. */
function backwardErrors(job: Job, old: Job): FieldError[] {
  const lost = ['Failed', 'Complete', 'FailureTarget'].filter((type) => has(old, type) && !has(job, type));
  const errors = lost.map((type) =>
    invalidPart(`${at}.conditions`, `cannot disable the terminal ${type}=True condition`),
  );
  const [succeeded, failed] = [job.status.succeeded ?? 0, job.status.failed ?? 0];
  if (failed < (old.status.failed ?? 0))
    errors.push(invalid(`${at}.failed`, failed, 'cannot decrease the failed counter'));
  const isElastic = job.spec.completionMode === 'Indexed' && job.spec.completions === job.spec.parallelism;
  if (!isElastic && succeeded < (old.status.succeeded ?? 0))
    errors.push(invalid(`${at}.succeeded`, succeeded, 'cannot decrease the succeeded counter'));
  if (has(old, 'SuccessCriteriaMet') && !has(job, 'SuccessCriteriaMet'))
    errors.push(invalidPart(`${at}.conditions`, 'cannot disable the SuccessCriteriaMet=True condition'));
  return errors;
}
