import type { Secret } from '../../../../lib/kubernetes/cluster';
import { ageColumn, ageOf, fieldColumn, nameColumn, nameOf } from './columns';
import type { Kind } from './kind';
import { validateSecret, validateSecretUpdate } from './validation/data';
import { validateDnsSubdomain } from './validation/names';

const message = 'k8s.io.api.core.v1.Secret';

export const secretKind: Kind<Secret> = {
  group: '',
  version: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  singular: 'secret',
  namespaced: true,
  message,
  columns: [nameColumn, fieldColumn('Type', message, 'type'), fieldColumn('Data', message, 'data'), ageColumn],
  row: (secret, at) => [nameOf(secret), secret.type ?? '', Object.keys(secret.data ?? {}).length, ageOf(secret, at)],
  // Plain text is taken in as data and never kept or shown as written (pkg/apis/core/v1 conversion of Secret).
  defaults(draft) {
    draft.type ||= 'Opaque';
    for (const [key, text] of Object.entries(draft.stringData ?? {})) {
      draft.data = { ...draft.data, [key]: Buffer.from(text, 'utf8').toString('base64') };
    }
    delete draft.stringData;
  },
  validateName: validateDnsSubdomain,
  validate: validateSecret,
  validateUpdate: (secret, old) => [...validateSecretUpdate(secret, old), ...validateSecret(secret)],
  fieldSelectors: { type: (secret) => secret.type ?? '' },
};
