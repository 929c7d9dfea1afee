import { isTerminating } from '../../kubernetes/pod';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../kubernetes/storage';
import type { ClaimFacts, ClassFacts, VolumeFacts } from './facts';
import { identityOf, timeOf } from './identity';
import { shared } from './shared';

/** The old way to name a class, which still wins over the field (k8s.io/component-helpers GetPersistentVolumeClaimClass). */
const classAnnotation = 'volume.beta.kubernetes.io/storage-class';
const selectedNode = 'volume.kubernetes.io/selected-node';
const defaultMarks = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
];

export function claimFacts(claim: PersistentVolumeClaim): ClaimFacts {
  const { metadata, spec, status } = claim;
  const className = metadata.annotations?.[classAnnotation] ?? spec.storageClassName;
  return {
    ...identityOf(claim),
    wants: {
      className,
      selector: spec.selector,
      volumeMode: spec.volumeMode ?? 'Filesystem',
      attributesClass: spec.volumeAttributesClassName ?? '',
      isOnNode: metadata.annotations?.[selectedNode] !== undefined,
    },
    view: {
      name: metadata.name ?? '',
      uid: metadata.uid ?? '',
      phase: status?.phase ?? 'Pending',
      terminating: isTerminating(claim),
      storageClass: className ?? '',
      request: spec.resources?.requests?.['storage'] ?? '',
      capacity: status?.capacity?.['storage'] ?? '',
      accessModes: [...(status?.accessModes ?? spec.accessModes ?? [])],
      requestedModes: [...(spec.accessModes ?? [])],
      volumeName: spec.volumeName ?? '',
    },
  };
}

export function volumeFacts(volume: PersistentVolume): VolumeFacts {
  const { metadata, spec, status } = volume;
  const claim = spec.claimRef;
  return {
    ...identityOf(volume),
    claimNamespace: claim?.namespace ?? '',
    claimName: claim?.name ?? '',
    claimUid: claim?.uid ?? '',
    labels: metadata.labels ?? {},
    volumeMode: spec.volumeMode ?? 'Filesystem',
    attributesClass: spec.volumeAttributesClassName ?? '',
    view: {
      name: metadata.name ?? '',
      uid: metadata.uid ?? '',
      phase: status?.phase ?? 'Pending',
      terminating: isTerminating(volume),
      capacity: spec.capacity?.['storage'] ?? '',
      accessModes: [...(spec.accessModes ?? [])],
      storageClass: metadata.annotations?.[classAnnotation] ?? spec.storageClassName ?? '',
      reclaimPolicy: spec.persistentVolumeReclaimPolicy ?? 'Retain',
      claim: claim ? `${claim.namespace ?? ''}/${claim.name ?? ''}` : '',
      source: sourceOf(spec),
    },
  };
}

/** The defaults are the API server's own (pkg/apis/storage/v1/defaults.go). */
export function classFacts(storageClass: StorageClass): ClassFacts {
  const { metadata } = storageClass;
  return {
    ...identityOf(storageClass),
    createdAt: timeOf(metadata.creationTimestamp) ?? 0,
    view: {
      name: metadata.name ?? '',
      uid: metadata.uid ?? '',
      provisioner: shared(storageClass.provisioner),
      bindingMode: storageClass.volumeBindingMode ?? 'Immediate',
      reclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
      expandable: storageClass.allowVolumeExpansion === true,
      isDefault: defaultMarks.some((mark) => metadata.annotations?.[mark] === 'true'),
    },
  };
}

/** Where the bytes lie, in one line: `hostPath /var/data`, `csi pd.csi.storage.gke.io`. */
function sourceOf(spec: PersistentVolume['spec']): string {
  if (spec.hostPath) return `hostPath ${spec.hostPath.path}`;
  if (spec.local) return `local ${spec.local.path}`;
  if (spec.nfs) return `nfs ${spec.nfs.server}:${spec.nfs.path}`;
  if (spec.csi) return `csi ${spec.csi.driver}`;
  const known = new Set(['capacity', 'accessModes', 'claimRef', 'nodeAffinity', 'mountOptions']);
  const other = Object.keys(spec).find((name) => !known.has(name) && typeof spec[name] === 'object');
  return other ?? '';
}
