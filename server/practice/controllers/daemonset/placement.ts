import type { Node } from '../../../../lib/kubernetes/cluster';
import type { Pod, PodSpec, Toleration } from '../../../../lib/kubernetes/pod';
import type { DaemonSet } from '../../../../lib/kubernetes/workloads';
import { arrayAt, isRecord, matchesNodeSelection, recordAt } from '../../scheduler/filters/nodeAffinity';
import { tolerates, type Taint } from '../../scheduler/filters/taints';

/** Which nodes a DaemonSet's pods belong to (pkg/controller/daemon: NodeShouldRunDaemonPod, util/daemonset_util.go). */
export interface Wish {
  /** A pod is to be started there when there is none. */
  isWanted: boolean;
  /** One that runs there may stay: a taint that came later only keeps new ones off. */
  mayStay: boolean;
}

export function wishFor({ spec: { template } }: DaemonSet, node: Node): Wish {
  const { nodeName } = template.spec;
  const isElsewhere = nodeName !== undefined && nodeName !== '' && nodeName !== node.metadata.name;
  const pod: Pod = { metadata: {}, spec: template.spec, status: {} };
  if (isElsewhere || !matchesNodeSelection(pod, node)) return { isWanted: false, mayStay: false };
  const tolerations = daemonTolerations(template.spec);
  const repels = (effects: string[]) =>
    (node.spec?.taints ?? []).some(
      (taint: Taint) => effects.includes(taint.effect) && !tolerations.some((one) => tolerates(one, taint)),
    );
  if (repels(['NoExecute', 'NoSchedule'])) return { isWanted: false, mayStay: !repels(['NoExecute']) };
  return { isWanted: true, mayStay: true };
}

const survived = ['not-ready:NoExecute', 'unreachable:NoExecute'];
const ignored = ['disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'].map((key) => `${key}:NoSchedule`);

/** Its pods stay on a node in trouble, and start there (AddOrUpdateDaemonPodTolerations). */
export function daemonTolerations({ tolerations = [], hostNetwork }: PodSpec): Toleration[] {
  const own = [...survived, ...ignored, ...(hostNetwork ? ['network-unavailable:NoSchedule'] : [])].map((text) => {
    const [key, effect] = text.split(':');
    return { key: `node.kubernetes.io/${key}`, operator: 'Exists', effect };
  });
  const isOwn = (one: Toleration) =>
    own.some(({ key, operator, effect }) => one.key === key && one.operator === operator && one.effect === effect);
  return [...tolerations.filter((one) => !isOwn(one)), ...own];
}

/** The pod is for this node and no other; the scheduler brings it there (ReplaceDaemonSetPodNodeNameNodeAffinity). */
export function affinityFor(node: string, affinity: PodSpec['affinity']): Record<string, unknown> {
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: [node] }];
  return {
    ...affinity,
    nodeAffinity: {
      ...recordAt(affinity, 'nodeAffinity'),
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] },
    },
  };
}

/** The node that a pod is on, or was made for (GetTargetNodeName). */
export function targetNode({ spec }: Pod): string | undefined {
  if (spec.nodeName) return spec.nodeName;
  const required = recordAt(recordAt(spec.affinity, 'nodeAffinity'), 'requiredDuringSchedulingIgnoredDuringExecution');
  const fields = arrayAt(required, 'nodeSelectorTerms').flatMap((term) => arrayAt(term, 'matchFields'));
  const named = fields.find((field) => isRecord(field) && field.key === 'metadata.name' && field.operator === 'In');
  const values = arrayAt(named, 'values');
  return values.length === 1 ? String(values[0]) : undefined;
}
