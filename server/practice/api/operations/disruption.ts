import { withDisruptionCondition } from '../../../../lib/kubernetes/disruption';
import { isPodReady, type Pod } from '../../../../lib/kubernetes/pod';
import type { PodDisruptionBudget, PodDisruptionBudgetStatus } from '../../../../lib/kubernetes/policy';
import { timestamp } from '../../clock';
import { StatusError } from '../../status';
import { matchesSelector } from '../kinds/validation/fields';
import { kindContext, type Call, type Core } from '../core';
import { forbiddenError } from '../errors';
import { targetOf } from '../registry';
import { updateObject } from './update';

/** More promised deletions than this mean that nobody keeps the count. */
const mostDisrupted = 2000;

/**
 * Asks the budget that covers a pod whether the pod may go, and takes it off the budget (pkg/registry/core/pod/storage/
 * eviction.go). Pods that do not run, and pods that nobody could miss, need no leave. Throws TooManyRequests.
 */
export function takeFromBudget(core: Core, call: Call, pod: Pod): void {
  const isRunning = pod.status.phase === 'Running' || pod.status.phase === 'Unknown';
  if (!isRunning || pod.metadata.deletionTimestamp) return;
  const budgets = kindContext(core, call.user)
    .findAll<PodDisruptionBudget>('poddisruptionbudgets', pod.metadata.namespace)
    .filter(({ spec }) => spec.selector && matchesSelector(spec.selector, pod.metadata.labels));
  if (budgets.length > 1) {
    const why = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
    throw new StatusError(500, '', why);
  }
  const [budget] = budgets;
  if (!budget || isNoLoss(budget, pod)) return;
  checkBudget(budget);
  if (call.dryRun) return;
  const kind = core.registry.named('poddisruptionbudgets');
  if (!kind) return;
  const now = timestamp(core.clock.now());
  updateObject(core, call, targetOf(kind, budget), {
    subresource: 'status',
    isOwned: true,
    isPatch: true,
    produce: (old) => ({ ...old, status: withoutOne(budget.status, pod, now) }),
  });
}

/** A pod that is not ready is not among the healthy ones that the budget guards. */
function isNoLoss({ spec, status }: PodDisruptionBudget, pod: Pod): boolean {
  if (isPodReady(pod)) return false;
  if (spec.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  return status.currentHealthy >= status.desiredHealthy && status.desiredHealthy > 0;
}

function withoutOne(status: PodDisruptionBudgetStatus, pod: Pod, now: string): PodDisruptionBudgetStatus {
  const disruptedPods = { ...status.disruptedPods, [pod.metadata.name ?? '']: now };
  const left = { ...status, disruptionsAllowed: status.disruptionsAllowed - 1, disruptedPods };
  return left.disruptionsAllowed === 0 ? withDisruptionCondition(left, now) : left;
}

function checkBudget({ metadata, status }: PodDisruptionBudget): void {
  const { name = '' } = metadata;
  if ((status.observedGeneration ?? 0) < (metadata.generation ?? 0))
    throw tooMany(`The disruption budget ${name} is still being processed by the server.`, 10);
  if (Object.keys(status.disruptedPods ?? {}).length > mostDisrupted)
    throw forbiddenError(
      { group: 'policy', plural: 'poddisruptionbudget' },
      name,
      'DisruptedPods map too big - too many evictions not confirmed by PDB controller',
    );
  if (status.disruptionsAllowed > 0) return;
  throw tooMany(whyNot(name, status), 0);
}

function whyNot(name: string, status: PodDisruptionBudgetStatus): string {
  const condition = status.conditions?.find(({ type }) => type === 'DisruptionAllowed');
  const said = condition?.status === 'False' ? (condition.message ?? '') : '';
  const budget = `The disruption budget ${name}`;
  if (said !== '' && condition?.reason === 'SyncFailed')
    return `${budget} does not allow evicting pods currently because it failed sync: ${said}`;
  if (status.currentHealthy <= status.desiredHealthy)
    return `${budget} needs ${status.desiredHealthy} healthy pods and has ${status.currentHealthy} currently`;
  const reason = said === '' ? '' : ` (${condition?.reason}): ${said}`;
  return `${budget} does not allow evicting pods currently${reason}`;
}

function tooMany(message: string, retryAfterSeconds: number): StatusError {
  const why = "Cannot evict pod as it would violate the pod's disruption budget.";
  return new StatusError(429, 'TooManyRequests', why, {
    causes: [{ reason: 'DisruptionBudget', message }],
    ...(retryAfterSeconds > 0 ? { retryAfterSeconds } : {}),
  });
}
