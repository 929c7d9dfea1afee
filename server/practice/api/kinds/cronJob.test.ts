import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemaForTests } from '../schema/testSchema';
import { testServer } from '../testing';
import { kinds } from './index';

const path = '/apis/batch/v1/namespaces/default/cronjobs';
let server: Awaited<ReturnType<typeof testServer>>;
beforeAll(async () => (server = await testServer({ kinds, schema: schemaForTests() })));
afterAll(() => server.close());

const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox' }] } };
const post = (name: string, spec: object, jobSpec: object = {}) =>
  server.ask('POST', path, {
    metadata: { name },
    spec: { schedule: '* * * * *', jobTemplate: { spec: { template, ...jobSpec } }, ...spec },
  });

describe('CronJobs', () => {
  it('have their defaults, and their Jobs none yet', async () => {
    const { status, json } = await post('backup', {});
    expect(status).toBe(201);
    expect(json.spec).toMatchObject({
      concurrencyPolicy: 'Allow',
      suspend: false,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
      jobTemplate: { spec: { template: { spec: { dnsPolicy: 'ClusterFirst' } } } },
    });
    expect(json.spec).not.toHaveProperty('jobTemplate.spec.completions');
    expect(json.status).toEqual({});
  });

  it.each([
    [{ schedule: 'soon' }, 'spec.schedule: Invalid value: "soon": expected exactly 5 fields, found 1: [soon]'],
    [
      { schedule: 'TZ=UTC 0 0 * * *' },
      'spec.schedule: Invalid value: "TZ=UTC 0 0 * * *": cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
    ],
    [{ timeZone: 'Mars/Base' }, 'spec.timeZone: Invalid value: "Mars/Base": unknown time zone Mars/Base'],
    [
      { concurrencyPolicy: 'Never' },
      'spec.concurrencyPolicy: Unsupported value: "Never": supported values: "Allow", "Forbid", "Replace"',
    ],
    [
      { startingDeadlineSeconds: -1 },
      'spec.startingDeadlineSeconds: Invalid value: -1: must be greater than or equal to 0',
    ],
  ])('refuse %j', async (spec, why) => {
    const { status, json } = await post('refused', spec);
    expect(status).toBe(422);
    expect(json.message).toBe(`CronJob.batch "refused" is invalid: ${why}`);
  });

  it('say where in the template of their Jobs something is wrong', async () => {
    const { json } = await post('refused', {}, { backoffLimit: -1, selector: { matchLabels: { a: 'b' } } });
    expect(json.message).toContain('spec.jobTemplate.spec.backoffLimit: Invalid value: -1');
    expect(json.message).toContain('spec.jobTemplate.spec.selector: Invalid value: ');
    expect(json.message).toContain('`selector` will be auto-generated');
  });

  it('have short names', async () => {
    const { json } = await post('x'.repeat(53), {});
    expect(json.message).toContain('must be no more than 52 characters');
  });
});
