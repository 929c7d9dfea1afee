import type { Condition, KubernetesObject, LabelSelector } from './metadata';
import type { PodTemplateSpec } from './pod';
import type { PersistentVolumeClaim } from './storage';

export interface StatefulSet extends KubernetesObject {
  spec: StatefulSetSpec;
  status: StatefulSetStatus;
}

export type ClaimRetention = 'Retain' | 'Delete';

export interface StatefulSetSpec {
  replicas?: number;
  serviceName?: string;
  selector: LabelSelector;
  template: PodTemplateSpec;
  volumeClaimTemplates?: PersistentVolumeClaim[];
  podManagementPolicy?: 'OrderedReady' | 'Parallel';
  updateStrategy?: {
    type?: 'RollingUpdate' | 'OnDelete';
    rollingUpdate?: { partition?: number; maxUnavailable?: number | string };
  };
  revisionHistoryLimit?: number;
  minReadySeconds?: number;
  ordinals?: { start?: number };
  persistentVolumeClaimRetentionPolicy?: { whenDeleted?: ClaimRetention; whenScaled?: ClaimRetention };
}

export interface StatefulSetStatus {
  observedGeneration?: number;
  replicas?: number;
  readyReplicas?: number;
  availableReplicas?: number;
  currentReplicas?: number;
  updatedReplicas?: number;
  currentRevision?: string;
  updateRevision?: string;
  collisionCount?: number;
  conditions?: Condition[];
}

export interface ControllerRevision extends KubernetesObject {
  data?: unknown;
  revision: number;
}

/** `web-2` → 2 for the set `web`; undefined for a name that is not one of this set's (`web-api-2`, `web-02x`). */
export function ordinalOf(setName: string, podName: string): number | undefined {
  const match = /^(.*)-([0-9]+)$/.exec(podName);
  if (!match || match[1] !== setName) return undefined;
  const ordinal = Number(match[2]);
  return Number.isSafeInteger(ordinal) ? ordinal : undefined;
}

export function podName(setName: string, ordinal: number): string {
  return `${setName}-${ordinal}`;
}

/** The claim that `template` gives to one ordinal: `www` of `web-2` is `www-web-2`. */
export function claimName(template: string, setName: string, ordinal: number): string {
  return `${template}-${setName}-${ordinal}`;
}
