import type { DaemonSet } from '../../../../lib/kubernetes/workloads';
import { StatusError } from '../../status';
import { equalJson } from '../json';
import { ageColumn, ageOf, containerCells, fieldColumn, labelsText, nameColumn, nameOf, wide } from './columns';
import type { Kind } from './kind';
import { defaultedTemplate } from './pod/template';
import { templateWarnings } from './pod/warnings';
import { containerColumns } from './replicaSet';
import { selectorText } from './selectorText';
import { daemonSetStatusErrors, validateDaemonSet, validateDaemonSetUpdate } from './validation/daemonSet';
import { validateDnsSubdomain } from './validation/names';
import { keepSpec, keepStatus } from './specAndStatus';

const status = 'k8s.io.api.apps.v1.DaemonSetStatus';
const count = { type: 'integer' } as const;

export const daemonSetKind: Kind<DaemonSet> = {
  group: 'apps',
  version: 'v1',
  kind: 'DaemonSet',
  plural: 'daemonsets',
  singular: 'daemonset',
  shortNames: ['ds'],
  categories: ['all'],
  namespaced: true,
  message: 'k8s.io.api.apps.v1.DaemonSet',
  columns: [
    nameColumn,
    fieldColumn('Desired', status, 'desiredNumberScheduled', count),
    fieldColumn('Current', status, 'currentNumberScheduled', count),
    fieldColumn('Ready', status, 'numberReady', count),
    fieldColumn('Up-to-date', status, 'updatedNumberScheduled', count),
    fieldColumn('Available', status, 'numberAvailable', count),
    fieldColumn('Node Selector', 'k8s.io.api.core.v1.PodSpec', 'nodeSelector'),
    ageColumn,
    ...containerColumns,
    {
      name: 'Selector',
      description:
        "A label query over pods that are managed by the daemon set. Must match in order to be controlled. It must match the pod template's labels. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors",
      ...wide,
    },
  ],
  row: (set, at) => [
    nameOf(set),
    set.status.desiredNumberScheduled ?? 0,
    set.status.currentNumberScheduled ?? 0,
    set.status.numberReady ?? 0,
    set.status.updatedNumberScheduled ?? 0,
    set.status.numberAvailable ?? 0,
    labelsText(set.spec.template.spec.nodeSelector),
    ageOf(set, at),
    ...containerCells(set.spec.template.spec.containers),
    selectorText(set.spec.selector) || '<none>',
  ],
  defaults: defaultDaemonSet,
  prepareCreate(draft) {
    draft.status = { ...noStatus };
    draft.metadata.generation = 1;
    setTemplateGeneration(draft, Math.max(1, templateGenerationOf(draft)));
  },
  prepareUpdate: keepStatus,
  finishUpdate(draft, old) {
    const generation = templateGenerationOf(old);
    const isTemplateSame = equalJson(draft.spec.template, old.spec.template);
    setTemplateGeneration(draft, isTemplateSame ? generation : generation + 1);
  },
  prepareStatus: keepSpec,
  validateName: validateDnsSubdomain,
  validate: validateDaemonSet,
  validateUpdate: validateDaemonSetUpdate,
  validateStatus: ({ status: next }, old) => daemonSetStatusErrors(next, old.status),
  warnings(set, old) {
    if (old && templateGenerationOf(old) === templateGenerationOf(set)) return [];
    return templateWarnings(set.spec.template, 'spec.template');
  },
  subresources: { status: true },
};

const noStatus = { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 };

/**
 * Of v1beta1's `spec.templateGeneration` this annotation is left (pkg/apis/apps/v1/conversion.go): the server counts in it, and an
 * object always has it.
 */
const generationAnnotation = 'deprecated.daemonset.template.generation';

export function templateGenerationOf({ metadata }: DaemonSet): number {
  return Number(metadata.annotations?.[generationAnnotation] ?? 0);
}

function setTemplateGeneration({ metadata }: DaemonSet, generation: number): void {
  metadata.annotations = { ...metadata.annotations, [generationAnnotation]: String(generation) };
}

/** SetDefaults_DaemonSet (pkg/apis/apps/v1/defaults.go) and the pod template. */
function defaultDaemonSet(draft: DaemonSet): void {
  draft.spec ??= { selector: {}, template: { spec: { containers: [] } } };
  const strategy = (draft.spec.updateStrategy ??= {});
  strategy.type ||= 'RollingUpdate';
  if (strategy.type === 'RollingUpdate') {
    strategy.rollingUpdate ??= {};
    strategy.rollingUpdate.maxUnavailable ??= 1;
    strategy.rollingUpdate.maxSurge ??= 0;
  }
  draft.spec.revisionHistoryLimit ??= 10;
  draft.spec.template = defaultedTemplate(draft.spec.template);
  draft.status = { ...noStatus, ...draft.status };
  const given = draft.metadata.annotations?.[generationAnnotation];
  if (given !== undefined && !/^[+-]?\d+$/.test(given)) {
    const problem = `strconv.ParseInt: parsing ${JSON.stringify(given)}: invalid syntax`;
    const why = `DaemonSet in version "v1" cannot be handled as a DaemonSet: ${problem}`;
    throw new StatusError(400, 'BadRequest', why);
  }
  setTemplateGeneration(draft, templateGenerationOf(draft));
}
