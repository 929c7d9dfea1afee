import type { StatefulSet } from '../../../../lib/kubernetes/statefulSet';
import { equalJson } from '../json';
import { ageColumn, ageOf, containerCells, nameColumn, nameOf, wide } from './columns';
import type { Kind } from './kind';
import { defaultClaim } from './persistentVolumeClaim';
import { defaultPodSpec } from './pod/defaults';
import { templateWarnings } from './pod/warnings';
import { selectorText } from './selectorText';
import { validateDnsLabel } from './validation/names';
import { validateStatefulSet, validateStatefulSetStatus, validateStatefulSetUpdate } from './validation/statefulSet';
import { keepSpec } from './specAndStatus';

export const statefulSetKind: Kind<StatefulSet> = {
  group: 'apps',
  version: 'v1',
  kind: 'StatefulSet',
  plural: 'statefulsets',
  singular: 'statefulset',
  shortNames: ['sts'],
  categories: ['all'],
  namespaced: true,
  message: 'k8s.io.api.apps.v1.StatefulSet',
  columns: [
    nameColumn,
    { name: 'Ready', description: 'Number of the pod with ready state' },
    ageColumn,
    { name: 'Containers', description: 'Names of each container in the template.', ...wide },
    { name: 'Images', description: 'Images referenced by each container in the template.', ...wide },
  ],
  row: (set, at) => [
    nameOf(set),
    `${set.status.readyReplicas ?? 0}/${set.spec.replicas ?? 0}`,
    ageOf(set, at),
    ...containerCells(set.spec.template.spec.containers),
  ],
  defaults: defaultStatefulSet,
  prepareCreate(draft) {
    draft.status = { replicas: 0, availableReplicas: 0 };
    draft.metadata.generation = 1;
    dropDisabled(draft);
  },
  prepareUpdate(draft, old) {
    draft.status = old.status;
    dropDisabled(draft, old);
    draft.metadata.generation = old.metadata.generation;
    if (!equalJson(draft.spec, old.spec)) draft.metadata.generation = (old.metadata.generation ?? 0) + 1;
  },
  prepareStatus: keepSpec,
  validateName: validateDnsLabel,
  validate: validateStatefulSet,
  validateUpdate: validateStatefulSetUpdate,
  validateStatus: validateStatefulSetStatus,
  warnings(set, old) {
    const isTemplateNew = !old || old.metadata.generation !== set.metadata.generation;
    const warnings = isTemplateNew ? templateWarnings(set.spec.template, 'spec.template') : [];
    if ((set.spec.revisionHistoryLimit ?? 0) >= 0) return warnings;
    const advice = 'a negative value retains all historical revisions; a value >= 0 is recommended';
    return [...warnings, `spec.revisionHistoryLimit: ${advice}`];
  },
  subresources: {
    status: true,
    scale: {
      replicas: (set) => set.spec.replicas ?? 0,
      statusReplicas: (set) => set.status.replicas ?? 0,
      selector: (set) => selectorText(set.spec.selector),
      withReplicas: (set, replicas) => ({ ...set, spec: { ...set.spec, replicas } }),
    },
  },
};

/** SetDefaults_StatefulSet (pkg/apis/apps/v1/defaults.go), the pod template and the claim templates. */
function defaultStatefulSet(draft: StatefulSet): void {
  draft.spec ??= { selector: {}, template: { spec: { containers: [] } } };
  const { spec } = draft;
  spec.podManagementPolicy ||= 'OrderedReady';
  spec.updateStrategy ??= {};
  // A type that was written without rollingUpdate keeps none: only the whole default brings its partition.
  if (!spec.updateStrategy.type) {
    spec.updateStrategy.type = 'RollingUpdate';
    spec.updateStrategy.rollingUpdate ??= {};
  }
  const { type, rollingUpdate } = spec.updateStrategy;
  if (type === 'RollingUpdate' && rollingUpdate) rollingUpdate.partition ??= 0;
  spec.persistentVolumeClaimRetentionPolicy ??= {};
  spec.persistentVolumeClaimRetentionPolicy.whenDeleted ||= 'Retain';
  spec.persistentVolumeClaimRetentionPolicy.whenScaled ||= 'Retain';
  spec.replicas ??= 1;
  spec.revisionHistoryLimit ??= 10;
  spec.template ??= { spec: { containers: [] } };
  spec.template.metadata ??= {};
  spec.template.spec ??= { containers: [] };
  defaultPodSpec(spec.template.spec);
  for (const claim of spec.volumeClaimTemplates ?? []) {
    claim.apiVersion = 'v1';
    claim.kind = 'PersistentVolumeClaim';
    defaultClaim(claim);
  }
  draft.status = { replicas: 0, ...draft.status };
  draft.status.availableReplicas ??= 0;
}

/** The feature gate MaxUnavailableStatefulSet is off by default in v1.36: the field is dropped unless it was there. */
function dropDisabled(draft: StatefulSet, old?: StatefulSet): void {
  const { rollingUpdate } = draft.spec.updateStrategy ?? {};
  if (old?.spec.updateStrategy?.rollingUpdate?.maxUnavailable === undefined) delete rollingUpdate?.maxUnavailable;
}
