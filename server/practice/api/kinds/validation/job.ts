import type { Job, JobSpec } from '../../../../../lib/kubernetes/batch';
import { jobCondition } from '../../../../../lib/kubernetes/batch';
import type { PodSpec, PodTemplateSpec } from '../../../../../lib/kubernetes/pod';
import { invalid, notSupported, required, tooLong, type FieldError } from '../../fieldError';
import { copyJson, equalJson, isJsonObject } from '../../json';
import { immutable, invalidEach, matchesSelector, nonNegative, validateSelector } from './fields';
import { indexErrors, replacementErrors } from './jobNumbers';
import { failurePolicyErrors, successPolicyErrors } from './jobPolicies';
import { validateDnsLabel, validateDnsSubdomain } from './names';
import { isUsable, templateErrors } from './template';

const prefix = 'batch.kubernetes.io/';

/** pkg/apis/batch/validation: ValidateJob. */
export function validateJob(job: Job): FieldError[] {
  return [...generatedErrors(job), ...specErrors(job.spec), ...hostnameErrors(job)];
}

export function validateJobUpdate(job: Job, old: Job): FieldError[] {
  const { spec } = job;
  return [
    ...validateJob(job),
    ...specErrors(spec),
    ...completionsErrors(spec, old.spec),
    ...immutable('spec.selector', spec.selector, old.spec.selector),
    ...templateUpdateErrors(spec, old),
    ...(['completionMode', 'podFailurePolicy', 'backoffLimitPerIndex', 'managedBy', 'successPolicy'] as const).flatMap(
      (name) => immutable(`spec.${name}`, goNamed(spec[name]), goNamed(old.spec[name])),
    ),
  ];
}

/** Upstream prints its internal types, whose members have Go's names. */
function goNamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(goNamed);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.charAt(0).toUpperCase() + key.slice(1), goNamed(inner)]),
  );
}

/** The selector and labels are those that the server made, unless somebody said that they make their own. */
function generatedErrors({ metadata, spec }: Job): FieldError[] {
  if (spec.manualSelector || !spec.selector) return [];
  const { uid = '', name = '' } = metadata;
  const expected = {
    'controller-uid': uid,
    'job-name': name,
    [`${prefix}controller-uid`]: uid,
    [`${prefix}job-name`]: name,
  };
  const labels = spec.template.metadata?.labels ?? {};
  const sorted = Object.fromEntries(Object.entries(labels).sort());
  const errors = Object.entries(expected).flatMap(([key, value]) => {
    const field = `spec.template.metadata.labels[${key}]`;
    if (labels[key] === undefined) return [required(field, `must be '${value}'`)];
    return labels[key] === value ? [] : [invalid(field, sorted, `must be '${value}'`)];
  });
  if (isUsable(spec.selector) && !matchesSelector(spec.selector, expected))
    errors.push(invalid('spec.selector', spec.selector, '`selector` not auto-generated'));
  return errors;
}

function specErrors(spec: JobSpec): FieldError[] {
  const errors = jobSpecErrors(spec);
  if (spec.selector) errors.push(...validateSelector('spec.selector', spec.selector));
  else errors.push(required('spec.selector'));
  const { labels } = spec.template.metadata ?? {};
  const isMatch = spec.selector ? !isUsable(spec.selector) || matchesSelector(spec.selector, labels) : false;
  if (isMatch) return errors;
  const why = '`selector` does not match template `labels`';
  return [...errors, invalid('spec.template.metadata.labels', labels ?? null, why)];
}

/** validateJobSpec: what holds for the template of Jobs too. */
export function jobSpecErrors(spec: JobSpec): FieldError[] {
  return [
    ...(
      [
        'parallelism',
        'completions',
        'activeDeadlineSeconds',
        'backoffLimit',
        'ttlSecondsAfterFinished',
        'backoffLimitPerIndex',
        'maxFailedIndexes',
      ] as const
    ).flatMap((name) => nonNegative(`spec.${name}`, spec[name])),
    ...(spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined
      ? [required('spec.backoffLimitPerIndex', 'when maxFailedIndexes is specified')]
      : []),
    ...managerErrors(spec.managedBy),
    ...indexErrors(spec),
    ...failurePolicyErrors(spec),
    ...successPolicyErrors(spec),
    ...replacementErrors(spec),
    ...templateErrors(spec.template, 'spec.template'),
    ...restartErrors(spec),
  ];
}

function managerErrors(name: string | undefined): FieldError[] {
  const field = 'spec.managedBy';
  if (name === undefined) return [];
  const long = name.length > 63 ? [tooLong(field, 63)] : [];
  if (name === '') return [required(field)];
  const [, host, path] = /^([^/]+)\/(.+)$/.exec(name) ?? [];
  if (host === undefined || path === undefined)
    return [invalid(field, name, 'must be a domain-prefixed path (such as "acme.io/foo")'), ...long];
  const errors = invalidEach(field, host, validateDnsSubdomain(host));
  const pattern = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
  if (!new RegExp(`^${pattern}$`).test(path))
    errors.push(invalid(field, path, `Invalid path (regex used for validation is '${pattern}')`));
  return [...errors, ...long];
}

function restartErrors({ template, podFailurePolicy }: JobSpec): FieldError[] {
  const field = 'spec.template.spec.restartPolicy';
  const { restartPolicy: policy } = template.spec;
  if (!policy || policy === 'Always') return [required(field, 'valid values: "OnFailure", "Never"')];
  if (policy !== 'OnFailure' && policy !== 'Never') return [notSupported(field, policy, ['OnFailure', 'Never'])];
  if (!podFailurePolicy || policy === 'Never') return [];
  return [invalid(field, policy, 'only "Never" is supported when podFailurePolicy is specified')];
}

/** The index becomes the end of the pod's host name. */
function hostnameErrors({ metadata: { name = '' }, spec: { completionMode, completions = 0 } }: Job): FieldError[] {
  if (completionMode !== 'Indexed' || completions <= 0) return [];
  const hostname = `${name}-${completions - 1}`;
  if (validateDnsLabel(hostname).length === 0) return [];
  return [invalid('metadata.name', name, `will not able to create pod with invalid DNS label: ${hostname}`)];
}

/** Only a Job with indexes may change its number, and only together with its parallelism. */
function completionsErrors(spec: JobSpec, old: JobSpec): FieldError[] {
  if (spec.completionMode !== 'Indexed') return immutable('spec.completions', spec.completions, old.completions);
  const isFine = spec.completions === undefined || spec.completions === old.completions;
  if (isFine || spec.completions === spec.parallelism) return [];
  return [invalid('spec.completions', spec.completions, 'can only be modified in tandem with spec.parallelism')];
}

/** A suspended Job of which nothing runs may be sent elsewhere and be given other resources; nothing else changes. */
function templateUpdateErrors({ template }: JobSpec, old: Job): FieldError[] {
  const isIdle = !old.status.startTime || jobCondition(old, 'Suspended') !== undefined;
  if (!old.spec.suspend || !isIdle || (old.status.active ?? 0) > 0)
    return immutable('spec.template', template, old.spec.template);
  const wanted = withChangeable(old.spec.template, template);
  return equalJson(wanted.spec, template.spec)
    ? []
    : [invalid('spec.template.spec', template.spec, 'field is immutable')];
}

/** The old template with what may be changed as the new one has it. */
function withChangeable(old: PodTemplateSpec, next: PodTemplateSpec): PodTemplateSpec {
  const { nodeSelector, tolerations, schedulingGates, affinity } = next.spec;
  const spec: PodSpec = { ...copyJson(old.spec), nodeSelector, tolerations, schedulingGates };
  const kept: Record<string, unknown> = { ...spec.affinity, nodeAffinity: affinity?.nodeAffinity };
  const isEmpty = Object.values(kept).every((value) => value === undefined);
  spec.affinity = isEmpty && !affinity ? undefined : kept;
  for (const list of ['containers', 'initContainers'] as const) {
    const [mine, theirs] = [spec[list] ?? [], next.spec[list] ?? []];
    if (mine.length !== theirs.length) continue;
    mine.forEach((container, i) => {
      if (container.name === theirs[i]?.name) container.resources = theirs[i].resources;
    });
  }
  const present = Object.entries(spec).filter(([, value]) => value !== undefined);
  return { metadata: next.metadata, spec: Object.fromEntries(present) as unknown as PodSpec };
}
