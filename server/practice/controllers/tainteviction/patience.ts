import type { Node } from '../../../../lib/kubernetes/cluster';
import type { Pod } from '../../../../lib/kubernetes/pod';
import { tolerates } from '../../scheduler/filters/taints';

/**
 * How long, in milliseconds, a pod may stay on a node with these taints: 0 when one of effect NoExecute is not tolerated, Infinity when all
 * are, for ever (GetMatchingTolerations and getMinTolerationTime of pkg/controller/tainteviction).
 */
export function patience(pod: Pod, node: Node): number {
  const taints = (node.spec?.taints ?? []).filter(({ effect }) => effect === 'NoExecute');
  const used = taints.map((taint) => (pod.spec.tolerations ?? []).find((toleration) => tolerates(toleration, taint)));
  const seconds = used.map((toleration) => (toleration ? (toleration.tolerationSeconds ?? Infinity) : 0));
  return Math.max(0, Math.min(Infinity, ...seconds)) * 1000;
}
