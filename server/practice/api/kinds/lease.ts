import type { Lease } from '../../../../lib/kubernetes/policy';
import { forbidden, invalid, type FieldError } from '../fieldError';
import { ageColumn, ageOf, fieldColumn, nameColumn, nameOf } from './columns';
import type { Kind } from './kind';
import { nonNegative, oneOf } from './validation/fields';
import { validateDnsSubdomain } from './validation/names';

export const leaseKind: Kind<Lease> = {
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  singular: 'lease',
  namespaced: true,
  message: 'k8s.io.api.coordination.v1.Lease',
  columns: [nameColumn, fieldColumn('Holder', 'k8s.io.api.coordination.v1.LeaseSpec', 'holderIdentity'), ageColumn],
  row: (lease, at) => [nameOf(lease), lease.spec?.holderIdentity ?? '', ageOf(lease, at)],
  defaults: (draft) => void (draft.spec ??= {}),
  validateName: validateDnsSubdomain,
  validate: validateLease,
  validateUpdate: validateLease,
  requiresResourceVersion: true,
  createOnUpdate: true,
};

/** pkg/apis/coordination/validation: ValidateLeaseSpec. */
function validateLease({ spec = {} }: Lease): FieldError[] {
  const { leaseDurationSeconds, strategy, preferredHolder } = spec;
  const errors: FieldError[] = [];
  if (leaseDurationSeconds !== undefined && leaseDurationSeconds <= 0)
    errors.push(invalid('spec.leaseDurationSeconds', leaseDurationSeconds, 'must be greater than 0'));
  errors.push(...nonNegative('spec.leaseTransitions', spec.leaseTransitions));
  // Names of strategies of other programs carry a domain.
  if (strategy !== undefined && !strategy.includes('/'))
    errors.push(...oneOf('spec.strategy', strategy, ['OldestEmulationVersion']));
  if (preferredHolder && !strategy)
    errors.push(forbidden('spec.preferredHolder', 'may only be specified if `strategy` is defined'));
  return errors;
}
