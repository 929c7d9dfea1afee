import type { CronJob, JobSpec } from '../../../../../lib/kubernetes/batch';
import { CronError, isTimeZone, parseCron } from '../../../../../lib/kubernetes/cronSchedule';
import { invalid, notSupported, required, type FieldError } from '../../fieldError';
import { nonNegative } from './fields';
import { jobSpecErrors } from './job';

/** The controller appends eleven characters to make a Job's name. */
const longestName = 52;

/** ValidateCronJobCreate of pkg/apis/batch/validation. */
export function validateCronJob(cronJob: CronJob): FieldError[] {
  const { name = '' } = cronJob.metadata;
  const long = name.length > longestName ? [invalid('metadata.name', name, 'must be no more than 52 characters')] : [];
  return [...specErrors(cronJob), ...long];
}

export function validateCronJobUpdate(cronJob: CronJob, old: CronJob): FieldError[] {
  return specErrors(cronJob, old);
}

function specErrors({ spec }: CronJob, old?: CronJob): FieldError[] {
  const mayHoldZone = old?.spec.schedule.includes('TZ') ?? false;
  return [
    ...scheduleErrors(spec.schedule ?? '', spec.timeZone, mayHoldZone),
    ...nonNegative('spec.startingDeadlineSeconds', spec.startingDeadlineSeconds),
    ...(old && old.spec.timeZone === spec.timeZone ? [] : timeZoneErrors(spec.timeZone)),
    ...policyErrors(spec.concurrencyPolicy),
    ...templateErrors(spec.jobTemplate.spec),
    ...nonNegative('spec.successfulJobsHistoryLimit', spec.successfulJobsHistoryLimit),
    ...nonNegative('spec.failedJobsHistoryLimit', spec.failedJobsHistoryLimit),
  ];
}

function scheduleErrors(schedule: string, timeZone: string | undefined, mayHoldZone: boolean): FieldError[] {
  const field = 'spec.schedule';
  if (schedule === '') return [required(field)];
  const errors: FieldError[] = [];
  try {
    parseCron(schedule);
  } catch (error) {
    if (!(error instanceof CronError)) throw error;
    errors.push(invalid(field, schedule, error.message));
  }
  if (!schedule.includes('TZ')) return errors;
  if (!mayHoldZone)
    return [...errors, invalid(field, schedule, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead')];
  if (timeZone === undefined) return errors;
  return [...errors, invalid(field, schedule, 'cannot use both timeZone field and TZ or CRON_TZ in schedule')];
}

function timeZoneErrors(zone: string | undefined): FieldError[] {
  const field = 'spec.timeZone';
  if (zone === undefined) return [];
  if (zone === '') return [invalid(field, zone, 'timeZone must be nil or non-empty string')];
  const isName = (part: string) => /^[A-Za-z._0-9+-]{1,14}$/.test(part) && !/^(?:\.\.?$|-)/.test(part);
  const unknown = [invalid(field, zone, `unknown time zone ${zone}`)];
  if (!zone.split('/').every(isName)) return unknown;
  const why = 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones';
  if (zone.toLowerCase() === 'local') return [invalid(field, zone, why)];
  return isTimeZone(zone) ? [] : unknown;
}

function policyErrors(policy = ''): FieldError[] {
  const field = 'spec.concurrencyPolicy';
  if (policy === '') return [required(field)];
  const known = ['Allow', 'Forbid', 'Replace'];
  return known.includes(policy) ? [] : [notSupported(field, policy, known)];
}

/** ValidateJobTemplateSpec: the selector is the server's to make. */
function templateErrors(spec: JobSpec): FieldError[] {
  const at = 'spec.jobTemplate.spec';
  const errors = jobSpecErrors(spec).map((error) => ({ ...error, field: error.field.replace(/^spec/, at) }));
  if (spec.selector) errors.push(invalid(`${at}.selector`, spec.selector, '`selector` will be auto-generated'));
  if (spec.manualSelector) errors.push(notSupported(`${at}.manualSelector`, spec.manualSelector, ['nil', 'false']));
  return errors;
}
