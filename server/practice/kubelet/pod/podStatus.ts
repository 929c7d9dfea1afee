import type { ContainerStatus, Pod, PodPhase, PodStatus } from '../../../../lib/kubernetes/pod';
import { timestamp } from '../../clock';
import { podConditions } from './conditions';
import type { ContainerKind, ContainerRecord } from './containerRecord';
import { podPhase } from './phase';

/** Everything the kubelet knows of a pod that shows in its status. */
export interface PodView {
  records: readonly ContainerRecord[];
  hostIP: string;
  podIP?: string;
  startTime: string;
  sandboxReady: boolean;
  /** No container of it will run again. */
  isTerminal: boolean;
  /** The kubelet itself ended the pod: deadline, rejection, eviction. */
  verdict?: { reason: string; message: string };
}

/** The status that `view` gives to `pod`. Pure; fields that other writers own are taken over from the pod as it is. */
export function podStatus(pod: Pod, view: PodView, now: number): PodStatus {
  const old = pod.status;
  const phase = phaseOf(old.phase, pod, view);
  const keepsReason = phase === old.phase;
  // Like the phase, the kubelet's verdict shows only when nothing runs any more.
  const verdict = view.isTerminal ? view.verdict : undefined;
  const reason = verdict?.reason ?? (keepsReason ? old.reason : undefined);
  const message = verdict?.message ?? (keepsReason ? old.message : undefined);
  const of = (...kinds: ContainerKind[]) =>
    view.records.filter((r) => kinds.includes(r.kind)).map((r) => containerStatus(r));
  const init = of('init', 'sidecar');
  const ephemeral = of('ephemeral');
  return {
    ...(pod.metadata.generation === undefined ? {} : { observedGeneration: pod.metadata.generation }),
    phase,
    conditions: podConditions(pod, phase, view.records, view.sandboxReady, now),
    ...(message ? { message } : {}),
    ...(reason ? { reason } : {}),
    hostIP: view.hostIP,
    hostIPs: [{ ip: view.hostIP }],
    ...(view.podIP ? { podIP: view.podIP, podIPs: [{ ip: view.podIP }] } : {}),
    startTime: view.startTime,
    ...(init.length > 0 ? { initContainerStatuses: init } : {}),
    containerStatuses: of('regular').sort((a, b) => (a.name < b.name ? -1 : 1)),
    ...(old.qosClass ? { qosClass: old.qosClass } : {}),
    ...(ephemeral.length > 0 ? { ephemeralContainerStatuses: ephemeral } : {}),
    resources: {},
  };
}

/** The status of a pod that was refused on arrival: nothing of it ever ran. */
export function rejectedStatus(pod: Pod, verdict: { reason: string; message: string }, now: number): PodStatus {
  return {
    ...pod.status,
    ...(pod.metadata.generation === undefined ? {} : { observedGeneration: pod.metadata.generation }),
    phase: 'Failed',
    reason: verdict.reason,
    message: `Pod was rejected: ${verdict.message}`,
    startTime: timestamp(now),
  };
}

function phaseOf(old: PodPhase | undefined, pod: Pod, view: PodView): PodPhase {
  if (old === 'Succeeded' || old === 'Failed') return old;
  const phase = podPhase(pod.spec, view.records, view.isTerminal);
  const isOver = phase === 'Succeeded' || phase === 'Failed';
  // Terminal only once nothing runs any more: until then a client must not start a replacement.
  if (!view.isTerminal) return isOver ? (old ?? 'Pending') : phase;
  if (view.verdict) return 'Failed';
  return isOver ? phase : 'Failed';
}

function containerStatus(record: ContainerRecord): ContainerStatus {
  const { spec } = record;
  const requests = spec.resources?.requests;
  return {
    name: spec.name,
    state: record.state,
    lastState: record.lastState,
    ready: record.ready,
    restartCount: record.restartCount,
    image: record.image,
    imageID: record.imageID,
    ...(record.containerID ? { containerID: record.containerID } : {}),
    ...(record.kind === 'ephemeral' ? {} : { started: record.started }),
    ...(record.containerID && requests ? { allocatedResources: requests } : {}),
    ...(record.containerID ? { resources: { ...spec.resources } } : {}),
    ...(spec.volumeMounts?.length
      ? {
          volumeMounts: spec.volumeMounts.map(({ name, mountPath, readOnly }) => ({
            name,
            mountPath,
            ...(readOnly ? { readOnly, recursiveReadOnly: 'Disabled' } : {}),
          })),
        }
      : {}),
    ...(record.user ? { user: { linux: record.user } } : {}),
  };
}
