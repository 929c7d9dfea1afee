import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { Service } from '../../../../lib/kubernetes/network';
import { isPodTerminal, type Pod } from '../../../../lib/kubernetes/pod';
import type { ResourceQuota } from '../../../../lib/kubernetes/quota';
import type { PersistentVolumeClaim } from '../../../../lib/kubernetes/storage';
import { canonicalQuantity, parseQuantity } from '../quantity';
import { podRequests } from './podUsage';

/** How much of what an object takes, in billionths: `pods`, `requests.cpu`, `count/deployments.apps`. */
export type Usage = Record<string, bigint>;

const one = 10n ** 9n;

/** Kinds that have a name of their own in quotas, beside `count/…`. */
const plainCounts = ['configmaps', 'secrets', 'replicationcontrollers', 'resourcequotas'];

/** pkg/quota/v1/evaluator/core. `now` in milliseconds: a pod that should be gone no longer counts. */
export function usageOf(kind: { group: string; plural: string }, object: KubernetesObject, now: number): Usage {
  const counted = `count/${kind.plural}${kind.group === '' ? '' : `.${kind.group}`}`;
  if (kind.group !== '') return { [counted]: one };
  switch (kind.plural) {
    case 'pods':
      return { [counted]: one, ...(isCounted(object as Pod, now) ? { pods: one, ...podRequests(object as Pod) } : {}) };
    case 'services':
      return { [counted]: one, ...serviceUsage(object as Service) };
    case 'persistentvolumeclaims':
      return { [counted]: one, ...claimUsage(object as PersistentVolumeClaim) };
    default:
      return { [counted]: one, ...(plainCounts.includes(kind.plural) ? { [kind.plural]: one } : {}) };
  }
}

/** QuotaV1Pod: not ended, and not overdue. */
function isCounted(pod: Pod, now: number): boolean {
  if (isPodTerminal(pod)) return false;
  const { deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
  if (deletionTimestamp === undefined || deletionGracePeriodSeconds === undefined) return true;
  return now <= Date.parse(deletionTimestamp) + deletionGracePeriodSeconds * 1000;
}

function serviceUsage({ spec }: Service): Usage {
  const ports = BigInt(spec.ports?.length ?? 0) * one;
  if (spec.type === 'NodePort') return { services: one, 'services.nodeports': ports };
  if (spec.type === 'LoadBalancer')
    return { services: one, 'services.loadbalancers': one, 'services.nodeports': ports };
  return { services: one };
}

function claimUsage({ spec }: PersistentVolumeClaim): Usage {
  const storage = parseQuantity(spec.resources?.requests?.storage)?.nanos ?? 0n;
  const own = { persistentvolumeclaims: one, 'requests.storage': storage };
  if (!spec.storageClassName) return own;
  const prefix = `${spec.storageClassName}.storageclass.storage.k8s.io/`;
  return { ...own, [`${prefix}persistentvolumeclaims`]: one, [`${prefix}requests.storage`]: storage };
}

/** Whether the quota is about this object at all: scopes choose among pods, and nothing else has any. */
export function isInScope({ spec }: ResourceQuota, kind: { group: string; plural: string }, object: KubernetesObject) {
  const wanted = [
    ...(spec.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists', values: [] as string[] })),
    ...(spec.scopeSelector?.matchExpressions ?? []).map((term) => ({ values: [] as string[], ...term })),
  ];
  if (wanted.length === 0) return true;
  if (kind.group !== '' || kind.plural !== 'pods') return false;
  const pod = object as Pod;
  return wanted.every(({ scopeName, operator, values }) => {
    switch (scopeName) {
      case 'Terminating':
        return pod.spec.activeDeadlineSeconds !== undefined;
      case 'NotTerminating':
        return pod.spec.activeDeadlineSeconds === undefined;
      case 'BestEffort':
        return isBestEffort(pod);
      case 'NotBestEffort':
        return !isBestEffort(pod);
      case 'PriorityClass':
        return hasPriority(pod.spec.priorityClassName ?? '', operator, values);
      default:
        return false;
    }
  });
}

function isBestEffort({ spec }: Pod): boolean {
  return [...spec.containers, ...(spec.initContainers ?? [])].every(({ resources = {} }) =>
    ['cpu', 'memory'].every((name) => !isPositive(resources.requests?.[name]) && !isPositive(resources.limits?.[name])),
  );
}

const isPositive = (text: string | undefined) => (parseQuantity(text)?.nanos ?? 0n) > 0n;

function hasPriority(name: string, operator: string, values: string[]): boolean {
  if (operator === 'In') return values.includes(name);
  if (operator === 'NotIn') return !values.includes(name);
  return operator === 'Exists' ? name !== '' : name === '';
}

/** The containers that must say what they take, since the quota counts it: `cpu for: web; memory for: web`. */
export function missingFor(quota: ResourceQuota, { spec }: Pod): string | undefined {
  const hard = Object.keys(quota.status.hard ?? {});
  const must = ['cpu', 'limits.cpu', 'limits.memory', 'memory', 'requests.cpu', 'requests.memory'];
  const missing = must
    .filter((name) => hard.includes(name))
    .flatMap((name) => {
      const resource = name.replace(/^(limits|requests)\./, '');
      const list = name.startsWith('limits.') ? 'limits' : 'requests';
      const silent = [...spec.containers, ...(spec.initContainers ?? [])].filter(
        ({ resources }) => resources?.[list]?.[resource] === undefined,
      );
      return silent.length === 0
        ? []
        : [
            `${name} for: ${silent
              .map((c) => c.name)
              .sort()
              .join(',')}`,
          ];
    });
  return missing.length === 0 ? undefined : missing.join('; ');
}

/** As a quantity of the form in which `like` is written. */
export function amountText(nanos: bigint, like: string | undefined): string {
  const isBinary = /[KMGTPE]i$/.test(like ?? '');
  if (isBinary && nanos % (one * 1024n) === 0n) return canonicalQuantity(`${nanos / one / 1024n}Ki`);
  return canonicalQuantity(nanos % one === 0n ? `${nanos / one}` : `${nanos}n`);
}
