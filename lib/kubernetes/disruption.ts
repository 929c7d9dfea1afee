import type { Condition } from './metadata';
import type { PodDisruptionBudgetStatus } from './policy';

/** The one condition of a budget (k8s.io/component-helpers/apps/poddisruptionbudget). `time` is RFC 3339. */
export function withDisruptionCondition(status: PodDisruptionBudgetStatus, time: string): PodDisruptionBudgetStatus {
  const isAllowed = status.disruptionsAllowed > 0;
  return withCondition(
    status,
    {
      status: isAllowed ? 'True' : 'False',
      reason: isAllowed ? 'SufficientPods' : 'InsufficientPods',
      message: '',
    },
    time,
  );
}

export function withCondition(
  status: PodDisruptionBudgetStatus,
  said: Pick<Condition, 'status' | 'reason' | 'message'>,
  time: string,
): PodDisruptionBudgetStatus {
  const type = 'DisruptionAllowed';
  const known = status.conditions?.find((condition) => condition.type === type);
  const lastTransitionTime = known?.status === said.status ? known.lastTransitionTime : time;
  const { observedGeneration } = status;
  const condition = { type, ...(observedGeneration ? { observedGeneration } : {}), ...said, lastTransitionTime };
  const others = (status.conditions ?? []).filter((one) => one.type !== type);
  return { ...status, conditions: [...others, condition] };
}
