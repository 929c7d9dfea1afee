import type { KubernetesObject } from './metadata';

export interface ResourceQuota extends KubernetesObject {
  spec: {
    hard?: Record<string, string>;
    scopes?: string[];
    scopeSelector?: { matchExpressions?: { scopeName: string; operator: string; values?: string[] }[] };
  };
  status: { hard?: Record<string, string>; used?: Record<string, string> };
}

export interface LimitRange extends KubernetesObject {
  spec: { limits: LimitRangeItem[] | null };
}

/** What one object of `type` may take: `Container`, `Pod`, `PersistentVolumeClaim`, or a name of somebody's own. */
export interface LimitRangeItem {
  type: string;
  max?: Record<string, string>;
  min?: Record<string, string>;
  /** The limits of a container that names none. */
  default?: Record<string, string>;
  defaultRequest?: Record<string, string>;
  maxLimitRequestRatio?: Record<string, string>;
}
