import type { PersistentVolumeClaim } from '../../../../lib/kubernetes/storage';
import { canonicalizeResources } from '../quantity';
import { classAnnotation, giveDefaultClass } from './admission/defaultClass';
import { admitExpansion } from './admission/expansion';
import { protect } from './admission/protection';
import { accessModesText, ageColumn, ageOf, fieldColumn, nameColumn, nameOf, wide } from './columns';
import type { Kind } from './kind';
import { validateClaim, validateClaimUpdate } from './validation/claim';
import { validateDnsSubdomain } from './validation/names';

const spec = 'k8s.io.api.core.v1.PersistentVolumeClaimSpec';
const status = 'k8s.io.api.core.v1.PersistentVolumeClaimStatus';

export const persistentVolumeClaimKind: Kind<PersistentVolumeClaim> = {
  group: '',
  version: 'v1',
  kind: 'PersistentVolumeClaim',
  plural: 'persistentvolumeclaims',
  singular: 'persistentvolumeclaim',
  shortNames: ['pvc'],
  namespaced: true,
  message: 'k8s.io.api.core.v1.PersistentVolumeClaim',
  columns: [
    nameColumn,
    fieldColumn('Status', status, 'phase'),
    fieldColumn('Volume', spec, 'volumeName'),
    fieldColumn('Capacity', status, 'capacity'),
    fieldColumn('Access Modes', status, 'accessModes'),
    { name: 'StorageClass', description: 'StorageClass of the pvc' },
    { name: 'VolumeAttributesClass', description: 'VolumeAttributesClass of the pvc' },
    ageColumn,
    fieldColumn('VolumeMode', spec, 'volumeMode', wide),
  ],
  row(claim, at) {
    const isBound = Boolean(claim.spec.volumeName);
    return [
      nameOf(claim),
      claim.metadata.deletionTimestamp ? 'Terminating' : (claim.status?.phase ?? ''),
      claim.spec.volumeName ?? '',
      isBound ? (claim.status?.capacity?.storage ?? '0') : '',
      isBound ? accessModesText(claim.status?.accessModes) : '',
      claim.metadata.annotations?.[classAnnotation] ?? claim.spec.storageClassName ?? '',
      claim.spec.volumeAttributesClassName ?? '<unset>',
      ageOf(claim, at),
      claim.spec.volumeMode ?? '<unset>',
    ];
  },
  defaults: defaultClaim,
  prepareCreate(draft, context) {
    draft.status = { phase: 'Pending' };
    giveDefaultClass(draft, context);
    protect(draft, 'kubernetes.io/pvc-protection');
  },
  prepareUpdate(draft, old, context) {
    draft.status = old.status;
    admitExpansion(draft, old, context);
  },
  prepareStatus(draft, old) {
    draft.spec = old.spec;
  },
  validateName: validateDnsSubdomain,
  validate: validateClaim,
  validateUpdate: (claim, old) => [...validateClaim(claim), ...validateClaimUpdate(claim, old)],
  warnings: ({ metadata }) =>
    metadata.annotations?.[classAnnotation]
      ? [`metadata.annotations[${classAnnotation}]: deprecated since v1.8; use "storageClassName" attribute instead`]
      : [],
  subresources: { status: true },
};

/** SetDefaults_PersistentVolumeClaim, also for the templates of a StatefulSet. */
export function defaultClaim(claim: PersistentVolumeClaim): void {
  claim.spec ??= {};
  claim.spec.volumeMode ??= 'Filesystem';
  claim.spec.resources ??= {};
  canonicalizeResources(claim.spec.resources.requests);
  canonicalizeResources(claim.spec.resources.limits);
  claim.status ??= {};
  claim.status.phase ??= 'Pending';
}
