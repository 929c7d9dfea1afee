import type { PersistentVolumeClaim } from '../../../../lib/kubernetes/storage';
import { canonicalizeResources } from '../quantity';
import { classAnnotation, giveDefaultClass } from './admission/defaultClass';
import { admitExpansion } from './admission/expansion';
import { protect } from './admission/protection';
import { accessModesText, ageColumn, ageOf, fieldColumn, nameColumn, nameOf, wide } from './columns';
import type { Kind } from './kind';
import { validateClaim, validateClaimUpdate } from './validation/claim';
import { validateDnsSubdomain } from './validation/names';
import { keepSpec } from './specAndStatus';

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
  prepareStatus: keepSpec,
  validateName: validateDnsSubdomain,
  validate: validateClaim,
  validateUpdate: (claim, old) => [...validateClaim(claim), ...validateClaimUpdate(claim, old)],
  warnings: claimWarnings,
  subresources: { status: true },
};

/** pkg/api/persistentvolumeclaim: GetWarningsForPersistentVolumeClaim. */
function claimWarnings({ metadata, spec }: PersistentVolumeClaim): string[] {
  const warnings: string[] = [];
  if (metadata.annotations?.[classAnnotation] !== undefined) {
    const advice = 'deprecated since v1.8; use "storageClassName" attribute instead';
    warnings.push(`metadata.annotations[${classAnnotation}]: ${advice}`);
  }
  const size = spec.resources?.requests?.storage;
  if (size?.endsWith('m')) {
    const why = `fractional byte value ${JSON.stringify(size)} is invalid, must be an integer`;
    warnings.push(`spec.resources.requests[storage]: ${why}`);
  }
  return warnings;
}

/** SetDefaults_PersistentVolumeClaim, also for the templates of a StatefulSet. */
export function defaultClaim(claim: PersistentVolumeClaim): void {
  claim.spec ??= {};
  claim.spec.volumeMode ??= 'Filesystem';
  claim.spec.resources ??= {};
  mirrorDataSource(claim.spec);
  canonicalizeResources(claim.spec.resources.requests);
  canonicalizeResources(claim.spec.resources.limits);
  claim.status ??= {};
  claim.status.phase ??= 'Pending';
}

/** The old and the new field for what a claim is filled from say the same, whichever was written (NormalizeDataSources). */
function mirrorDataSource(spec: PersistentVolumeClaim['spec']): void {
  if (spec.dataSource && !spec.dataSourceRef) spec.dataSourceRef = { ...spec.dataSource };
  else if (spec.dataSourceRef && !spec.dataSource && spec.dataSourceRef.namespace === undefined) {
    spec.dataSource = { ...spec.dataSourceRef };
  }
}
