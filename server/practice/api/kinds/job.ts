import { ageSince, humanDuration } from '../../../../lib/kubernetes/age';
import { jobCondition, type Job, type JobSpec } from '../../../../lib/kubernetes/batch';
import { sorted } from '../../goJson';
import { ageColumn, ageOf, containerCells, fieldColumn, nameColumn, nameOf, wide } from './columns';
import type { Column, Kind } from './kind';
import { defaultedTemplate, nameWarnings } from './pod/template';
import { templateWarnings } from './pod/warnings';
import { containerColumns } from './replicaSet';
import { selectorText } from './selectorText';
import { validateJob, validateJobUpdate } from './validation/job';
import { validateJobStatus } from './validation/jobStatus';
import { validateDnsSubdomain, validateLabelValue } from './validation/names';
import { keepSpec, keepStatus } from './specAndStatus';

const status = 'k8s.io.api.batch.v1.JobStatus';

export const selectorColumn: Column = {
  name: 'Selector',
  description:
    'A label query over pods that should match the pod count. Normally, the system sets this field for you. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors',
  ...wide,
};

export const jobKind: Kind<Job> = {
  group: 'batch',
  version: 'v1',
  kind: 'Job',
  plural: 'jobs',
  singular: 'job',
  categories: ['all'],
  namespaced: true,
  message: 'k8s.io.api.batch.v1.Job',
  columns: [
    nameColumn,
    { name: 'Status', description: 'Status of the job.' },
    fieldColumn('Completions', status, 'succeeded'),
    { name: 'Duration', description: 'Time required to complete the job.' },
    ageColumn,
    ...containerColumns,
    selectorColumn,
  ],
  row: (job, at) => [
    nameOf(job),
    statusText(job),
    completionsText(job),
    durationText(job, at.now),
    ageOf(job, at),
    ...containerCells(job.spec.template.spec.containers),
    selectorText(job.spec.selector ?? {}) || '<none>',
  ],
  defaults: defaultJob,
  prepareCreate(draft) {
    if (!draft.spec.manualSelector) generateSelector(draft);
    draft.status = {};
    draft.metadata.generation = 1;
  },
  prepareUpdate: keepStatus,
  prepareStatus: keepSpec,
  validateName: validateDnsSubdomain,
  validate: (job) => validateJob(job),
  validateUpdate: validateJobUpdate,
  validateStatus: validateJobStatus,
  warnings(job, old) {
    if (old && old.metadata.generation === job.metadata.generation) return [];
    const warnings = [...manyIndexes(job.spec, 'spec'), ...templateWarnings(job.spec.template, 'spec.template')];
    return old ? warnings : [...nameWarnings(job), ...warnings];
  },
  fieldSelectors: { 'status.successful': ({ status: { succeeded = 0 } }) => String(succeeded) },
  subresources: { status: true },
  orphansByDefault: true,
};

const unlimited = 2 ** 31 - 1;

/** SetDefaults_Job (pkg/apis/batch/v1/defaults.go) and the pod template. */
function defaultJob(draft: Job): void {
  draft.spec ??= { template: { spec: { containers: [] } } };
  const { spec } = draft;
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
  spec.parallelism ??= 1;
  spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? 6 : unlimited;
  spec.template = defaultedTemplate(spec.template);
  const { labels } = spec.template.metadata ?? {};
  // The same labels, not a copy: what the server adds to one shows in the other.
  if (labels && Object.keys(draft.metadata.labels ?? {}).length === 0) draft.metadata.labels = labels;
  spec.completionMode ??= 'NonIndexed';
  spec.suspend ??= false;
  spec.podReplacementPolicy ??= spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed';
  spec.manualSelector ??= false;
  for (const rule of spec.podFailurePolicy?.rules ?? [])
    for (const pattern of rule.onPodConditions ?? []) pattern.status ||= 'True';
  draft.status ??= {};
}

const prefix = 'batch.kubernetes.io/';

/** A selector that matches the Job's pods and no others, and the labels for it (generateSelector in pkg/registry/batch/job). */
function generateSelector({ metadata: own, spec }: Job): void {
  const { name = '', uid = '' } = own;
  const metadata = (spec.template.metadata ??= {});
  const isShared = own.labels === metadata.labels || Object.keys(own.labels ?? {}).length === 0;
  metadata.labels = sorted({
    'job-name': name,
    [`${prefix}job-name`]: name,
    'controller-uid': uid,
    [`${prefix}controller-uid`]: uid,
    ...metadata.labels,
  });
  // Upstream gives a Job without labels these ones when it reads what was stored: they are nobody's, and not validated.
  if (isShared && validateLabelValue(name).length === 0) own.labels = { ...metadata.labels };
  const selector = (spec.selector ??= {});
  selector.matchLabels = sorted({ [`${prefix}controller-uid`]: uid, ...selector.matchLabels });
}

export function manyIndexes({ completionMode, completions = 0, parallelism = 0 }: JobSpec, at: string): string[] {
  if (completionMode !== 'Indexed' || completions <= 100_000 || parallelism <= 10_000) return [];
  return [
    `${at}: In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail`,
  ];
}

function statusText(job: Job): string {
  const first = ['Complete', 'Failed'].find((type) => jobCondition(job, type));
  if (first) return first;
  if (job.metadata.deletionTimestamp) return 'Terminating';
  if (jobCondition(job, 'Suspended')) return 'Suspended';
  return ['FailureTarget', 'SuccessCriteriaMet'].find((type) => jobCondition(job, type)) ?? 'Running';
}

function completionsText({ spec: { completions, parallelism = 0 }, status: { succeeded = 0 } }: Job): string {
  if (completions !== undefined) return `${succeeded}/${completions}`;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function durationText({ status: { startTime, completionTime } }: Job, now: number): string {
  if (!startTime) return '';
  return completionTime ? humanDuration(Date.parse(completionTime) - Date.parse(startTime)) : ageSince(startTime, now);
}
