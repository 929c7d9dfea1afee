import type { Namespace } from '../../../../lib/kubernetes/cluster';
import { ageColumn, ageOf, nameColumn, nameOf } from './columns';
import type { Kind } from './kind';
import { validateDnsLabel } from './validation/names';
import { keepSpec } from './specAndStatus';

const nameLabel = 'kubernetes.io/metadata.name';

export const namespaceKind: Kind<Namespace> = {
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  singular: 'namespace',
  shortNames: ['ns'],
  namespaced: false,
  message: 'k8s.io.api.core.v1.Namespace',
  verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  columns: [nameColumn, { name: 'Status', description: 'The status of the namespace' }, ageColumn],
  row: (namespace, at) => [nameOf(namespace), namespace.status?.phase ?? '', ageOf(namespace, at)],
  // The label is put back whenever it is missing: network policies and selectors count on it (SetDefaults_Namespace).
  defaults(draft) {
    if (draft.metadata.name) draft.metadata.labels = { ...draft.metadata.labels, [nameLabel]: draft.metadata.name };
    draft.status = { phase: 'Active', ...draft.status };
  },
  prepareCreate(draft) {
    draft.status = { phase: 'Active' };
    const finalizers = draft.spec?.finalizers ?? [];
    draft.spec = { finalizers: finalizers.includes('kubernetes') ? finalizers : [...finalizers, 'kubernetes'] };
  },
  prepareUpdate(draft, old) {
    draft.spec = { ...draft.spec, finalizers: old.spec?.finalizers };
    draft.status = old.status;
  },
  prepareStatus: keepSpec,
  validateName: validateDnsLabel,
  fieldSelectors: { 'status.phase': (namespace) => namespace.status?.phase ?? '' },
  subresources: { status: true },
};
