import type { Condition } from '../../../../lib/kubernetes/metadata';
import type { Pod, PodPhase } from '../../../../lib/kubernetes/pod';
import { timestamp } from '../../clock';
import type { ContainerRecord } from './containerRecord';

type Verdict = Pick<Condition, 'status' | 'reason' | 'message'>;

/** The conditions the kubelet owns; all others on a pod are someone else's and are kept. */
const owned = ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'];

/**
 * The conditions of a pod (pkg/kubelet/status/generate.go), others' first, then the kubelet's in upstream's order. A
 * condition keeps its lastTransitionTime for as long as its status stays.
 */
export function podConditions(
  pod: Pod,
  phase: PodPhase,
  records: readonly ContainerRecord[],
  sandboxReady: boolean,
  now: number,
): Condition[] {
  const before = pod.status.conditions ?? [];
  const others = before.filter((condition) => !owned.includes(condition.type));
  const containers = containersReady(phase, records);
  const verdicts: [string, Verdict][] = [
    ['PodReadyToStartContainers', { status: sandboxReady ? 'True' : 'False' }],
    ['Initialized', initialized(phase, records)],
    ['Ready', containers.status === 'True' ? gatesReady(pod, others) : containers],
    ['ContainersReady', containers],
    ['PodScheduled', { status: 'True' }],
  ];
  return [...others, ...verdicts.map(([type, verdict]) => condition(type, verdict, pod, before, now))];
}

function condition(type: string, verdict: Verdict, pod: Pod, before: Condition[], now: number): Condition {
  const old = before.find((c) => c.type === type);
  const changed = old?.status !== verdict.status;
  return {
    type,
    ...(pod.metadata.generation === undefined ? {} : { observedGeneration: pod.metadata.generation }),
    status: verdict.status,
    lastProbeTime: null,
    lastTransitionTime: (changed ? undefined : old.lastTransitionTime) ?? timestamp(now),
    ...(verdict.reason ? { reason: verdict.reason } : {}),
    ...(verdict.message ? { message: verdict.message } : {}),
  };
}

function containersReady(phase: PodPhase, records: readonly ContainerRecord[]): Verdict {
  if (phase === 'Succeeded') return { status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' };
  const unready = records.filter((r) => (r.kind === 'sidecar' || r.kind === 'regular') && !r.ready);
  if (unready.length === 0) return { status: 'True' };
  return {
    status: 'False',
    reason: 'ContainersNotReady',
    message: `containers with unready status: [${namesOf(unready)}]`,
  };
}

function gatesReady(pod: Pod, conditions: Condition[]): Verdict {
  const messages = (pod.spec.readinessGates ?? []).flatMap(({ conditionType }) => {
    const found = conditions.find((c) => c.type === conditionType);
    if (!found) return [`corresponding condition of pod readiness gate "${conditionType}" does not exist.`];
    if (found.status === 'True') return [];
    return [`the status of pod readiness gate "${conditionType}" is not "True", but ${found.status}`];
  });
  if (messages.length === 0) return { status: 'True' };
  return { status: 'False', reason: 'ReadinessGatesNotReady', message: messages.join(', ') };
}

function initialized(phase: PodPhase, records: readonly ContainerRecord[]): Verdict {
  if (phase === 'Succeeded') return { status: 'True', reason: 'PodCompleted' };
  const hasStarted = records.some(
    (r) => r.kind === 'regular' && (r.state.running ?? r.state.terminated ?? r.lastState.terminated) !== undefined,
  );
  if (hasStarted) return { status: 'True' };
  const incomplete = records.filter(
    (r) => (r.kind === 'init' && !r.ready) || (r.kind === 'sidecar' && !(r.state.running && r.started)),
  );
  if (incomplete.length === 0) return { status: 'True' };
  return {
    status: 'False',
    reason: 'ContainersNotInitialized',
    message: `containers with incomplete status: [${namesOf(incomplete)}]`,
  };
}

function namesOf(records: readonly ContainerRecord[]): string {
  return records.map((r) => r.spec.name).join(' ');
}
