import type { Condition, KubernetesObject, LabelSelector, ObjectReference } from './metadata';
import type { PodTemplateSpec } from './pod';

export interface Job extends KubernetesObject {
  spec: JobSpec;
  status: JobStatus;
}

/** Starts a Job whenever its schedule says so. */
export interface CronJob extends KubernetesObject {
  spec: {
    schedule: string;
    timeZone?: string;
    startingDeadlineSeconds?: number;
    /** `Allow`, `Forbid` or `Replace`. */
    concurrencyPolicy?: string;
    suspend?: boolean;
    jobTemplate: {
      metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> };
      spec: JobSpec;
    };
    successfulJobsHistoryLimit?: number;
    failedJobsHistoryLimit?: number;
  };
  status: { active?: ObjectReference[]; lastScheduleTime?: string; lastSuccessfulTime?: string };
}

export interface JobSpec {
  parallelism?: number;
  completions?: number;
  completionMode?: string;
  activeDeadlineSeconds?: number;
  backoffLimit?: number;
  backoffLimitPerIndex?: number;
  maxFailedIndexes?: number;
  podFailurePolicy?: { rules?: PodFailureRule[] | null };
  successPolicy?: { rules?: SuccessRule[] | null };
  selector?: LabelSelector;
  manualSelector?: boolean;
  template: PodTemplateSpec;
  ttlSecondsAfterFinished?: number;
  suspend?: boolean;
  podReplacementPolicy?: string;
  /** Another controller than the cluster's own. */
  managedBy?: string;
}

export interface PodFailureRule {
  /** `FailJob`, `FailIndex`, `Ignore` or `Count`. */
  action?: string;
  onExitCodes?: { containerName?: string; operator?: string; values?: number[] };
  onPodConditions?: { type?: string; status?: string }[];
}

export interface SuccessRule {
  /** `0,2-4` */
  succeededIndexes?: string;
  succeededCount?: number;
}

export interface JobStatus {
  conditions?: JobCondition[];
  startTime?: string;
  completionTime?: string;
  active?: number;
  ready?: number;
  terminating?: number;
  succeeded?: number;
  failed?: number;
  completedIndexes?: string;
  failedIndexes?: string;
  /** Pods, by uid, that have ended and are counted in `succeeded` or `failed` as soon as their finalizer is gone. */
  uncountedTerminatedPods?: { succeeded?: string[]; failed?: string[] };
}

export interface JobCondition extends Condition {
  lastProbeTime?: string;
}

/** The finalizer that keeps a Job's pods until they are counted. */
export const jobTracking = 'batch.kubernetes.io/job-tracking';

export function jobCondition(job: Job, type: string): JobCondition | undefined {
  return job.status.conditions?.find((condition) => condition.type === type && condition.status === 'True');
}

export function isJobFinished(job: Job): boolean {
  return jobCondition(job, 'Complete') !== undefined || jobCondition(job, 'Failed') !== undefined;
}
