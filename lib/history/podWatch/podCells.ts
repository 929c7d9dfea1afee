import type { PodView } from '../../board/model';
import { humanDuration } from '../../kubernetes/age';
import type { PodEvent } from './podEvents';

const columns = ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'];
const wideColumns = [...columns, 'IP', 'NODE', 'NOMINATED NODE', 'READINESS GATES'];

export function podColumns(isWide: boolean): string[] {
  return isWide ? wideColumns : columns;
}

/** The cells of a pod's line, as pkg/printers/internalversion/printers.go (printPod) makes them. Ages are those of the event. */
export function podCells({ pod, at }: PodEvent, isWide: boolean): string[] {
  const cells = [
    pod.name,
    `${pod.readyContainers}/${pod.totalContainers}`,
    pod.status,
    restarts(pod, at),
    humanDuration(at - pod.createdAt),
  ];
  if (!isWide) return cells;
  const none = (text: string | undefined) => (text === undefined || text === '' ? '<none>' : text);
  return [...cells, none(pod.ip), none(pod.node), none(pod.nominatedNode), none(pod.readinessGates)];
}

function restarts({ restarts: count, lastRestartAt }: PodView, at: number): string {
  if (count === 0 || lastRestartAt === undefined) return String(count);
  return `${count} (${humanDuration(at - lastRestartAt)} ago)`;
}
