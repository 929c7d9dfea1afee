import { isJobFinished, jobCondition, type CronJob, type Job } from '../../../../lib/kubernetes/batch';
import { CronError, isTimeZone, parseCron, type CronSchedule } from '../../../../lib/kubernetes/cronSchedule';
import type { ApiClient } from '../../client';
import { timestamp, type Clock } from '../../clock';
import { isAlreadyExists, isNotFound } from '../../status';
import { controllerRef } from '../runtime/controllerRefs';
import { isNamespaceTerminating, messageOf } from '../runtime/errors';
import type { EventRecorder } from '../runtime/events';
import { ImpossibleSchedule, millisToNext, missedStarts } from './missedStarts';

export interface CronJobDeps {
  client: ApiClient;
  clock: Clock;
  recorder: EventRecorder;
}

/** One look at a CronJob and its Jobs: what has ended is struck off, what is due is started. */
export class CronJobSync {
  private readonly status: CronJob['status'];
  private isChanged = false;

  constructor(
    private readonly deps: CronJobDeps,
    private readonly cronJob: CronJob,
    private readonly jobs: readonly Job[],
  ) {
    this.status = { ...cronJob.status };
  }

  /** Resolves to the milliseconds until the next look; undefined when only a change can bring one. */
  async run(): Promise<number | undefined> {
    try {
      await this.removeOldest('Complete', this.cronJob.spec.successfulJobsHistoryLimit);
      await this.removeOldest('Failed', this.cronJob.spec.failedJobsHistoryLimit);
      await this.strikeOff();
      return this.cronJob.metadata.deletionTimestamp ? undefined : await this.startWhatIsDue();
    } finally {
      if (this.isChanged) await this.deps.client.update('cronjobs', { ...this.cronJob, status: this.status }, 'status');
    }
  }

  private async removeOldest(outcome: 'Complete' | 'Failed', limit: number | undefined): Promise<void> {
    if (limit === undefined) return;
    const finished = this.jobs.filter((job) => jobCondition(job, outcome)).sort(byStart);
    for (const job of finished.slice(0, Math.max(0, finished.length - limit))) await this.remove(job);
  }

  private async strikeOff(): Promise<void> {
    for (const job of this.jobs) {
      const isListed = this.isActive(job.metadata.uid);
      if (!isJobFinished(job)) {
        if (!isListed)
          this.tell(
            'Warning',
            'UnexpectedJob',
            `Saw a job that the controller did not create or forgot: ${job.metadata.name}`,
          );
        continue;
      }
      if (isListed) {
        const condition = jobCondition(job, 'Complete') ? 'Complete' : 'Failed';
        this.drop(job.metadata.uid);
        this.tell('Normal', 'SawCompletedJob', `Saw completed job: ${job.metadata.name}, condition: ${condition}`);
      }
      this.noteSuccess(job);
    }
    for (const { uid, name = '', namespace } of this.status.active ?? []) {
      if (this.jobs.some((job) => job.metadata.uid === uid) || (await this.jobNamed(name, namespace))) continue;
      this.tell('Normal', 'MissingJob', `Active job went missing: ${name}`);
      this.drop(uid);
    }
  }

  private noteSuccess(job: Job): void {
    const { completionTime } = job.status;
    const last = this.status.lastSuccessfulTime;
    if (!jobCondition(job, 'Complete') || !completionTime || (last && Date.parse(completionTime) <= Date.parse(last)))
      return;
    this.status.lastSuccessfulTime = completionTime;
    this.isChanged = true;
  }

  private async startWhatIsDue(): Promise<number | undefined> {
    const { spec } = this.cronJob;
    if (spec.timeZone !== undefined && !isTimeZone(spec.timeZone)) {
      const why = `invalid timeZone: "${spec.timeZone}": unknown time zone ${spec.timeZone}`;
      return this.tell('Warning', 'UnknownTimeZone', why);
    }
    if (spec.suspend) return undefined;
    try {
      const schedule = parseCron(spec.schedule, spec.timeZone);
      const time = this.due(schedule);
      if (time !== undefined && this.mayStart(time)) await this.start(time);
      const next = { ...this.cronJob, status: this.status };
      return millisToNext(next, this.deps.clock.now(), schedule);
    } catch (error) {
      if (error instanceof CronError)
        return this.tell(
          'Warning',
          'UnparseableSchedule',
          `unparseable schedule: "${spec.schedule}" : ${error.message}`,
        );
      if (!(error instanceof ImpossibleSchedule)) throw error;
      return this.tell('Warning', 'InvalidSchedule', `invalid schedule: ${spec.schedule} : ${error.message}`);
    }
  }

  private due(schedule: CronSchedule): number | undefined {
    const { latest, missed } = missedStarts(this.cronJob, this.deps.clock.now(), schedule, true);
    if (latest !== undefined && missed === 'many') {
      const advice = 'Set or decrease .spec.startingDeadlineSeconds or check clock skew';
      this.tell('Warning', 'TooManyMissedTimes', `too many missed start times. ${advice}`);
    }
    return latest;
  }

  private mayStart(time: number): boolean {
    const { spec } = this.cronJob;
    const { startingDeadlineSeconds: deadline, concurrencyPolicy } = spec;
    if (deadline !== undefined && time + deadline * 1000 < this.deps.clock.now()) {
      const when = new Date(time).toUTCString().replace('GMT', '+0000');
      this.tell('Warning', 'MissSchedule', `Missed scheduled time to start a job: ${when}`);
      return false;
    }
    const name = this.jobName(time);
    const isDone = Date.parse(this.status.lastScheduleTime ?? '') === time;
    if (isDone || this.status.active?.some((job) => job.name === name)) return false;
    if (concurrencyPolicy !== 'Forbid' || (this.status.active ?? []).length === 0) return true;
    const why = 'Not starting job because prior execution is running and concurrency policy is Forbid';
    this.tell('Normal', 'JobAlreadyActive', why);
    return false;
  }

  private async start(time: number): Promise<void> {
    const { metadata, spec } = this.cronJob;
    if (spec.concurrencyPolicy === 'Replace')
      for (const { name = '', namespace } of this.status.active ?? []) {
        const job = await this.jobNamed(name, namespace);
        if (job) await this.remove(job);
      }
    const job = await this.create(time);
    if (!job || this.isActive(job.metadata.uid)) return;
    const { name, uid, resourceVersion } = job.metadata;
    const { namespace } = metadata;
    const reference = { apiVersion: 'batch/v1', kind: 'Job', namespace, name, uid, resourceVersion };
    this.status.active = [...(this.status.active ?? []), reference];
    this.status.lastScheduleTime = timestamp(time);
    this.isChanged = true;
  }

  /** The name tells the time, so that no time has two Jobs; one of that name that is not ours is left alone. */
  private async create(time: number): Promise<Job | undefined> {
    const { metadata, spec } = this.cronJob;
    const { labels, annotations } = spec.jobTemplate.metadata ?? {};
    const name = this.jobName(time);
    const scheduled = { 'batch.kubernetes.io/cronjob-scheduled-timestamp': timeIn(time, spec.timeZone) };
    const draft = {
      metadata: {
        name,
        namespace: metadata.namespace,
        ...(labels ? { labels } : {}),
        annotations: { ...annotations, ...scheduled },
        ownerReferences: [controllerRef(this.cronJob)],
      },
      spec: spec.jobTemplate.spec,
    };
    try {
      const job = await this.deps.client.create('jobs', draft, metadata.namespace);
      this.tell('Normal', 'SuccessfulCreate', `Created job ${name}`);
      return job;
    } catch (error) {
      if (isAlreadyExists(error)) {
        const there = await this.jobNamed(name, metadata.namespace);
        return there?.metadata.ownerReferences?.some(({ uid }) => uid === metadata.uid) ? there : undefined;
      }
      if (!isNamespaceTerminating(error))
        this.tell('Warning', 'FailedCreate', `Error creating job: ${messageOf(error)}`);
      throw error;
    }
  }

  private async remove({ metadata }: Job): Promise<void> {
    const { name = '', namespace, uid } = metadata;
    try {
      await this.deps.client.delete('jobs', name, namespace, { propagationPolicy: 'Background' });
      this.drop(uid);
      this.tell('Normal', 'SuccessfulDelete', `Deleted job ${name}`);
    } catch (error) {
      this.tell('Warning', 'FailedDelete', `Deleted job: ${messageOf(error)}`);
      if (!isNotFound(error)) throw error;
    }
  }

  private jobName(time: number): string {
    return `${this.cronJob.metadata.name}-${Math.floor(time / 60_000)}`;
  }

  private async jobNamed(name: string, namespace: string | undefined): Promise<Job | undefined> {
    return this.deps.client.get('jobs', name, namespace).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
  }

  private isActive(uid: string | undefined): boolean {
    return (this.status.active ?? []).some((job) => job.uid === uid);
  }

  private drop(uid: string | undefined): void {
    const left = (this.status.active ?? []).filter((job) => job.uid !== uid);
    if (left.length > 0) this.status.active = left;
    else delete this.status.active;
    this.isChanged = true;
  }

  private tell(type: 'Normal' | 'Warning', reason: string, message: string): undefined {
    this.deps.recorder.event(this.cronJob, type, reason, message);
  }
}

/** By when they started; those that have not are last (byJobStartTime). */
function byStart(a: Job, b: Job): number {
  const [left, right] = [a, b].map(({ status }) => (status.startTime ? Date.parse(status.startTime) : Infinity)) as [
    number,
    number,
  ];
  if (left !== right) return left < right ? -1 : 1;
  return (a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1;
}

/** RFC 3339 by the clocks of a zone. */
function timeIn(time: number, timeZone = 'UTC'): string {
  if (timeZone === 'UTC') return timestamp(time);
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(time);
  const [, offset = ''] = /^GMT(.*)$/.exec(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '') ?? [];
  if (offset === '') return timestamp(time);
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? [];
  const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000);
  return timestamp(time + ahead).replace('Z', offset);
}
