import type { Job } from '../../../../lib/kubernetes/batch';
import { timestamp } from '../../clock';
import type { EventRecorder } from '../runtime/events';
import { condition } from './verdict';

/** Writes into the status that the Job is suspended, or goes on, and says so. Whether that is news. */
export function withSuspension(job: Job, now: number, recorder: EventRecorder): boolean {
  const conditions = job.status.conditions ?? [];
  const known = conditions.find(({ type }) => type === 'Suspended');
  const isSuspended = job.spec.suspend === true;
  // From nothing to false is no change.
  if ((known?.status === 'True') === isSuspended) return false;
  const next = isSuspended
    ? condition('Suspended', 'JobSuspended', 'Job suspended', now)
    : condition('Suspended', 'JobResumed', 'Job resumed', now, 'False');
  job.status.conditions = known ? conditions.map((one) => (one === known ? next : one)) : [...conditions, next];
  if (isSuspended) {
    recorder.event(job, 'Normal', 'Suspended', 'Job suspended');
    delete job.status.startTime;
  } else {
    recorder.event(job, 'Normal', 'Resumed', 'Job resumed');
    // Its deadline counts from here.
    job.status.startTime = timestamp(now);
  }
  return true;
}
