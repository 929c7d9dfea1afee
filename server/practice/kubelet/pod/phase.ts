import type { PodPhase, PodSpec } from '../../../../lib/kubernetes/pod';
import { restartsAfter, type ContainerRecord } from './containerRecord';

/**
 * The phase that follows from the containers' states (pkg/kubelet/kubelet_pods.go getPhase). `isTerminal`: no container
 * will run again, whatever the restart policy says.
 */
export function podPhase(spec: PodSpec, records: readonly ContainerRecord[], isTerminal: boolean): PodPhase {
  const init = records.filter((r) => r.kind === 'init').map(endOf);
  const regular = records.filter((r) => r.kind === 'regular');
  const sidecars = records.filter((r) => r.kind === 'sidecar');
  const hasStarted = regular.some((r) => endOf(r) !== 'never');

  if (records.some((r) => r.kind === 'init' && isFailedForGood(r, spec))) return 'Failed';
  if (init.some((end) => end === 'never' || end === 'running')) return 'Pending';
  if (!hasStarted && sidecars.some((r) => !(r.state.running && r.started))) return 'Pending';
  const ends = regular.map(endOf);
  if (ends.includes('never') || (!hasStarted && sidecars.some((r) => endOf(r) === 'never'))) return 'Pending';
  if (ends.includes('running') || sidecars.some((r) => r.state.running)) return 'Running';

  const codes = ends.filter((end) => typeof end === 'number');
  const willRestart = !isTerminal && regular.some((r) => restartsAfter(r, spec, codeOf(r) ?? 0));
  if (willRestart) return 'Running';
  return codes.every((code) => code === 0) ? 'Succeeded' : 'Failed';
}

type End = 'never' | 'running' | number;

function codeOf(record: ContainerRecord): number | undefined {
  const ended = record.state.terminated ?? (record.state.waiting ? record.lastState.terminated : undefined);
  return ended?.exitCode;
}

function endOf(record: ContainerRecord): End {
  if (record.state.running) return 'running';
  return codeOf(record) ?? 'never';
}

function isFailedForGood(record: ContainerRecord, spec: PodSpec): boolean {
  const code = codeOf(record);
  return code !== undefined && code !== 0 && !restartsAfter(record, spec, code);
}
