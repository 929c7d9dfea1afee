import { isTerminating } from '../../kubernetes/pod';
import type { PersistentVolume, PersistentVolumeClaim } from '../../kubernetes/storage';
import type { ClaimFacts, VolumeFacts } from './facts';
import { identityOf } from './identity';

export function claimFacts(claim: PersistentVolumeClaim): ClaimFacts {
  const { spec, status } = claim;
  return {
    ...identityOf(claim),
    labels: claim.metadata.labels ?? {},
    view: {
      name: claim.metadata.name ?? '',
      uid: claim.metadata.uid ?? '',
      phase: status?.phase ?? 'Pending',
      terminating: isTerminating(claim),
      storageClass: spec.storageClassName ?? '',
      request: spec.resources?.requests?.['storage'] ?? '',
      capacity: status?.capacity?.['storage'] ?? '',
      accessModes: [...(status?.accessModes ?? spec.accessModes ?? [])],
      volumeName: spec.volumeName ?? '',
    },
  };
}

export function volumeFacts(volume: PersistentVolume): VolumeFacts {
  const { spec, status } = volume;
  const claim = spec.claimRef;
  return {
    ...identityOf(volume),
    claimNamespace: claim?.namespace ?? '',
    view: {
      name: volume.metadata.name ?? '',
      uid: volume.metadata.uid ?? '',
      phase: status?.phase ?? 'Pending',
      terminating: isTerminating(volume),
      capacity: spec.capacity?.['storage'] ?? '',
      accessModes: [...(spec.accessModes ?? [])],
      storageClass: spec.storageClassName ?? '',
      reclaimPolicy: spec.persistentVolumeReclaimPolicy ?? 'Retain',
      claim: claim ? `${claim.namespace ?? ''}/${claim.name ?? ''}` : '',
      source: sourceOf(spec),
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
