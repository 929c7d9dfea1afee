import type { Container, Pod, PodSpec, Probe, ProbeAction, Volume } from '../../../../../lib/kubernetes/pod';
import { canonicalizeResources, canonicalQuantity } from '../../quantity';
import { imageTag } from './image';

/** SetDefaults_Pod and everything below it (pkg/apis/core/v1/defaults.go). */
export function defaultPod(draft: Pod): void {
  draft.spec ??= { containers: [] };
  draft.status ??= {};
  draft.status.phase ??= 'Pending';
  defaultPodSpec(draft.spec);
  for (const container of [...(draft.spec.containers ?? []), ...(draft.spec.initContainers ?? [])]) {
    requestsFromLimits(container);
    if (draft.spec.hostNetwork) hostPortsFromContainerPorts(container);
  }
  draft.spec.enableServiceLinks ??= true;
  // No pod is ended before it was asked to; in a template a negative time stays (core/v1/conversion.go).
  if ((draft.spec.terminationGracePeriodSeconds ?? 0) < 0) draft.spec.terminationGracePeriodSeconds = 1;
}

/** What pods and pod templates have in common (SetDefaults_PodSpec). */
export function defaultPodSpec(spec: PodSpec): void {
  spec.dnsPolicy ||= 'ClusterFirst';
  spec.restartPolicy ||= 'Always';
  spec.securityContext ??= {};
  spec.terminationGracePeriodSeconds ??= 30;
  spec.schedulerName ||= 'default-scheduler';
  // The old name of the field is kept in step with the new one, whichever was written (core/v1/conversion.go).
  const account = spec.serviceAccountName || spec.serviceAccount;
  if (account) spec.serviceAccountName = spec.serviceAccount = account;
  for (const list of [spec.containers, spec.initContainers, spec.ephemeralContainers]) {
    for (const container of list ?? []) defaultContainer(container);
  }
  for (const container of spec.ephemeralContainers ?? []) container.resources ??= {};
  for (const volume of spec.volumes ?? []) defaultVolume(volume);
}

function defaultContainer(container: Container): void {
  container.imagePullPolicy ||= imageTag(container.image ?? '') === 'latest' ? 'Always' : 'IfNotPresent';
  container.terminationMessagePath ||= '/dev/termination-log';
  container.terminationMessagePolicy ||= 'File';
  container.resources ??= {};
  canonicalizeResources(container.resources.requests);
  canonicalizeResources(container.resources.limits);
  for (const port of container.ports ?? []) port.protocol ||= 'TCP';
  for (const { valueFrom } of container.env ?? []) {
    if (valueFrom?.fieldRef) valueFrom.fieldRef.apiVersion ||= 'v1';
    if (valueFrom?.resourceFieldRef) defaultDivisor(valueFrom.resourceFieldRef);
  }
  for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe]) {
    if (probe) defaultProbe(probe);
  }
  defaultAction(container.lifecycle?.postStart);
  defaultAction(container.lifecycle?.preStop);
}

function defaultDivisor(reference: { divisor?: string }): void {
  reference.divisor = canonicalQuantity(reference.divisor ?? '0');
}

function defaultProbe(probe: Probe): void {
  probe.timeoutSeconds ||= 1;
  probe.periodSeconds ||= 10;
  probe.successThreshold ||= 1;
  probe.failureThreshold ||= 3;
  // Absent and 0 are the same to the API, which prints neither.
  if (probe.initialDelaySeconds === 0) delete probe.initialDelaySeconds;
  if (probe.grpc) probe.grpc.service ??= '';
  defaultAction(probe);
}

function defaultAction(action: ProbeAction | undefined): void {
  if (!action?.httpGet) return;
  action.httpGet.path ||= '/';
  action.httpGet.scheme ||= 'HTTP';
}

const readOnlyByOwner = 0o644;

function defaultVolume(volume: Volume): void {
  if (Object.keys(volume).every((key) => key === 'name')) volume.emptyDir = {};
  if (volume.emptyDir?.sizeLimit !== undefined)
    volume.emptyDir.sizeLimit = canonicalQuantity(volume.emptyDir.sizeLimit);
  if (volume.hostPath) volume.hostPath.type ??= '';
  for (const source of [volume.configMap, volume.secret, volume.downwardAPI, volume.projected]) {
    if (source) source.defaultMode ??= readOnlyByOwner;
  }
  const projections = volume.projected?.sources ?? [];
  for (const { serviceAccountToken } of projections) {
    if (serviceAccountToken) serviceAccountToken.expirationSeconds ??= 3600;
  }
  for (const { downwardAPI } of [volume, ...projections]) {
    for (const item of downwardAPI?.items ?? []) {
      if (item.fieldRef) item.fieldRef.apiVersion ||= 'v1';
      if (item.resourceFieldRef) defaultDivisor(item.resourceFieldRef);
    }
  }
}

/** A limit without a request asks for as much. Only in pods: a template keeps what was written. */
function requestsFromLimits({ resources }: Container): void {
  if (!resources?.limits) return;
  resources.requests = { ...resources.limits, ...resources.requests };
}

function hostPortsFromContainerPorts(container: Container): void {
  for (const port of container.ports ?? []) port.hostPort ||= port.containerPort;
}
