import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { Pod } from '../../../../lib/kubernetes/pod';
import type { LimitRange, LimitRangeItem } from '../../../../lib/kubernetes/quota';
import type { PersistentVolumeClaim } from '../../../../lib/kubernetes/storage';
import type { Core } from '../core';
import { forbiddenError } from '../errors';
import { amountText } from '../quota/usage';
import { podTotal } from '../quota/podUsage';
import type { Target } from '../registry';
import { maximumProblem, maximumRequestProblem, minimumProblem, ratioProblem, type Constraint } from './constraints';

/**
 * A new pod, and a new or changed claim, must keep to every LimitRange of its namespace (plugin/pkg/admission/limitranger). Throws
 * Forbidden with what the first range finds. A pod's resources do not change, and what is being deleted is let go.
 */
export function checkLimits(core: Core, target: Target, object: KubernetesObject, old?: KubernetesObject): void {
  const { kind, name, namespace } = target;
  const isPod = kind.group === '' && kind.plural === 'pods';
  const isClaim = kind.group === '' && kind.plural === 'persistentvolumeclaims';
  if (!(isPod && !old) && !(isClaim && old?.metadata.deletionTimestamp === undefined)) return;
  for (const range of core.storage.list('limitranges', { prefix: `${namespace}/` }).objects as LimitRange[]) {
    const problems = (range.spec.limits ?? []).flatMap((item) =>
      isPod ? podProblems(item, object as Pod) : claimProblems(item, object as PersistentVolumeClaim),
    );
    const all = [...new Set(problems)];
    // One is told as it is, more in brackets (k8s.io/apimachinery/pkg/util/errors NewAggregate).
    if (all.length > 0) throw forbiddenError(kind, name, all.length === 1 ? String(all[0]) : `[${all.join(', ')}]`);
  }
}

type Rule = (constraint: Constraint) => string | undefined;
type Amounts = (resource: string, like: string) => Pick<Constraint, 'request' | 'limit'>;

function podProblems(item: LimitRangeItem, pod: Pod): string[] {
  const rules: [Record<string, string> | undefined, Rule][] = [
    [item.min, minimumProblem],
    [item.max, maximumProblem],
    [item.maxLimitRequestRatio, ratioProblem],
  ];
  if (item.type === 'Pod') return problemsOf(item.type, rules, (resource, like) => podAmounts(pod, resource, like));
  if (item.type !== 'Container') return [];
  return [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].flatMap(({ resources }) =>
    problemsOf(item.type, rules, (resource) => ({
      request: resources?.requests?.[resource],
      limit: resources?.limits?.[resource],
    })),
  );
}

function podAmounts(pod: Pod, resource: string, like: string): Pick<Constraint, 'request' | 'limit'> {
  const text = (list: 'requests' | 'limits') => {
    const total = podTotal(pod, list, resource);
    return total === undefined ? undefined : amountText(total, like);
  };
  return { request: text('requests'), limit: text('limits') };
}

function claimProblems(item: LimitRangeItem, { spec }: PersistentVolumeClaim): string[] {
  if (item.type !== 'PersistentVolumeClaim') return [];
  const rules: [Record<string, string> | undefined, Rule][] = [
    [item.min, minimumProblem],
    [item.max, maximumRequestProblem],
  ];
  return problemsOf(item.type, rules, (resource) => ({
    request: spec.resources?.requests?.[resource],
    limit: undefined,
  }));
}

function problemsOf(type: string, rules: [Record<string, string> | undefined, Rule][], amounts: Amounts): string[] {
  return rules.flatMap(([list, rule]) =>
    Object.entries(list ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([resource, enforced]) => rule({ type, resource, enforced, ...amounts(resource, enforced) }) ?? []),
  );
}
