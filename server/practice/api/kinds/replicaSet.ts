import type { ReplicaSet } from '../../../../lib/kubernetes/workloads';
import { ageColumn, ageOf, containerCells, fieldColumn, nameColumn, nameOf, wide } from './columns';
import type { Column, Kind } from './kind';
import { defaultedTemplate, ownerWarnings } from './pod/template';
import { selectorText } from './selectorText';
import { validateDnsSubdomain } from './validation/names';
import { replicaStatusErrors, validateReplicaSet, validateReplicaSetUpdate } from './validation/replicaSet';
import { keepSpec, keepStatus } from './specAndStatus';

export const containerColumns: Column[] = [
  { name: 'Containers', description: 'Names of each container in the template.', ...wide },
  { name: 'Images', description: 'Images referenced by each container in the template.', ...wide },
];

/** The columns of what has a number of replicas, described by the messages of its spec and status. */
export function replicaColumns(message: string, selector: string): Column[] {
  return [
    nameColumn,
    fieldColumn('Desired', `${message}Spec`, 'replicas', { type: 'integer' }),
    fieldColumn('Current', `${message}Status`, 'replicas', { type: 'integer' }),
    fieldColumn('Ready', `${message}Status`, 'readyReplicas', { type: 'integer' }),
    ageColumn,
    ...containerColumns,
    { name: 'Selector', description: selector, ...wide },
  ];
}

export const replicaSetKind: Kind<ReplicaSet> = {
  group: 'apps',
  version: 'v1',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  singular: 'replicaset',
  shortNames: ['rs'],
  categories: ['all'],
  namespaced: true,
  message: 'k8s.io.api.apps.v1.ReplicaSet',
  columns: replicaColumns(
    'k8s.io.api.apps.v1.ReplicaSet',
    "Selector is a label query over pods that should match the replica count. Label keys and values that must match in order to be controlled by this replica set. It must match the pod template's labels. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors",
  ),
  row: (set, at) => [
    nameOf(set),
    set.spec.replicas ?? 0,
    set.status.replicas ?? 0,
    set.status.readyReplicas ?? 0,
    ageOf(set, at),
    ...containerCells(set.spec.template.spec.containers),
    selectorText(set.spec.selector) || '<none>',
  ],
  defaults(draft) {
    draft.spec ??= { selector: {}, template: { spec: { containers: [] } } };
    draft.spec.replicas ??= 1;
    draft.spec.template = defaultedTemplate(draft.spec.template);
    draft.status = { replicas: 0, ...draft.status };
  },
  prepareCreate(draft) {
    draft.status = { replicas: 0 };
    draft.metadata.generation = 1;
  },
  prepareUpdate: keepStatus,
  prepareStatus: keepSpec,
  validateName: validateDnsSubdomain,
  validate: validateReplicaSet,
  validateUpdate: validateReplicaSetUpdate,
  validateStatus: ({ status }) => replicaStatusErrors(status),
  warnings: ownerWarnings,
  fieldSelectors: { 'status.replicas': (set) => String(set.status.replicas ?? 0) },
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
