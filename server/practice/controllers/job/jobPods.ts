import { jobTracking, type Job } from '../../../../lib/kubernetes/batch';
import {
  isPodTerminal,
  isTerminating,
  podCondition,
  type Container,
  type ContainerStatus,
  type Pod,
  type PodTemplateSpec,
} from '../../../../lib/kubernetes/pod';
import { matchFailurePolicy } from './failurePolicy';

export const indexKey = 'batch.kubernetes.io/job-completion-index';
const failuresKey = 'batch.kubernetes.io/job-index-failure-count';
const ignoredKey = 'batch.kubernetes.io/job-index-ignored-failure-count';
const indexVariable = 'JOB_COMPLETION_INDEX';

export const isIndexed = (job: Job) => job.spec.completionMode === 'Indexed';
export const hasLimitPerIndex = (job: Job) => job.spec.backoffLimitPerIndex !== undefined;
export const isTracked = (pod: Pod) => (pod.metadata.finalizers ?? []).includes(jobTracking);
export const isActive = (pod: Pod) => !isPodTerminal(pod) && !isTerminating(pod);
export const isEnding = (pod: Pod) => !isPodTerminal(pod) && isTerminating(pod);

/** A pod is replaced only when it has ended, not as soon as it is told to. */
export function replacesOnlyFailed({ spec }: Job): boolean {
  return spec.podReplacementPolicy === 'Failed' || spec.podFailurePolicy !== undefined;
}

/** One that was deleted before it ended counts as failed: it may never come to tell. */
export function hasFailed(pod: Pod, job: Job): boolean {
  if (pod.status.phase === 'Failed') return true;
  return !replacesOnlyFailed(job) && isTerminating(pod) && pod.status.phase !== 'Succeeded';
}

/** Undefined for a pod without an index, or with one that the Job does not have (any more). */
export function indexOf({ metadata }: Pod, { spec }: Job): number | undefined {
  const text = metadata.annotations?.[indexKey] ?? '';
  const index = /^\d+$/.test(text) ? Number(text) : undefined;
  return index !== undefined && index < (spec.completions ?? 0) ? index : undefined;
}

export const failuresOf = (pod: Pod) => countOf(pod, failuresKey);
export const allFailuresOf = (pod: Pod) => countOf(pod, failuresKey) + countOf(pod, ignoredKey);

function countOf({ metadata }: Pod, key: string): number {
  const text = metadata.annotations?.[key] ?? '';
  return /^\d+$/.test(text) ? Number(text) : 0;
}

/** When it ended, in milliseconds: by its containers, its condition, its deletion, or at worst its creation (getFinishedTime). */
export function finishedAt(pod: Pod): number {
  const { status, metadata, spec } = pod;
  const sidecars = (spec.initContainers ?? []).filter((c) => c.restartPolicy === 'Always').map(({ name }) => name);
  const statuses = [
    ...(status.containerStatuses ?? []),
    ...(status.initContainerStatuses ?? []).filter(({ name }) => sidecars.includes(name)),
  ];
  const ends = statuses.map(endOf);
  if (ends.length > 0 && !ends.includes(undefined)) return Math.max(...ends.map((end) => end ?? 0));
  const ready = podCondition(pod, 'Ready');
  if (ready?.status === 'False' && ready.lastTransitionTime) return Date.parse(ready.lastTransitionTime);
  if (metadata.deletionTimestamp)
    return Date.parse(metadata.deletionTimestamp) - (metadata.deletionGracePeriodSeconds ?? 0) * 1000;
  return Date.parse(metadata.creationTimestamp ?? '');
}

function endOf({ state }: ContainerStatus): number | undefined {
  const text = state?.terminated?.finishedAt;
  return text ? Date.parse(text) : undefined;
}

/** The template of the next pod, which is kept until it is counted; of this index, if the Job has any. */
export function templateFor(job: Job, index?: number, replaced?: Pod): PodTemplateSpec {
  const { metadata = {}, spec } = job.spec.template;
  const finalizers = [...new Set([...(metadata.finalizers ?? []), jobTracking])];
  if (index === undefined) return { metadata: { ...metadata, finalizers }, spec };
  const mark = { [indexKey]: String(index) };
  return {
    metadata: {
      ...metadata,
      finalizers,
      labels: { ...metadata.labels, ...mark },
      annotations: { ...metadata.annotations, ...mark, ...(hasLimitPerIndex(job) ? failureMarks(job, replaced) : {}) },
    },
    spec: {
      ...spec,
      hostname: `${job.metadata.name}-${index}`,
      containers: spec.containers.map(withIndexVariable),
      ...(spec.initContainers ? { initContainers: spec.initContainers.map(withIndexVariable) } : {}),
    },
  };
}

/** How often the index has failed goes from pod to pod. */
function failureMarks(job: Job, replaced: Pod | undefined): Record<string, string> {
  if (!replaced) return { [failuresKey]: '0' };
  const isCounted = matchFailurePolicy(job, replaced).isCounted;
  const [failures, ignored] = [countOf(replaced, failuresKey), countOf(replaced, ignoredKey)];
  const ignoredNow = ignored + (isCounted ? 0 : 1);
  return {
    [failuresKey]: String(failures + (isCounted ? 1 : 0)),
    ...(ignoredNow > 0 ? { [ignoredKey]: String(ignoredNow) } : {}),
  };
}

function withIndexVariable(container: Container): Container {
  if (container.env?.some(({ name }) => name === indexVariable)) return container;
  const valueFrom = { fieldRef: { fieldPath: `metadata.labels['${indexKey}']` } };
  return { ...container, env: [...(container.env ?? []), { name: indexVariable, valueFrom }] };
}

/** `work-3-`, cut so that the whole name fits. */
export function generateNameOf(job: Job, index: number): string {
  const end = `-${index}-`;
  return `${(job.metadata.name ?? '').slice(0, 58 - end.length)}${end}`;
}
