import { controllerOf } from '../../kubernetes/metadata';
import { claimsOf, mountsOf } from '../../kubernetes/mounts';
import { isPodReady, podCondition, type ContainerStatus, type Pod } from '../../kubernetes/pod';
import { podStatusText } from '../../kubernetes/podStatus';
import type { ContainerView, PodView, Reason } from '../model';
import type { PodFacts } from './facts';
import { identityOf, present, timeOf } from './identity';
import { shared } from './shared';

export function podFacts(pod: Pod): PodFacts {
  const owner = controllerOf(pod.metadata);
  const unscheduled = podCondition(pod, 'PodScheduled');
  const disruption = podCondition(pod, 'DisruptionTarget');
  return {
    ...identityOf(pod),
    view: podView(pod),
    owner: owner && { kind: shared(owner.kind), uid: shared(owner.uid) },
    trouble: troubleOf(pod),
    unscheduled: unscheduled?.status === 'False' ? (unscheduled.message ?? '') : undefined,
    disruption: disruption?.status === 'True' ? (disruption.reason ?? '') : undefined,
    claims: claimsOf(pod.spec),
    containerIds: Object.fromEntries(
      (pod.status.containerStatuses ?? []).flatMap(({ name, containerID }) =>
        containerID ? [[name, containerID]] : [],
      ),
    ),
  };
}

function podView(pod: Pod): PodView {
  const text = podStatusText(pod);
  const ready = podCondition(pod, 'Ready');
  const labels = pod.metadata.labels ?? {};
  return present({
    name: pod.metadata.name ?? '',
    uid: pod.metadata.uid ?? '',
    resourceVersion: pod.metadata.resourceVersion ?? '',
    status: shared(text.status),
    phase: shared(pod.status.phase ?? 'Unknown'),
    ready: isPodReady(pod),
    readyContainers: text.readyContainers,
    totalContainers: text.totalContainers,
    containers: containersOf(pod),
    ip: pod.status.podIP ?? '',
    node: shared(pod.spec.nodeName ?? ''),
    restarts: text.restarts,
    lastRestartAt: timeOf(text.lastRestart),
    revision: shared(labels['controller-revision-hash'] ?? labels['pod-template-hash'] ?? ''),
    nominatedNode: pod.status.nominatedNodeName || undefined,
    readinessGates: gatesOf(pod),
    createdAt: timeOf(pod.metadata.creationTimestamp) ?? 0,
    startedAt: timeOf(pod.status.startTime),
    readySince: ready?.status === 'True' ? timeOf(ready.lastTransitionTime) : undefined,
    deletingSince: deletingSince(pod),
  });
}

function gatesOf(pod: Pod): string | undefined {
  const gates = pod.spec.readinessGates ?? [];
  if (gates.length === 0) return undefined;
  const met = gates.filter((gate) => podCondition(pod, gate.conditionType)?.status === 'True');
  return `${met.length}/${gates.length}`;
}

/** The deletion timestamp is when the grace period ends; the deletion was asked for that much earlier. */
function deletingSince(pod: Pod): number | undefined {
  const end = timeOf(pod.metadata.deletionTimestamp);
  return end === undefined ? undefined : end - (pod.metadata.deletionGracePeriodSeconds ?? 0) * 1000;
}

/** The service account's token is mounted into every pod, by no wish of its author: it would only hide what matters. */
const ownTokenPath = '/var/run/secrets/kubernetes.io/serviceaccount';

function containersOf({ spec }: Pod): ContainerView[] {
  return spec.containers.map((container) => ({
    name: shared(container.name),
    image: shared(container.image ?? ''),
    mounts: mountsOf(spec, container.name)
      .filter(({ path }) => path !== ownTokenPath)
      .map(({ path, volume, source, ...mount }) =>
        present({
          path: shared(path),
          volume: shared(volume),
          source: source === undefined ? undefined : shared(source),
          ...mount,
        }),
      ),
  }));
}

const imageReasons = new Set(['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull']);
const creatingReasons = new Set(['ContainerCreating', 'PodInitializing']);

function troubleOf(pod: Pod): Reason | undefined {
  if (isPodReady(pod)) return undefined;
  const statuses = [...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? [])];
  for (const status of statuses) {
    const trouble = waitingTrouble(status);
    if (trouble) return trouble;
  }
  if (pod.status.message) return { code: 'other', message: pod.status.message };
  const running = statuses.length > 0 && statuses.every((status) => status.state?.running || status.state?.terminated);
  if (!running) return { code: 'starting' };
  const ready = podCondition(pod, 'Ready');
  return present({ code: 'readiness', message: ready?.message });
}

/** As `kubectl describe pod` says how the container ended the last time; the back-off alone does not say why. */
function lastEnd(status: ContainerStatus): string[] {
  const ended = status.lastState?.terminated;
  if (!ended) return [];
  const message = ended.message ? `, Message: ${ended.message.trim()}` : '';
  return [`Last State: Terminated, Reason: ${ended.reason ?? ''}, Exit Code: ${ended.exitCode}${message}`];
}

function waitingTrouble(status: ContainerStatus): Reason | undefined {
  // Between two starts of a crash loop the container is neither waiting nor running: it must not look like an unanswered probe.
  const ended = status.state?.terminated;
  if (ended && ended.exitCode !== 0 && status.restartCount > 0)
    return present({ code: 'crashLoop', subject: status.name, message: ended.message ?? ended.reason });
  const waiting = status.state?.waiting;
  const reason = waiting?.reason;
  if (reason === undefined || creatingReasons.has(reason)) return undefined;
  if (imageReasons.has(reason)) return present({ code: 'imagePull', subject: status.image, message: waiting?.message });
  const code = reason === 'CrashLoopBackOff' ? 'crashLoop' : 'other';
  const message = [waiting?.message ?? reason, ...lastEnd(status)].join('\n');
  return { code, subject: status.name, message };
}
