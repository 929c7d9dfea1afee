import type { Clock } from '../../clock';
import { StartError, type RunningContainer } from '../../containers/runtime';
import type { Ids } from '../../ids';
import { NetworkError } from '../../network/network';
import { StatusError } from '../../status';
import type { Kubelet } from '../kubelet';
import type { LogOptions, NodeAgent, PodRef } from '../nodeAgent';
import type { ContainerRecord } from '../pod/containerRecord';
import type { PodWorker } from '../pod/podWorker';
import { failedSession } from './failedSession';
import { logStream } from './logStream';

/** What the API server asks of the nodes: streams into containers, their logs, connections to their ports. */
export function createNodeAgent(kubelets: readonly Kubelet[], clock: Clock, ids: Ids): NodeAgent {
  const workerOf = (pod: PodRef): PodWorker => {
    for (const kubelet of kubelets) {
      const worker = kubelet.worker(pod.uid);
      if (worker) return worker;
    }
    throw badRequest(`pod ${pod.name} does not have a host assigned`);
  };
  return {
    async exec(pod, { container, argv, stdin, tty, size }) {
      const run = runningContainer(workerOf(pod), pod, container);
      try {
        return await run.exec({ argv, stdin, tty, ...(size ? { size } : {}) });
      } catch (error) {
        if (error instanceof StartError) return failedSession(execFailure(error.message, ids));
        throw error;
      }
    },
    async attach(pod, { container, stdin, stdout, stderr }) {
      return runningContainer(workerOf(pod), pod, container).attach({ stdin, stdout, stderr });
    },
    logs: (pod, options) => logsOf(workerOf(pod), pod, options, clock),
    async connect(pod, port) {
      const sandbox = workerOf(pod).currentSandbox;
      if (!sandbox) throw internal(`error forwarding port ${port} to pod ${pod.uid}, uid : sandbox not found`);
      try {
        return await sandbox.connect(port);
      } catch (error) {
        if (!(error instanceof NetworkError)) throw error;
        const why = error.code === 'ECONNREFUSED' ? 'connect: connection refused' : error.message;
        throw internal(
          `error forwarding port ${port} to pod ${pod.uid}, uid : failed to connect to localhost:${port} inside namespace "${pod.uid}", IPv4: dial tcp4 127.0.0.1:${port}: ${why}`,
        );
      }
    },
  };
}

/** What containerd says, wrapped as often as on its way through kubelet and API server. */
function execFailure(message: string, ids: Ids): string {
  const wrapped = 'Internal error occurred: Internal error occurred: error executing command in container';
  return `${wrapped}: failed to exec in container: failed to start exec "${ids.hex(64)}": ${message}`;
}

function recordOf(worker: PodWorker, pod: PodRef, container: string): ContainerRecord {
  const record = worker.records.find((r) => r.spec.name === container);
  if (!record) throw badRequest(`container ${container} is not valid for pod ${pod.name}`);
  return record;
}

function runningContainer(worker: PodWorker, pod: PodRef, container: string): RunningContainer {
  const { current, state } = recordOf(worker, pod, container);
  if (current && state.running) return current;
  throw internal(`container not found ("${container}")`);
}

function logsOf(worker: PodWorker, pod: PodRef, options: LogOptions, clock: Clock): AsyncIterable<Uint8Array> {
  const record = recordOf(worker, pod, options.container);
  const run = loggedRun(record, pod, options.previous ?? false);
  return typeof run === 'string' ? only(run) : logStream(run, options, clock.now());
}

async function* only(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** Which run's log is meant (pkg/kubelet/kubelet_pods.go validateContainerLogStatus). */
function loggedRun(record: ContainerRecord, pod: PodRef, previous: boolean): RunningContainer | string {
  const name = `container "${record.spec.name}" in pod "${pod.name}"`;
  const { state, lastState, current } = record;
  const ended = state.terminated ?? lastState.terminated;
  if (previous) {
    const before = lastState.terminated;
    if (!before?.containerID) throw badRequest(`previous terminated ${name} not found`);
    return runThatEnded(record, before.containerID, before.reason);
  }
  if (state.running && current) return current;
  if (ended?.containerID) return runThatEnded(record, ended.containerID, ended.reason);
  if (ended) throw badRequest(`${name} is terminated`);
  const reason = state.waiting?.reason ?? '';
  const said: Record<string, string> = {
    ErrImagePull: `image can't be pulled`,
    ImagePullBackOff: 'trying and failing to pull image',
  };
  throw badRequest(`${name} is waiting to start: ${said[reason] ?? reason}`);
}

/** A run that ended before the node was restarted took its log with it; the answer is then what a real kubelet writes. */
function runThatEnded(
  { current, previous }: ContainerRecord,
  containerID: string,
  reason: string | undefined,
): RunningContainer | string {
  // Made, but its program was not there to start: its log is, and has nothing in it.
  if (reason === 'StartError') return '';
  const run = [current, previous].find((candidate) => candidate && `containerd://${candidate.id}` === containerID);
  return run ?? `unable to retrieve container logs for ${containerID}`;
}

function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

function internal(message: string): StatusError {
  return new StatusError(500, 'InternalError', message);
}
