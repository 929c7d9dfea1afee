import type { ResourceQuota } from '../../../../lib/kubernetes/quota';
import { invalid, notSupported, type FieldError } from '../fieldError';
import { canonicalizeResources, parseQuantity } from '../quantity';
import { ageColumn, ageOf, nameColumn, nameOf } from './columns';
import type { Kind } from './kind';
import { resourceNameErrors } from './pod/validateResources';
import { immutable, negative, quantity } from './validation/fields';
import { validateDnsSubdomain } from './validation/names';
import { keepSpec } from './specAndStatus';

export const resourceQuotaKind: Kind<ResourceQuota> = {
  group: '',
  version: 'v1',
  kind: 'ResourceQuota',
  plural: 'resourcequotas',
  singular: 'resourcequota',
  shortNames: ['quota'],
  namespaced: true,
  message: 'k8s.io.api.core.v1.ResourceQuota',
  columns: [
    nameColumn,
    {
      name: 'Request',
      description: 'Request represents a minimum amount of cpu/memory that a container may consume.',
    },
    {
      name: 'Limit',
      description:
        'Limits control the maximum amount of cpu/memory that a container may use independent of contention on the node.',
    },
    ageColumn,
  ],
  row: (quota, at) => [nameOf(quota), shares(quota, false), shares(quota, true), ageOf(quota, at)],
  defaults(draft) {
    draft.spec ??= {};
    draft.status ??= {};
    canonicalizeResources(draft.spec.hard);
    canonicalizeResources(draft.status.hard);
    canonicalizeResources(draft.status.used);
  },
  prepareCreate: (draft) => {
    draft.status = {};
  },
  prepareUpdate(draft, old) {
    draft.status = old.status;
  },
  prepareStatus: keepSpec,
  validateName: validateDnsSubdomain,
  validate: validateQuota,
  validateUpdate: (quota, old) => [
    ...validateQuota(quota),
    ...immutable('spec.scopes', [...(quota.spec.scopes ?? [])].sort(), [...(old.spec.scopes ?? [])].sort()),
  ],
  subresources: { status: true },
};

/** `pods: 1/5, requests.cpu: 0/2`, by name; what is limited apart from what is requested. */
function shares({ status: { hard = {}, used = {} } }: ResourceQuota, areLimits: boolean): string {
  const names = Object.keys(hard).filter((name) => name.startsWith('limits.') === areLimits);
  return names
    .sort()
    .map((name) => `${name}: ${used[name] ?? '0'}/${hard[name]}`)
    .join(', ');
}

const scopes = [
  'BestEffort',
  'CrossNamespacePodAffinity',
  'NotBestEffort',
  'NotTerminating',
  'PriorityClass',
  'Terminating',
  'VolumeAttributesClass',
];

/** ValidateResourceQuotaResourceName: of the standard resources only `storage` itself is not for quotas. */
function quotaNameErrors(name: string, at: string): FieldError[] {
  const errors = resourceNameErrors(name, at);
  if (name.includes('/') || (errors.length === 0 && name !== 'storage')) return errors;
  return [...errors, invalid(at, name, 'must be a standard resource for quota')];
}

/** pkg/apis/core/validation: ValidateResourceQuotaSpec, without the rules of which resource goes with which scope. */
function validateQuota({ spec }: ResourceQuota): FieldError[] {
  const hard = Object.entries(spec.hard ?? {}).flatMap(([name, value]) => {
    const at = `spec.hard[${name}]`;
    const amount = parseQuantity(value)?.nanos ?? 0n;
    return [
      ...quotaNameErrors(name, at),
      ...quantity(at, value),
      ...(amount < 0n ? [invalid(at, value, negative)] : []),
    ];
  });
  const unknown = (spec.scopes ?? []).filter((scope) => !scopes.includes(scope));
  return [...hard, ...unknown.map((scope) => notSupported('spec.scopes', scope, scopes))];
}
