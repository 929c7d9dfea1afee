import { describe, expect, it } from 'vitest';
import type { CronJob, Job } from '../../../../lib/kubernetes/batch';
import { parseCron } from '../../../../lib/kubernetes/cronSchedule';
import { ManualClock, timestamp } from '../../clock';
import { seededIds } from '../../ids';
import { createInformers } from '../runtime/informer';
import { FakeApi } from '../testing/fakeApi';
import { startCronJobController } from './cronJobController';
import { missedStarts } from './missedStarts';

const minute = 60_000;

async function scheduled(spec: Partial<CronJob['spec']> = {}) {
  const clock = new ManualClock();
  const ids = seededIds(1);
  const api = new FakeApi({ clock, ids });
  const informers = createInformers(api);
  startCronJobController({ client: api, informers, clock, ids });
  const template = { spec: { containers: [{ name: 'c' }] } };
  const jobTemplate = { metadata: { labels: { app: 'backup' } }, spec: { template } };
  const given = { schedule: '* * * * *', concurrencyPolicy: 'Allow', suspend: false, jobTemplate, ...spec };
  await api.create('cronjobs', { metadata: { name: 'backup', namespace: 'default' }, spec: given }, 'default');
  // A start comes a tenth of a second late.
  await clock.advance(200);
  const jobs = () => api.all('jobs').sort((a, b) => ((a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1));
  const cronJob = () => api.peek('cronjobs', 'backup', 'default');
  const finish = async (job: Job | undefined, type: 'Complete' | 'Failed') => {
    const time = timestamp(clock.now());
    const conditions = [{ type, status: 'True', lastTransitionTime: time }];
    const status = { startTime: time, conditions, ...(type === 'Complete' ? { completionTime: time } : {}) };
    await api.patch('jobs', job?.metadata.name ?? '', 'default', { status }, { subresource: 'status' });
    await clock.advance(10);
  };
  const reasons = () => api.all('events').map(({ reason }) => reason);
  return { api, clock, jobs, cronJob, finish, reasons };
}

describe('a CronJob', () => {
  it('starts a Job each time, named by the time and owned', async () => {
    const { clock, jobs, cronJob } = await scheduled();
    await clock.advance(2 * minute);
    const [first, second, ...more] = jobs();
    expect(more).toEqual([]);
    expect(first?.metadata).toMatchObject({
      name: `backup-${Math.floor(clock.now() / minute) - 1}`,
      labels: { app: 'backup' },
      ownerReferences: [{ kind: 'CronJob', name: 'backup', controller: true }],
    });
    expect(cronJob()?.status.active?.map(({ name }) => name)).toEqual([first?.metadata.name, second?.metadata.name]);
    expect(Date.parse(cronJob()?.status.lastScheduleTime ?? '') % minute).toBe(0);
  });

  it('starts none while it is suspended', async () => {
    const { clock, jobs } = await scheduled({ suspend: true });
    await clock.advance(5 * minute);
    expect(jobs()).toEqual([]);
  });

  it('waits for the one before where two must not run at once', async () => {
    const { clock, jobs, finish, reasons } = await scheduled({ concurrencyPolicy: 'Forbid' });
    await clock.advance(3 * minute);
    expect(jobs()).toHaveLength(1);
    expect(reasons()).toContain('JobAlreadyActive');
    await finish(jobs()[0], 'Complete');
    await clock.advance(minute);
    expect(jobs()).toHaveLength(2);
  });

  it('puts a new one in place of the one before where it is told to', async () => {
    const { clock, jobs, cronJob } = await scheduled({ concurrencyPolicy: 'Replace' });
    await clock.advance(minute);
    const before = jobs()[0]?.metadata.name;
    await clock.advance(minute);
    expect(jobs().map(({ metadata }) => metadata.name)).not.toContain(before);
    expect(cronJob()?.status.active).toHaveLength(1);
  });

  it('keeps only so many that have ended, and says when one has', async () => {
    const limits = { successfulJobsHistoryLimit: 1, failedJobsHistoryLimit: 0 };
    const { clock, jobs, finish, cronJob, reasons } = await scheduled(limits);
    for (const outcome of ['Complete', 'Failed', 'Complete'] as const) {
      await clock.advance(minute);
      await finish(jobs().at(-1), outcome);
    }
    expect(jobs()).toHaveLength(1);
    expect(cronJob()?.status.active).toBeUndefined();
    expect(cronJob()?.status.lastSuccessfulTime).toBeDefined();
    expect(reasons()).toEqual(expect.arrayContaining(['SuccessfulCreate', 'SawCompletedJob', 'SuccessfulDelete']));
  });

  it('forgets a Job that somebody has deleted', async () => {
    const { api, clock, jobs, cronJob, reasons } = await scheduled({ schedule: '@hourly' });
    await clock.advance(60 * minute);
    await api.delete('jobs', jobs()[0]?.metadata.name ?? '', 'default');
    await clock.advance(10);
    expect(cronJob()?.status.active).toBeUndefined();
    expect(reasons()).toContain('MissingJob');
  });

  it('begins a new schedule with its next time', async () => {
    const { api, clock, jobs } = await scheduled({ schedule: '0 0 1 1 *' });
    await clock.advance(10 * minute);
    await api.patch('cronjobs', 'backup', 'default', { spec: { schedule: '* * * * *' } });
    await clock.advance(10);
    expect(jobs()).toEqual([]);
    await clock.advance(minute);
    expect(jobs()).toHaveLength(1);
  });
});

describe('what was missed', () => {
  const hourly = parseCron('0 * * * *');
  const created = '2026-07-09T10:00:00Z';
  const of = (spec: Partial<CronJob['spec']> = {}): CronJob => ({
    metadata: { creationTimestamp: created },
    spec: { schedule: '', jobTemplate: { spec: { template: { spec: { containers: [] } } } }, ...spec },
    status: {},
  });
  it.each([
    ['2026-07-09T10:59:00Z', 'none', undefined],
    ['2026-07-09T11:00:00Z', 'none', '2026-07-09T11:00:00.000Z'],
    ['2026-07-09T13:30:00Z', 'few', '2026-07-09T13:00:00.000Z'],
    ['2026-07-19T13:30:00Z', 'many', '2026-07-19T13:00:00.000Z'],
  ])('at %s: %s, latest %s', (now, missed, latest) => {
    const found = missedStarts(of(), Date.parse(now), hourly, true);
    expect(found.missed).toBe(missed);
    expect(found.latest && new Date(found.latest).toISOString()).toBe(latest);
  });

  it('is nothing before the deadline', () => {
    const found = missedStarts(of({ startingDeadlineSeconds: 600 }), Date.parse('2026-07-09T13:30:00Z'), hourly, true);
    expect(found).toEqual({ since: Date.parse('2026-07-09T13:20:00Z'), missed: 'none' });
  });

  it('cannot be told of a day that never comes', () => {
    expect(() => missedStarts(of(), Date.parse(created), parseCron('0 0 31 2 *'), true)).toThrow('less than 1 second');
  });
});
