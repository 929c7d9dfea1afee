import type { Pod } from '../../../../lib/kubernetes/pod';
import type { Sandbox } from '../../containers/runtime';
import type { NodeDeps } from '../kubeletDeps';
import type { PodVolumes } from '../volumes/podVolumes';
import type { ContainerRecord } from './containerRecord';

/** What a pod gives to the keepers of its containers. */
export interface PodContext {
  readonly deps: NodeDeps;
  readonly volumes: PodVolumes;
  readonly stopping: AbortSignal;
  pod(): Pod;
  sandbox(): Sandbox;
  /**
   * A container's state or readiness has changed: the status follows. While the pod is stopping only readiness does;
   * states are written once, when all has ended.
   */
  changed(what?: 'state' | 'readiness'): void;
  /** Containers of a pod are pulled and started one after the other. */
  inTurn<T>(start: () => Promise<T>): Promise<T>;
}

/** Records an event on one container of a pod. */
export function containerEvent(
  context: PodContext,
  record: ContainerRecord,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
): void {
  const part = {
    init: 'initContainers',
    sidecar: 'initContainers',
    regular: 'containers',
    ephemeral: 'ephemeralContainers',
  };
  context.deps.events.event(context.pod(), type, reason, message, `spec.${part[record.kind]}{${record.spec.name}}`);
}

/** `web-0_default(7c0065d2-…)`, as the kubelet writes a pod in its messages. */
export function podText(pod: Pod): string {
  return `${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})`;
}
