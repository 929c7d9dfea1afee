import { claimName, ordinalOf, podName, type StatefulSet } from '../../../../lib/kubernetes/statefulSet';
import type { Pod, PodSpec, Volume } from '../../../../lib/kubernetes/pod';
import type { PersistentVolumeClaim } from '../../../../lib/kubernetes/storage';
import { controllerRef } from '../runtime/controllerRefs';

/** Who a pod of a set is: its name, labels, host name and claims (pkg/controller/statefulset/stateful_set_utils.go). */

export const podNameLabel = 'statefulset.kubernetes.io/pod-name';
export const podIndexLabel = 'apps.kubernetes.io/pod-index';
export const revisionLabel = 'controller-revision-hash';

export const replicasOf = (set: StatefulSet) => set.spec.replicas ?? 1;
export const startOrdinal = (set: StatefulSet) => set.spec.ordinals?.start ?? 0;
export const endOrdinal = (set: StatefulSet) => startOrdinal(set) + replicasOf(set) - 1;

/** -1 for a name that is not one of this set's. */
export function ordinalOfPod(set: StatefulSet, pod: Pod): number {
  return ordinalOf(set.metadata.name ?? '', pod.metadata.name ?? '') ?? -1;
}

export function isMember(set: StatefulSet, pod: Pod): boolean {
  return ordinalOfPod(set, pod) >= 0;
}

export function isInRange(set: StatefulSet, pod: Pod): boolean {
  const ordinal = ordinalOfPod(set, pod);
  return ordinal >= startOrdinal(set) && ordinal <= endOrdinal(set);
}

export function revisionOfPod(pod: Pod): string {
  return pod.metadata.labels?.[revisionLabel] ?? '';
}

/** A pod as it is to be created: an object without uid and with an empty status. */
export function newPod(set: StatefulSet, revision: string, ordinal: number): Pod {
  const { metadata: template = {}, spec } = set.spec.template;
  const setName = set.metadata.name ?? '';
  const name = podName(setName, ordinal);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      generateName: `${setName}-`,
      namespace: set.metadata.namespace,
      labels: { ...template.labels, ...identityLabels(name, ordinal), [revisionLabel]: revision },
      ...(template.annotations ? { annotations: template.annotations } : {}),
      ...(template.finalizers ? { finalizers: template.finalizers } : {}),
      ownerReferences: [controllerRef({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: set.metadata })],
    },
    spec: {
      ...spec,
      ...volumesOf(set, ordinal, spec),
      hostname: name,
      ...(set.spec.serviceName ? { subdomain: set.spec.serviceName } : {}),
    },
    status: {},
  };
}

function identityLabels(name: string, ordinal: number): Record<string, string> {
  return { [podNameLabel]: name, [podIndexLabel]: String(ordinal) };
}

/** None is no list at all: whoever writes an empty one would own the field. */
function volumesOf(set: StatefulSet, ordinal: number, spec: PodSpec): { volumes?: Volume[] } {
  const volumes = volumesFor(set, ordinal, spec.volumes ?? []);
  return volumes.length > 0 ? { volumes } : {};
}

/** The set's claims as volumes, ahead of the pod's other volumes; a volume of the same name gives way. */
function volumesFor(set: StatefulSet, ordinal: number, volumes: readonly Volume[]): Volume[] {
  const claims = claimsFor(set, ordinal);
  const names = new Set(claims.map(({ volume }) => volume));
  return [
    ...claims.map(({ volume, claim }) => ({
      name: volume,
      persistentVolumeClaim: { claimName: claim.metadata.name ?? '' },
    })),
    ...volumes.filter((volume) => !names.has(volume.name)),
  ];
}

/** The claims of one ordinal, each with the name of its template. */
export function claimsFor(set: StatefulSet, ordinal: number): { volume: string; claim: PersistentVolumeClaim }[] {
  return (set.spec.volumeClaimTemplates ?? []).map((template) => {
    const volume = template.metadata.name ?? '';
    const { status: _, ...rest } = template;
    const claim: PersistentVolumeClaim = {
      ...rest,
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        ...template.metadata,
        name: claimName(volume, set.metadata.name ?? '', ordinal),
        namespace: set.metadata.namespace,
        labels: { ...template.metadata.labels, ...set.spec.selector.matchLabels },
      },
    };
    return { volume, claim };
  });
}

export function hasIdentity(set: StatefulSet, pod: Pod): boolean {
  const ordinal = ordinalOfPod(set, pod);
  return (
    ordinal >= 0 &&
    pod.metadata.name === podName(set.metadata.name ?? '', ordinal) &&
    pod.metadata.labels?.[podNameLabel] === pod.metadata.name
  );
}

export function hasStorage(set: StatefulSet, pod: Pod): boolean {
  return claimsFor(set, ordinalOfPod(set, pod)).every(({ volume, claim }) =>
    pod.spec.volumes?.some((v) => v.name === volume && v.persistentVolumeClaim?.claimName === claim.metadata.name),
  );
}

/** The pod with its identity labels put right. Host name and subdomain are given only at creation. */
export function withIdentity(set: StatefulSet, pod: Pod): Pod {
  const ordinal = ordinalOfPod(set, pod);
  const name = podName(set.metadata.name ?? '', ordinal);
  const labels = { ...pod.metadata.labels, ...identityLabels(name, ordinal) };
  return { ...pod, metadata: { ...pod.metadata, name, labels } };
}

export function withStorage(set: StatefulSet, pod: Pod): Pod {
  return { ...pod, spec: { ...pod.spec, ...volumesOf(set, ordinalOfPod(set, pod), pod.spec) } };
}
