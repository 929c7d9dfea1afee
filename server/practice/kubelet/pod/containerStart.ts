import type { Pod } from '../../../../lib/kubernetes/pod';
import { quantityMillis, quantityValue } from '../../../../lib/kubernetes/quantity';
import { timestamp } from '../../clock';
import {
  StartError,
  type ContainerOptions,
  type ImageFacts,
  type RunningContainer,
  type VolumeMountOptions,
} from '../../containers/runtime';
import { ConfigError, environmentOf } from '../environment/environment';
import { expand } from '../environment/expansion';
import { visibleServices } from '../environment/serviceVariables';
import { PullFailure } from '../images/imagePuller';
import { unlessAborted } from '../unlessAborted';
import { hasRunBefore, type ContainerRecord } from './containerRecord';
import { requireNonRoot } from './nonRoot';
import { subPathOf } from './subPath';
import { containerEvent, type PodContext } from './podContext';

/** Making and starting a container takes about this long. */
const startMs = 250;

/** Why a start came to nothing. `ended`: a container was made and is gone again (its command could not be run). */
export interface StartFailure {
  reason: string;
  ended: boolean;
}

/**
 * One try at a container: image, environment, mounts, start (pkg/kubelet/kuberuntime startContainer). The record shows
 * the outcome; the caller decides when to try again.
 */
export async function startContainer(
  context: PodContext,
  record: ContainerRecord,
): Promise<RunningContainer | StartFailure> {
  let facts: ImageFacts | undefined;
  try {
    facts = await ensureImage(context, record);
    requireNonRoot(context.pod(), record.spec, facts.user);
    const options = containerOptions(context, record, facts.reference);
    containerEvent(context, record, 'Normal', 'Created', 'Container created');
    await context.deps.clock.sleep(context.deps.pace.delay(startMs), context.stopping);
    if (context.stopping.aborted) throw new Stopped();
    const run = await context.sandbox().start(options);
    containerEvent(context, record, 'Normal', 'Started', 'Container started');
    markRunning(record, run, facts);
    return run;
  } catch (error) {
    return failed(context, record, error, facts);
  }
}

/** The pod has to end: it does not wait for a pull, which goes on for whoever wants the image next. */
class Stopped extends Error {}

async function ensureImage(context: PodContext, record: ContainerRecord): Promise<ImageFacts> {
  const { image = '', imagePullPolicy = 'IfNotPresent' } = record.spec;
  const pulled = context.deps.images.ensure({
    podUid: context.pod().metadata.uid ?? '',
    image,
    policy: imagePullPolicy,
    event: (type, reason, message) => containerEvent(context, record, type, reason, message),
  });
  const facts = await unlessAborted(pulled, context.stopping);
  if (!facts) throw new Stopped();
  return facts;
}

function failed(context: PodContext, record: ContainerRecord, error: unknown, facts?: ImageFacts): StartFailure {
  if (error instanceof Stopped) return { reason: '', ended: false };
  if (error instanceof StartError) {
    if (facts) showImage(record, facts);
    return ended(context, record, error);
  }
  const reason =
    error instanceof PullFailure
      ? error.reason
      : error instanceof ConfigError
        ? 'CreateContainerConfigError'
        : 'CreateContainerError';
  const message = error instanceof Error ? error.message : String(error);
  containerEvent(context, record, 'Warning', 'Failed', `Error: ${error instanceof PullFailure ? reason : message}`);
  markWaiting(record, reason, message);
  context.changed();
  return { reason, ended: false };
}

function ended(context: PodContext, record: ContainerRecord, error: StartError): StartFailure {
  const { clock, ids } = context.deps;
  containerEvent(context, record, 'Warning', 'Failed', `Error: ${error.message}`);
  const containerID = `containerd://${ids.hex(64)}`;
  const isRestart = hasRunBefore(record);
  record.restartCount += isRestart ? 1 : 0;
  record.containerID = containerID;
  record.state = {
    terminated: {
      exitCode: error.exitCode,
      reason: 'StartError',
      message: error.message,
      startedAt: timestamp(0),
      finishedAt: timestamp(clock.now()),
      containerID,
    },
  };
  context.changed();
  return { reason: 'RunContainerError', ended: true };
}

/** A status names the image by what the runtime made of it, once there is a container of it. */
function showImage(record: ContainerRecord, facts: ImageFacts): void {
  record.image = facts.reference;
  record.imageID = facts.id;
  record.stopSignal = facts.stopSignal;
}

function markRunning(record: ContainerRecord, run: RunningContainer, facts: ImageFacts): void {
  showImage(record, facts);
  if (hasRunBefore(record)) record.restartCount++;
  if (record.state.terminated) record.lastState = record.state;
  record.previous = record.current;
  record.current = run;
  record.containerID = `containerd://${run.id}`;
  record.user = run.user;
  record.state = { running: { startedAt: timestamp(run.startedAt) } };
}

/** The container waits; how it last ended moves to `lastState`. */
export function markWaiting(record: ContainerRecord, reason: string, message?: string): void {
  if (record.state.terminated) {
    record.beforeLast = record.lastState;
    record.lastState = record.state;
  }
  record.state = { waiting: { reason, ...(message ? { message } : {}) } };
  record.ready = false;
  record.started = false;
}

function containerOptions(context: PodContext, record: ContainerRecord, image: string): ContainerOptions {
  const { spec } = record;
  const pod = context.pod();
  const env = environmentFor(context, pod, record);
  const security = { ...pod.spec.securityContext, ...spec.securityContext };
  const memory = quantityValue(spec.resources?.limits?.memory);
  const cpu = quantityMillis(spec.resources?.limits?.cpu);
  const groups = [
    ...(pod.spec.securityContext?.supplementalGroups ?? []),
    ...(pod.spec.securityContext?.fsGroup === undefined ? [] : [pod.spec.securityContext.fsGroup]),
  ];
  return {
    name: spec.name,
    image,
    ...(spec.command ? { command: spec.command.map((word) => expand(word, env)) } : {}),
    ...(spec.args ? { args: spec.args.map((word) => expand(word, env)) } : {}),
    env: [...env],
    ...(spec.workingDir ? { workingDir: spec.workingDir } : {}),
    stdin: spec.stdin ?? false,
    stdinOnce: spec.stdinOnce ?? false,
    tty: spec.tty ?? false,
    mounts: mountsOf(context, record, env),
    terminationMessagePath: spec.terminationMessagePath ?? '/dev/termination-log',
    ...(security.runAsUser === undefined ? {} : { runAsUser: security.runAsUser }),
    ...(security.runAsGroup === undefined ? {} : { runAsGroup: security.runAsGroup }),
    ...(groups.length > 0 ? { supplementalGroups: groups } : {}),
    // AddNoNewPrivileges of pkg/securitycontext: only where it is said.
    ...(spec.securityContext?.allowPrivilegeEscalation === false ? { noNewPrivileges: true } : {}),
    ...(spec.securityContext?.readOnlyRootFilesystem ? { readOnlyRootFilesystem: true } : {}),
    ...(memory > 0 ? { memoryLimitBytes: memory } : {}),
    ...(cpu > 0 ? { cpuLimitMillis: cpu } : {}),
  };
}

function environmentFor(context: PodContext, pod: Pod, record: ContainerRecord): Map<string, string> {
  const { informers, allocatable, nodeIP } = context.deps;
  const namespace = pod.metadata.namespace ?? '';
  const { ip } = context.sandbox();
  const status = { ...pod.status, hostIP: nodeIP, hostIPs: [{ ip: nodeIP }], podIP: ip, podIPs: [{ ip }] };
  return environmentOf({ ...pod, status }, record.spec, {
    configMap: (name) => informers.for('configmaps').get(name, namespace),
    secret: (name) => informers.for('secrets').get(name, namespace),
    services: visibleServices(informers.for('services').list(), namespace, pod.spec.enableServiceLinks ?? true),
    allocatable,
  });
}

function mountsOf(context: PodContext, record: ContainerRecord, env: Map<string, string>): VolumeMountOptions[] {
  const volumes = context.pod().spec.volumes ?? [];
  return (record.spec.volumeMounts ?? []).map((mount) => {
    const source = volumes.find((volume) => volume.name === mount.name);
    const subPath = subPathOf(mount, env);
    return {
      volumeName: mount.name,
      volume: context.volumes.get(mount.name),
      path: mount.mountPath,
      ...(subPath ? { subPath } : {}),
      readOnly: (mount.readOnly ?? false) || (source?.persistentVolumeClaim?.readOnly ?? false),
    };
  });
}
