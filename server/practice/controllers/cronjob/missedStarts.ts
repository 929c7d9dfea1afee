import type { CronJob } from '../../../../lib/kubernetes/batch';
import type { CronSchedule } from '../../../../lib/kubernetes/cronSchedule';

/** What a schedule wanted since it was heeded last (mostRecentScheduleTime of pkg/controller/cronjob/utils.go). */
export interface MissedStarts {
  /** Last heeded, or the CronJob's creation; with a deadline not before that. */
  since: number;
  /** The latest time, not after now, at which a Job should have been started. */
  latest?: number;
  missed: 'none' | 'few' | 'many';
}

/** Of a schedule that can be written but never comes: 31 February. */
export class ImpossibleSchedule extends Error {
  override name = 'ImpossibleSchedule';
  override message = 'time difference between two schedules is less than 1 second';
}

const many = 100;

/** Throws `ImpossibleSchedule`. */
export function missedStarts(
  cronJob: CronJob,
  now: number,
  schedule: CronSchedule,
  heedsDeadline: boolean,
): MissedStarts {
  const since = earliest(cronJob, now, heedsDeadline);
  const first = schedule.next(since);
  const second = first === undefined ? undefined : schedule.next(first);
  if (first === undefined || second === undefined) throw new ImpossibleSchedule();
  if (now < first) return { since, missed: 'none' };
  if (now < second) return { since, latest: first, missed: 'none' };
  const seconds = Math.round((second - first) / 1000);
  const count = Math.floor(Math.floor((now - first) / 1000) / seconds) + 1;
  // Near the end by the first distance, since a long time may hold too many starts to go through.
  let latest: number | undefined;
  for (
    let at = schedule.next(first + (count - 2) * seconds * 1000);
    at !== undefined && at <= now;
    at = schedule.next(at)
  )
    latest = at;
  return { since, missed: count > many ? 'many' : 'few', ...(latest === undefined ? {} : { latest }) };
}

function earliest({ metadata, spec, status }: CronJob, now: number, heedsDeadline: boolean): number {
  const since = Date.parse(status.lastScheduleTime ?? metadata.creationTimestamp ?? '');
  if (!heedsDeadline || spec.startingDeadlineSeconds === undefined) return since;
  return Math.max(since, now - spec.startingDeadlineSeconds * 1000);
}

/** A little late is never too early, whatever the clocks say. */
const paddingMs = 100;

/** How long until the schedule wants the next Job (nextScheduleTimeDuration). */
export function millisToNext(cronJob: CronJob, now: number, schedule: CronSchedule): number {
  const next = schedule.next(heeded(cronJob, now, schedule)) ?? now;
  return next + paddingMs - now;
}

function heeded(cronJob: CronJob, now: number, schedule: CronSchedule): number {
  try {
    const { since, latest, missed } = missedStarts(cronJob, now, schedule, false);
    return latest ?? (missed === 'none' ? since : now);
  } catch (error) {
    if (!(error instanceof ImpossibleSchedule)) throw error;
    return now;
  }
}
