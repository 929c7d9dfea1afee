import type { Node } from '../../../../lib/kubernetes/cluster';
import type { Pod, Toleration } from '../../../../lib/kubernetes/pod';

export type Taint = NonNullable<NonNullable<Node['spec']>['taints']>[number];

/** Every taint that keeps pods off is tolerated (the TaintToleration plugin). */
export function hasNoUntoleratedTaint(pod: Pod, node: Node): boolean {
  if (!node.spec?.taints) return true;
  const hard = node.spec.taints.filter((taint) => taint.effect !== 'PreferNoSchedule');
  return hard.every((taint) => (pod.spec.tolerations ?? []).some((toleration) => tolerates(toleration, taint)));
}

/** How many taints of effect PreferNoSchedule the pod does not tolerate. */
export function dislikedTaints(pod: Pod, node: Node): number {
  if (!node.spec?.taints) return 0;
  const soft = node.spec.taints.filter((taint) => taint.effect === 'PreferNoSchedule');
  return soft.filter((taint) => !(pod.spec.tolerations ?? []).some((t) => tolerates(t, taint))).length;
}

const unschedulable: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

/** The node is not cordoned, or the pod does not mind (the NodeUnschedulable plugin). */
export function isSchedulable(pod: Pod, node: Node): boolean {
  return !node.spec?.unschedulable || (pod.spec.tolerations ?? []).some((t) => tolerates(t, unschedulable));
}

/** Whether this toleration is for that taint. */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false;
  if (toleration.key && toleration.key !== taint.key) return false;
  if (toleration.operator === 'Exists') return true;
  return toleration.key !== undefined && (toleration.value ?? '') === (taint.value ?? '');
}
