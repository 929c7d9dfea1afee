import type { ReplicationController } from '../../../../lib/kubernetes/workloads';
import { ageOf, containerCells, labelsText, nameOf } from './columns';
import type { Kind } from './kind';
import { defaultedTemplate, nameWarnings } from './pod/template';
import { templateWarnings } from './pod/warnings';
import { replicaColumns } from './replicaSet';
import { validateDnsSubdomain } from './validation/names';
import { replicaStatusErrors } from './validation/replicaSet';
import { validateReplicationController } from './validation/replicationController';
import { keepSpec, keepStatus } from './specAndStatus';

export const replicationControllerKind: Kind<ReplicationController> = {
  group: '',
  version: 'v1',
  kind: 'ReplicationController',
  plural: 'replicationcontrollers',
  singular: 'replicationcontroller',
  shortNames: ['rc'],
  categories: ['all'],
  namespaced: true,
  message: 'k8s.io.api.core.v1.ReplicationController',
  columns: replicaColumns(
    'k8s.io.api.core.v1.ReplicationController',
    'Selector is a label query over pods that should match the Replicas count. If Selector is empty, it is defaulted to the labels present on the Pod template. Label keys and values that must match in order to be controlled by this replication controller, if empty defaulted to labels on Pod template. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors',
  ),
  row: (controller, at) => [
    nameOf(controller),
    controller.spec.replicas ?? 0,
    controller.status.replicas ?? 0,
    controller.status.readyReplicas ?? 0,
    ageOf(controller, at),
    ...containerCells(controller.spec.template?.spec.containers ?? []),
    labelsText(controller.spec.selector),
  ],
  defaults: defaultReplicationController,
  prepareCreate(draft) {
    draft.status = { replicas: 0 };
    draft.metadata.generation = 1;
  },
  prepareUpdate: keepStatus,
  prepareStatus: keepSpec,
  validateName: validateDnsSubdomain,
  validate: validateReplicationController,
  validateUpdate: validateReplicationController,
  validateStatus: ({ status }) => replicaStatusErrors(status),
  warnings(controller, old) {
    const { template } = controller.spec;
    if (!template || (old && old.metadata.generation === controller.metadata.generation)) return [];
    return [...(old ? [] : nameWarnings(controller)), ...templateWarnings(template, 'spec.template')];
  },
  fieldSelectors: { 'status.replicas': (controller) => String(controller.status.replicas ?? 0) },
  orphansByDefault: true,
  subresources: {
    status: true,
    scale: {
      replicas: (controller) => controller.spec.replicas ?? 0,
      statusReplicas: (controller) => controller.status.replicas ?? 0,
      selector: ({ spec: { selector } }) => (selector ? labelsText(selector) : ''),
      withReplicas: (controller, replicas) => ({ ...controller, spec: { ...controller.spec, replicas } }),
    },
  },
};

/** SetDefaults_ReplicationController (pkg/apis/core/v1/defaults.go): selector and labels are those of the template. */
function defaultReplicationController(draft: ReplicationController): void {
  draft.spec ??= {};
  const { spec, metadata } = draft;
  const labels = spec.template?.metadata?.labels;
  if (labels && Object.keys(spec.selector ?? {}).length === 0) spec.selector = { ...labels };
  if (labels && Object.keys(metadata.labels ?? {}).length === 0) metadata.labels = { ...labels };
  spec.replicas ??= 1;
  if (spec.template) spec.template = defaultedTemplate(spec.template);
  draft.status = { replicas: 0, ...draft.status };
}
