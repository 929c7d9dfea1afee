import type { PersistentVolume } from '../../../../lib/kubernetes/storage';
import { timestamp } from '../../clock';
import { canonicalizeResources } from '../quantity';
import { classAnnotation } from './admission/defaultClass';
import { protect } from './admission/protection';
import { accessModesText, ageColumn, ageOf, fieldColumn, nameColumn, nameOf, wide } from './columns';
import type { Kind } from './kind';
import { validateDnsSubdomain } from './validation/names';
import { validatePersistentVolume, validatePersistentVolumeUpdate } from './validation/persistentVolume';

const spec = 'k8s.io.api.core.v1.PersistentVolumeSpec';
const status = 'k8s.io.api.core.v1.PersistentVolumeStatus';

export const persistentVolumeKind: Kind<PersistentVolume> = {
  group: '',
  version: 'v1',
  kind: 'PersistentVolume',
  plural: 'persistentvolumes',
  singular: 'persistentvolume',
  shortNames: ['pv'],
  namespaced: false,
  message: 'k8s.io.api.core.v1.PersistentVolume',
  columns: [
    nameColumn,
    fieldColumn('Capacity', spec, 'capacity'),
    fieldColumn('Access Modes', spec, 'accessModes'),
    fieldColumn('Reclaim Policy', spec, 'persistentVolumeReclaimPolicy'),
    fieldColumn('Status', status, 'phase'),
    {
      name: 'Claim',
      description:
        'claimRef is part of a bi-directional binding between PersistentVolume and PersistentVolumeClaim. Expected to be non-nil when bound. claim.VolumeName is the authoritative bind between PV and PVC. More info: https://kubernetes.io/docs/concepts/storage/persistent-volumes#binding',
    },
    { name: 'StorageClass', description: 'StorageClass of the pv' },
    { name: 'VolumeAttributesClass', description: 'VolumeAttributesClass of the pv' },
    fieldColumn('Reason', status, 'reason'),
    ageColumn,
    fieldColumn('VolumeMode', spec, 'volumeMode', wide),
  ],
  row(volume, at) {
    const claim = volume.spec.claimRef;
    return [
      nameOf(volume),
      volume.spec.capacity?.storage ?? '0',
      accessModesText(volume.spec.accessModes),
      volume.spec.persistentVolumeReclaimPolicy ?? '',
      volume.metadata.deletionTimestamp ? 'Terminating' : (volume.status?.phase ?? ''),
      claim ? `${claim.namespace ?? ''}/${claim.name ?? ''}` : '',
      volume.metadata.annotations?.[classAnnotation] ?? volume.spec.storageClassName ?? '',
      volume.spec.volumeAttributesClassName ?? '<unset>',
      volume.status?.reason ?? '',
      ageOf(volume, at),
      volume.spec.volumeMode ?? '<unset>',
    ];
  },
  defaults(draft) {
    draft.spec ??= {};
    draft.spec.persistentVolumeReclaimPolicy ||= 'Retain';
    draft.spec.volumeMode ??= 'Filesystem';
    if (draft.spec.hostPath) draft.spec.hostPath.type ??= '';
    canonicalizeResources(draft.spec.capacity);
    draft.status = { phase: 'Pending', ...draft.status };
  },
  prepareCreate(draft, { clock }) {
    draft.status = { phase: 'Pending', lastPhaseTransitionTime: timestamp(clock.now()) };
    protect(draft, 'kubernetes.io/pv-protection');
  },
  prepareUpdate(draft, old) {
    draft.status = old.status;
  },
  prepareStatus(draft, old, { clock }) {
    draft.spec = old.spec;
    draft.status ??= {};
    const isChanged = draft.status.phase !== old.status?.phase;
    const given = draft.status.lastPhaseTransitionTime;
    if (isChanged && (!given || given === old.status?.lastPhaseTransitionTime)) {
      draft.status.lastPhaseTransitionTime = timestamp(clock.now());
    }
  },
  validateName: validateDnsSubdomain,
  validate: validatePersistentVolume,
  validateUpdate: (volume, old) => [
    ...validatePersistentVolume(volume),
    ...validatePersistentVolumeUpdate(volume, old),
  ],
  warnings: volumeWarnings,
  subresources: { status: true },
};

/** pkg/api/persistentvolume: GetWarningsForPersistentVolume. */
function volumeWarnings({ metadata, spec: { persistentVolumeReclaimPolicy: policy } }: PersistentVolume): string[] {
  const warnings = metadata.annotations?.[classAnnotation]
    ? [`metadata.annotations[${classAnnotation}]: deprecated since v1.8; use "storageClassName" attribute instead`]
    : [];
  if (policy !== 'Recycle') return warnings;
  const advice = 'Instead, the recommended approach is to use dynamic provisioning.';
  return [...warnings, `spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. ${advice}`];
}
