import { controllerOf } from '../../../../lib/kubernetes/metadata';
import type { ControllerRevision } from '../../../../lib/kubernetes/statefulSet';
import { ageColumn, ageOf, fieldColumn, nameColumn, nameOf } from './columns';
import type { Kind } from './kind';
import { validateControllerRevision, validateControllerRevisionUpdate } from './validation/controllerRevision';
import { validateDnsSubdomain } from './validation/names';

const message = 'k8s.io.api.apps.v1.ControllerRevision';

export const controllerRevisionKind: Kind<ControllerRevision> = {
  group: 'apps',
  version: 'v1',
  kind: 'ControllerRevision',
  plural: 'controllerrevisions',
  singular: 'controllerrevision',
  namespaced: true,
  message,
  columns: [
    nameColumn,
    { name: 'Controller', description: 'Controller of the object' },
    fieldColumn('Revision', message, 'revision'),
    ageColumn,
  ],
  row: (revision, at) => [nameOf(revision), controllerText(revision), revision.revision, ageOf(revision, at)],
  validateName: validateDnsSubdomain,
  validate: validateControllerRevision,
  validateUpdate: (revision, old) => [
    ...validateControllerRevision(revision),
    ...validateControllerRevisionUpdate(revision, old),
  ],
};

/** `statefulset.apps/web`. */
function controllerText(revision: ControllerRevision): string {
  const owner = controllerOf(revision.metadata);
  if (!owner) return '<none>';
  const group = owner.apiVersion.includes('/') ? `.${owner.apiVersion.split('/')[0]}` : '';
  return `${owner.kind}${group}`.toLowerCase() + `/${owner.name}`;
}
