import type { PodDisruptionBudget } from '../../../../lib/kubernetes/policy';
import { invalid, notSupported, type FieldError } from '../fieldError';
import { ageColumn, ageOf, nameColumn, nameOf } from './columns';
import type { Kind } from './kind';
import { countErrors, notOver100 } from './validation/deployment';
import { nonNegative, validateSelector } from './validation/fields';
import { validateDnsSubdomain } from './validation/names';
import { keepSpec, keepStatus } from './specAndStatus';

export const podDisruptionBudgetKind: Kind<PodDisruptionBudget> = {
  group: 'policy',
  version: 'v1',
  kind: 'PodDisruptionBudget',
  plural: 'poddisruptionbudgets',
  singular: 'poddisruptionbudget',
  shortNames: ['pdb'],
  namespaced: true,
  message: 'k8s.io.api.policy.v1.PodDisruptionBudget',
  columns: [
    nameColumn,
    { name: 'Min Available', description: 'The minimum number of pods that must be available.' },
    { name: 'Max Unavailable', description: 'The maximum number of pods that may be unavailable.' },
    {
      name: 'Allowed Disruptions',
      type: 'integer',
      description: 'Calculated number of pods that may be disrupted at this time.',
    },
    ageColumn,
  ],
  row: (budget, at) => [
    nameOf(budget),
    String(budget.spec.minAvailable ?? 'N/A'),
    String(budget.spec.maxUnavailable ?? 'N/A'),
    budget.status.disruptionsAllowed,
    ageOf(budget, at),
  ],
  defaults(draft) {
    draft.spec ??= {};
    draft.status = { ...noStatus, ...draft.status };
  },
  prepareCreate(draft) {
    draft.status = { ...noStatus };
    draft.metadata.generation = 1;
  },
  prepareUpdate: keepStatus,
  prepareStatus: keepSpec,
  validateName: validateDnsSubdomain,
  validate: validateBudget,
  validateUpdate: validateBudget,
  validateStatus: ({ status }) =>
    (['disruptionsAllowed', 'currentHealthy', 'desiredHealthy', 'expectedPods'] as const).flatMap((name) =>
      nonNegative(`status.${name}`, status[name]),
    ),
  requiresResourceVersion: true,
  subresources: { status: true },
};

const noStatus = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };
const policies = ['AlwaysAllow', 'IfHealthyBudget'];

/** As upstream's own type prints it, whose fields have no JSON names (pkg/apis/policy/types.go). */
function internalSpec(spec: PodDisruptionBudget['spec']) {
  const { minAvailable = null, selector = null, maxUnavailable = null, unhealthyPodEvictionPolicy = null } = spec;
  return {
    MinAvailable: minAvailable,
    Selector: selector,
    MaxUnavailable: maxUnavailable,
    UnhealthyPodEvictionPolicy: unhealthyPodEvictionPolicy,
  };
}

/** pkg/apis/policy/validation: ValidatePodDisruptionBudgetSpec. */
function validateBudget({ spec }: PodDisruptionBudget): FieldError[] {
  const { minAvailable, maxUnavailable, unhealthyPodEvictionPolicy: policy } = spec;
  const errors: FieldError[] = [];
  if (minAvailable !== undefined && maxUnavailable !== undefined)
    errors.push(invalid('spec', internalSpec(spec), 'minAvailable and maxUnavailable cannot be both set'));
  for (const name of ['minAvailable', 'maxUnavailable'] as const) {
    const value = spec[name];
    if (value !== undefined) errors.push(...countErrors(`spec.${name}`, value), ...notOver100(`spec.${name}`, value));
  }
  errors.push(...validateSelector('spec.selector', spec.selector));
  if (policy !== undefined && !policies.includes(policy))
    errors.push(notSupported('spec.unhealthyPodEvictionPolicy', policy, policies));
  return errors;
}
