import { ageSince } from '../../../../lib/kubernetes/age';
import type { CronJob } from '../../../../lib/kubernetes/batch';
import { ageColumn, ageOf, containerCells, fieldColumn, nameColumn, nameOf } from './columns';
import { manyIndexes, selectorColumn } from './job';
import type { Kind } from './kind';
import { defaultedTemplate, nameWarnings } from './pod/template';
import { templateWarnings } from './pod/warnings';
import { containerColumns } from './replicaSet';
import { selectorText } from './selectorText';
import { keepSpec, keepStatus } from './specAndStatus';
import { validateCronJob, validateCronJobUpdate } from './validation/cronJob';
import { validateDnsSubdomain } from './validation/names';

const spec = 'k8s.io.api.batch.v1.CronJobSpec';
const status = 'k8s.io.api.batch.v1.CronJobStatus';

export const cronJobKind: Kind<CronJob> = {
  group: 'batch',
  version: 'v1',
  kind: 'CronJob',
  plural: 'cronjobs',
  singular: 'cronjob',
  shortNames: ['cj'],
  categories: ['all'],
  namespaced: true,
  message: 'k8s.io.api.batch.v1.CronJob',
  columns: [
    nameColumn,
    fieldColumn('Schedule', spec, 'schedule'),
    fieldColumn('Timezone', spec, 'timeZone'),
    { ...fieldColumn('Suspend', spec, 'suspend'), type: 'boolean' },
    { ...fieldColumn('Active', status, 'active'), type: 'integer' },
    fieldColumn('Last Schedule', status, 'lastScheduleTime'),
    ageColumn,
    ...containerColumns,
    selectorColumn,
  ],
  row: (cronJob, at) => [
    nameOf(cronJob),
    cronJob.spec.schedule,
    cronJob.spec.timeZone ?? '<none>',
    // Upstream prints it as Go does, though the column is boolean.
    cronJob.spec.suspend ? 'True' : 'False',
    (cronJob.status.active ?? []).length,
    cronJob.status.lastScheduleTime ? ageSince(cronJob.status.lastScheduleTime, at.now) : '<none>',
    ageOf(cronJob, at),
    ...containerCells(cronJob.spec.jobTemplate.spec.template.spec.containers),
    selectorText(cronJob.spec.jobTemplate.spec.selector ?? {}) || '<none>',
  ],
  defaults: defaultCronJob,
  prepareCreate(draft) {
    draft.status = {};
    draft.metadata.generation = 1;
  },
  prepareUpdate: keepStatus,
  prepareStatus: keepSpec,
  validateName: validateDnsSubdomain,
  validate: validateCronJob,
  validateUpdate: validateCronJobUpdate,
  warnings: cronJobWarnings,
  subresources: { status: true },
};

/** SetDefaults_CronJob (pkg/apis/batch/v1/defaults.go) and the pod template; the Job's own defaults come with each Job. */
function defaultCronJob(draft: CronJob): void {
  draft.spec ??= { schedule: '', jobTemplate: { spec: { template: { spec: { containers: [] } } } } };
  draft.spec.jobTemplate ??= { spec: { template: { spec: { containers: [] } } } };
  draft.spec.jobTemplate.metadata ??= {};
  draft.spec.jobTemplate.spec ??= { template: { spec: { containers: [] } } };
  const jobSpec = draft.spec.jobTemplate.spec;
  draft.spec.concurrencyPolicy ||= 'Allow';
  draft.spec.suspend ??= false;
  draft.spec.successfulJobsHistoryLimit ??= 3;
  draft.spec.failedJobsHistoryLimit ??= 1;
  jobSpec.template = defaultedTemplate(jobSpec.template);
  for (const rule of jobSpec.podFailurePolicy?.rules ?? [])
    for (const pattern of rule.onPodConditions ?? []) pattern.status ||= 'True';
  draft.status ??= {};
}

/** WarningsOnCreate and WarningsOnUpdate of pkg/registry/batch/cronjob. */
function cronJobWarnings(cronJob: CronJob, old?: CronJob): string[] {
  const { schedule, jobTemplate } = cronJob.spec;
  const isSame = old?.metadata.generation !== undefined && old.metadata.generation === cronJob.metadata.generation;
  const at = 'spec.jobTemplate.spec';
  const own = isSame
    ? []
    : [...manyIndexes(jobTemplate.spec, at), ...templateWarnings(jobTemplate.spec.template, `${at}.template`)];
  if (!old) return [...nameWarnings(cronJob), ...own];
  if (!schedule.includes('TZ')) return own;
  const page = 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/';
  return [...own, `cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see ${page} for more details`];
}
