import type { Container, ContainerState, ContainerStatus, PodSpec } from '../../../../lib/kubernetes/pod';
import type { ContainerExit, RunningContainer } from '../../containers/runtime';
import { signalNumbers, type SignalName } from '../../process/program';
import { timestamp } from '../../clock';

export type ContainerKind = 'init' | 'sidecar' | 'regular' | 'ephemeral';

/** What the kubelet knows of one container of a pod. Its status is derived from this and nothing else. */
export interface ContainerRecord {
  kind: ContainerKind;
  spec: Container;
  state: ContainerState;
  lastState: ContainerState;
  /** What `lastState` was before the container began to wait for its restart. */
  beforeLast?: ContainerState;
  restartCount: number;
  image: string;
  imageID: string;
  containerID?: string;
  stopSignal?: SignalName;
  started: boolean;
  ready: boolean;
  user?: { uid: number; gid: number; supplementalGroups: number[] };
  /** The latest run (it may have ended: its log is still there) and the one before it. */
  current?: RunningContainer;
  previous?: RunningContainer;
}

export function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always';
}

/** Fresh records for all containers of a pod; a container whose pod has init containers waits as PodInitializing. */
export function newRecords(spec: PodSpec): ContainerRecord[] {
  const waiting = { waiting: { reason: spec.initContainers?.length ? 'PodInitializing' : 'ContainerCreating' } };
  const fresh = (kind: ContainerKind, container: Container): ContainerRecord => ({
    kind,
    spec: container,
    state: waiting,
    lastState: {},
    restartCount: 0,
    image: container.image ?? '',
    imageID: '',
    started: false,
    ready: false,
  });
  const initial = (spec.initContainers ?? []).map((c) => fresh(isSidecar(c) ? 'sidecar' : 'init', c));
  const ephemeral = (spec.ephemeralContainers ?? []).map((c) => fresh('ephemeral', c));
  // Of just this length: one that grew has room for sixteen more, in every pod.
  return initial.concat(
    spec.containers.map((c) => fresh('regular', c)),
    ephemeral,
  );
}

/**
 * Records of a pod that ran before the node went down: whatever ran has ended as containerd reports it after a reboot
 * (exit code 255, reason Unknown).
 */
export function recordsAfterReboot(spec: PodSpec, statuses: ContainerStatus[], now: number): ContainerRecord[] {
  return newRecords(spec).map((record) => {
    const status = statuses.find((s) => s.name === record.spec.name);
    if (!status) return record;
    const { running } = status.state ?? {};
    const state: ContainerState = running
      ? {
          terminated: {
            exitCode: 255,
            reason: 'Unknown',
            ...running,
            finishedAt: timestamp(now),
            ...(status.containerID ? { containerID: status.containerID } : {}),
          },
        }
      : (status.state ?? record.state);
    return {
      ...record,
      state,
      lastState: status.lastState ?? {},
      restartCount: status.restartCount,
      image: status.image,
      imageID: status.imageID,
      ...(status.containerID ? { containerID: status.containerID } : {}),
    };
  });
}

/** How a run that ended appears in a status. A signal's exit code is 128 and its number, as containerd reports it. */
export function terminatedState(run: RunningContainer, exit: ContainerExit, message: string): ContainerState {
  return {
    terminated: {
      exitCode: exit.signal ? 128 + signalNumbers[exit.signal] : exit.code,
      reason: exit.reason,
      ...(message ? { message } : {}),
      startedAt: timestamp(run.startedAt),
      finishedAt: timestamp(exit.finishedAt),
      containerID: `containerd://${run.id}`,
    },
  };
}

/** Whether a container that ended with this code runs again (pkg/api/v1/pod/util.go ContainerShouldRestart). */
export function restartsAfter(record: ContainerRecord, spec: PodSpec, exitCode: number): boolean {
  if (record.kind === 'ephemeral') return false;
  if (record.kind === 'sidecar') return true;
  const policy = record.spec.restartPolicy ?? spec.restartPolicy ?? 'Always';
  if (record.kind === 'init') return exitCode !== 0 && policy !== 'Never';
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
}

/** A run is on record, in this state or the last. */
export function hasRunBefore(record: ContainerRecord): boolean {
  return (record.state.terminated ?? record.lastState.terminated) !== undefined;
}

/** At a pod's end: a container of which no end is known has ended badly (status_manager.go TerminatePod). */
export function settleRecords(records: readonly ContainerRecord[]): void {
  const initialized = records.every((r) => r.kind !== 'init' || r.state.terminated?.exitCode === 0);
  for (const record of records) {
    record.ready = record.kind === 'init' && record.state.terminated?.exitCode === 0;
    record.started = false;
    if (record.state.terminated || !initialized) continue;
    if (record.state.waiting && record.lastState.terminated) {
      record.state = record.lastState;
      record.lastState = record.beforeLast ?? {};
      continue;
    }
    const message = 'The container could not be located when the pod was terminated';
    record.state = { terminated: { exitCode: 137, reason: 'ContainerStatusUnknown', message } };
  }
}
