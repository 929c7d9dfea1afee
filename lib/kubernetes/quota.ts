import type { KubernetesObject } from './metadata';

export interface ResourceQuota extends KubernetesObject {
  spec: {
    hard?: Record<string, string>;
    scopes?: string[];
    scopeSelector?: { matchExpressions?: { scopeName: string; operator: string; values?: string[] }[] };
  };
  status: { hard?: Record<string, string>; used?: Record<string, string> };
}
