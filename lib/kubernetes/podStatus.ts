import { ageSince } from './age';
import { isTerminating, isPodTerminal, podCondition, type ContainerStatus, type Pod } from './pod';

/** What `kubectl get pods` says of a pod. */
export interface PodStatusText {
  /** `Running`, `ContainerCreating`, `Init:0/1`, `CrashLoopBackOff`, `Terminating` … */
  status: string;
  readyContainers: number;
  totalContainers: number;
  restarts: number;
  /** When a container last ended to be started again, if known. */
  lastRestart?: string;
}

/** The STATUS, READY and RESTARTS columns, as pkg/printers/internalversion (printPod) makes them. */
export function podStatusText(pod: Pod): PodStatusText {
  const init = initProgress(pod);
  let text: PodStatusText = {
    status: init.reason ?? firstReason(pod),
    readyContainers: init.ready,
    totalContainers: pod.spec.containers.length + (pod.spec.initContainers ?? []).filter(isSidecar).length,
    ...init.all,
  };
  if (init.reason === undefined || podCondition(pod, 'Initialized')?.status === 'True') {
    text = { ...text, ...mainProgress(pod, text, init.sidecars) };
  }
  if (!isTerminating(pod)) return text;
  if (pod.status.reason === 'NodeLost') return { ...text, status: 'Unknown' };
  return isPodTerminal(pod) ? text : { ...text, status: 'Terminating' };
}

/** `3 (2m5s ago)`, or `0`. */
export function restartsText(text: PodStatusText, now: number): string {
  if (text.restarts === 0 || text.lastRestart === undefined) return String(text.restarts);
  return `${text.restarts} (${ageSince(text.lastRestart, now)} ago)`;
}

interface Restarts {
  restarts: number;
  lastRestart?: string;
}

function firstReason(pod: Pod): string {
  if (podCondition(pod, 'PodScheduled')?.reason === 'SchedulingGated') return 'SchedulingGated';
  return pod.status.reason || (pod.status.phase ?? '');
}

function isSidecar(container: { restartPolicy?: string }): boolean {
  return container.restartPolicy === 'Always';
}

/** Counts up to the first init container that is still at work; `reason` says which, undefined when none is. */
function initProgress(pod: Pod): { reason?: string; ready: number; all: Restarts; sidecars: Restarts } {
  const specs = pod.spec.initContainers ?? [];
  const found = { ready: 0, all: { restarts: 0 } as Restarts, sidecars: { restarts: 0 } as Restarts };
  for (const [index, status] of (pod.status.initContainerStatuses ?? []).entries()) {
    const sidecar = specs.some((spec) => spec.name === status.name && isSidecar(spec));
    found.all = withRestarts(found.all, status);
    if (sidecar) found.sidecars = withRestarts(found.sidecars, status);
    if (status.state?.terminated?.exitCode === 0) continue;
    if (sidecar && status.started === true) {
      if (status.ready) found.ready++;
      continue;
    }
    return { ...found, reason: initReason(status, index, specs.length) };
  }
  return found;
}

function initReason({ state }: ContainerStatus, index: number, total: number): string {
  if (state?.terminated) return `Init:${endReason(state.terminated)}`;
  const waiting = state?.waiting?.reason;
  return waiting && waiting !== 'PodInitializing' ? `Init:${waiting}` : `Init:${index}/${total}`;
}

function mainProgress(pod: Pod, text: PodStatusText, sidecars: Restarts): Partial<PodStatusText> {
  let { status, readyContainers } = text;
  let counted = sidecars;
  let isRunning = false;
  let error = '';
  // From the last container to the first, so that the first one with something to say has the last word.
  for (const container of [...(pod.status.containerStatuses ?? [])].reverse()) {
    const { waiting, terminated, running } = container.state ?? {};
    counted = withRestarts(counted, container);
    if (waiting?.reason) status = waiting.reason;
    else if (terminated) {
      status = endReason(terminated);
      if (terminated.exitCode !== 0) error = status;
    } else if (container.ready && running) {
      isRunning = true;
      readyContainers++;
    }
  }
  if (status === 'Completed') {
    if (isRunning && podCondition(pod, 'Ready')?.status === 'True') status = 'Running';
    else if (error !== '') status = error;
    else if (isRunning) status = 'NotReady';
  }
  return { status, readyContainers, restarts: counted.restarts, lastRestart: counted.lastRestart };
}

function endReason(terminated: { exitCode: number; signal?: number; reason?: string }): string {
  if (terminated.reason) return terminated.reason;
  return terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`;
}

function withRestarts(counted: Restarts, status: ContainerStatus): Restarts {
  const ended = status.lastState?.terminated?.finishedAt;
  const later = ended !== undefined && (counted.lastRestart === undefined || counted.lastRestart < ended);
  return { restarts: counted.restarts + status.restartCount, lastRestart: later ? ended : counted.lastRestart };
}
