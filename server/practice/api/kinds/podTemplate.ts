import type { PodTemplate } from '../../../../lib/kubernetes/workloads';
import { equalJson } from '../json';
import { containerCells, labelsText, nameColumn, nameOf } from './columns';
import type { Kind } from './kind';
import { defaultedTemplate } from './pod/template';
import { templateWarnings } from './pod/warnings';
import { validateDnsSubdomain } from './validation/names';
import { templateErrors } from './validation/template';

export const podTemplateKind: Kind<PodTemplate> = {
  group: '',
  version: 'v1',
  kind: 'PodTemplate',
  plural: 'podtemplates',
  singular: 'podtemplate',
  namespaced: true,
  message: 'k8s.io.api.core.v1.PodTemplate',
  columns: [
    nameColumn,
    { name: 'Containers', description: 'Names of each container in the template.' },
    { name: 'Images', description: 'Images referenced by each container in the template.' },
    { name: 'Pod Labels', description: 'The labels for the pod template.' },
  ],
  row: ({ metadata, template }) => [
    nameOf({ metadata }),
    ...containerCells(template.spec.containers),
    labelsText(template.metadata?.labels),
  ],
  defaults: (draft) => void (draft.template = defaultedTemplate(draft.template)),
  prepareCreate: (draft) => void (draft.metadata.generation = 1),
  prepareUpdate(draft, old) {
    if (!equalJson(draft.template, old.template)) draft.metadata.generation = (old.metadata.generation ?? 0) + 1;
  },
  validateName: validateDnsSubdomain,
  validate: ({ template }) => templateErrors(template, 'template'),
  validateUpdate: ({ template }) => templateErrors(template, 'template'),
  warnings: ({ template }) => templateWarnings(template, 'template'),
};
