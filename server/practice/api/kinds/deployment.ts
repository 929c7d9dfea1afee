import type { Deployment } from '../../../../lib/kubernetes/workloads';
import { equalJson } from '../json';
import { ageColumn, ageOf, containerCells, fieldColumn, nameColumn, nameOf, wide } from './columns';
import type { Kind } from './kind';
import { defaultedTemplate, ownerWarnings } from './pod/template';
import { containerColumns } from './replicaSet';
import { selectorText } from './selectorText';
import { validateDnsSubdomain } from './validation/names';
import { validateDeployment, validateDeploymentStatus, validateDeploymentUpdate } from './validation/deployment';

const status = 'k8s.io.api.apps.v1.DeploymentStatus';

export const deploymentKind: Kind<Deployment> = {
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  singular: 'deployment',
  shortNames: ['deploy'],
  categories: ['all'],
  namespaced: true,
  message: 'k8s.io.api.apps.v1.Deployment',
  columns: [
    nameColumn,
    { name: 'Ready', description: 'Number of the pod with ready state' },
    fieldColumn('Up-to-date', status, 'updatedReplicas'),
    fieldColumn('Available', status, 'availableReplicas'),
    ageColumn,
    ...containerColumns,
    {
      name: 'Selector',
      description:
        "Label selector for pods. Existing ReplicaSets whose pods are selected by this will be the ones affected by this deployment. It must match the pod template's labels.",
      ...wide,
    },
  ],
  row: (deployment, at) => [
    nameOf(deployment),
    `${deployment.status.readyReplicas ?? 0}/${deployment.spec.replicas ?? 0}`,
    deployment.status.updatedReplicas ?? 0,
    deployment.status.availableReplicas ?? 0,
    ageOf(deployment, at),
    ...containerCells(deployment.spec.template.spec.containers),
    selectorText(deployment.spec.selector),
  ],
  defaults: defaultDeployment,
  prepareCreate(draft) {
    draft.status = {};
    draft.metadata.generation = 1;
  },
  // Annotations count too: they are copied to the ReplicaSets.
  prepareUpdate(draft, old) {
    draft.status = old.status;
    const isSame =
      equalJson(draft.spec, old.spec) && equalJson(draft.metadata.annotations ?? {}, old.metadata.annotations ?? {});
    if (!isSame) draft.metadata.generation = (old.metadata.generation ?? 0) + 1;
  },
  prepareStatus(draft, old) {
    draft.spec = old.spec;
    draft.metadata.labels = old.metadata.labels;
  },
  validateName: validateDnsSubdomain,
  validate: validateDeployment,
  validateUpdate: validateDeploymentUpdate,
  validateStatus: validateDeploymentStatus,
  warnings: ownerWarnings,
  subresources: {
    status: true,
    scale: {
      replicas: (deployment) => deployment.spec.replicas ?? 0,
      statusReplicas: (deployment) => deployment.status.replicas ?? 0,
      selector: (deployment) => selectorText(deployment.spec.selector),
      withReplicas: (deployment, replicas) => ({ ...deployment, spec: { ...deployment.spec, replicas } }),
    },
  },
};

/** SetDefaults_Deployment (pkg/apis/apps/v1/defaults.go) and the pod template. */
function defaultDeployment(draft: Deployment): void {
  draft.spec ??= { selector: {}, template: { spec: { containers: [] } } };
  const { spec } = draft;
  spec.replicas ??= 1;
  spec.strategy ??= {};
  spec.strategy.type ||= 'RollingUpdate';
  if (spec.strategy.type === 'RollingUpdate') {
    spec.strategy.rollingUpdate ??= {};
    spec.strategy.rollingUpdate.maxUnavailable ??= '25%';
    spec.strategy.rollingUpdate.maxSurge ??= '25%';
  }
  spec.revisionHistoryLimit ??= 10;
  spec.progressDeadlineSeconds ??= 600;
  spec.template = defaultedTemplate(spec.template);
  draft.status ??= {};
}
