import { controllerOf } from '../../../../lib/kubernetes/metadata';
import { withDisruptionCondition } from '../../../../lib/kubernetes/disruption';
import { isPodReady, isTerminating, type Pod } from '../../../../lib/kubernetes/pod';
import type { PodDisruptionBudget, PodDisruptionBudgetStatus } from '../../../../lib/kubernetes/policy';
import { timestamp } from '../../clock';
import { scaledValue } from '../deployment/scaling';

/** A pod that was evicted and has not begun to go after so long never will (pkg/controller/disruption). */
const deletionTimeoutMs = 2 * 60_000;

export interface Budgeted {
  pods: readonly Pod[];
  /** How many pods their controllers want together, and which pods have none. */
  scale: { expected: number; unmanaged: readonly string[] };
  /** Milliseconds. */
  now: number;
}

/** Whether a budget counts in shares of what controllers want, and not only what is there. */
export function needsScale({ spec }: PodDisruptionBudget): boolean {
  return spec.maxUnavailable !== undefined || typeof spec.minAvailable === 'string';
}

/** The pods' controllers with the size each wants. Throws for a controller that is not known. */
export function expectedScale(pods: readonly Pod[], scaleOf: (pod: Pod) => number | undefined): Budgeted['scale'] {
  const scales = new Map<string, number>();
  const unmanaged: string[] = [];
  for (const pod of pods) {
    const owner = controllerOf(pod.metadata);
    if (!owner) unmanaged.push(pod.metadata.name ?? '');
    else if (!scales.has(owner.uid)) {
      const scale = scaleOf(pod);
      if (scale === undefined) throw new Error(`found no controllers for pod "${pod.metadata.name}"`);
      scales.set(owner.uid, scale);
    }
  }
  return { expected: [...scales.values()].reduce((sum, scale) => sum + scale, 0), unmanaged };
}

/** The new status, and the milliseconds after which a promised deletion is no longer believed in. */
export function budgetStatus(
  budget: PodDisruptionBudget,
  { pods, scale, now }: Budgeted,
): { status: PodDisruptionBudgetStatus; recheckMs?: number } {
  const { expected, desired } = wanted(budget, pods, scale.expected);
  const promised = pods.flatMap((pod): [string, string][] => {
    const since = budget.status.disruptedPods?.[pod.metadata.name ?? ''];
    if (since === undefined || isTerminating(pod) || Date.parse(since) + deletionTimeoutMs < now) return [];
    return [[pod.metadata.name ?? '', since]];
  });
  const going = new Set(promised.map(([name]) => name));
  const healthy = pods.filter(
    (pod) => !isTerminating(pod) && !going.has(pod.metadata.name ?? '') && isPodReady(pod),
  ).length;
  const status = withDisruptionCondition(
    {
      observedGeneration: budget.metadata.generation,
      ...(promised.length > 0 ? { disruptedPods: Object.fromEntries(promised) } : {}),
      disruptionsAllowed: expected <= 0 ? 0 : Math.max(0, healthy - desired),
      currentHealthy: healthy,
      desiredHealthy: desired,
      expectedPods: expected,
      ...(budget.status.conditions ? { conditions: budget.status.conditions } : {}),
    },
    timestamp(now),
  );
  if (promised.length === 0) return { status };
  const soonest = Math.min(...promised.map(([, since]) => Date.parse(since)));
  return { status, recheckMs: soonest + deletionTimeoutMs - now };
}

function wanted({ spec }: PodDisruptionBudget, pods: readonly Pod[], scale: number) {
  const { minAvailable, maxUnavailable } = spec;
  if (maxUnavailable !== undefined)
    return { expected: scale, desired: Math.max(0, scale - scaledValue(maxUnavailable, scale, 'up')) };
  if (typeof minAvailable === 'string') return { expected: scale, desired: scaledValue(minAvailable, scale, 'up') };
  return minAvailable === undefined ? { expected: 0, desired: 0 } : { expected: pods.length, desired: minAvailable };
}
