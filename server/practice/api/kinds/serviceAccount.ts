import type { ServiceAccount } from '../../../../lib/kubernetes/cluster';
import { ageColumn, ageOf, nameColumn, nameOf } from './columns';
import type { Kind } from './kind';
import { validateDnsSubdomain } from './validation/names';

export const serviceAccountKind: Kind<ServiceAccount> = {
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  singular: 'serviceaccount',
  shortNames: ['sa'],
  namespaced: true,
  message: 'k8s.io.api.core.v1.ServiceAccount',
  columns: [nameColumn, ageColumn],
  row: (account, at) => [nameOf(account), ageOf(account, at)],
  validateName: validateDnsSubdomain,
};
