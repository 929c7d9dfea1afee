import type { Container } from '../../../../../lib/kubernetes/pod';
import { invalid, required, type FieldError } from '../../fieldError';
import { compareQuantities, parseQuantity } from '../../quantity';
import { invalidEach, quantity } from '../validation/fields';
import { validateQualifiedName } from '../validation/names';

/** ValidateContainerResourceRequirements of pkg/apis/core/validation. */
export function resourceErrors(resources: Container['resources'], at: string): FieldError[] {
  const { limits = {}, requests = {} } = resources ?? {};
  const errors = sorted(limits).flatMap(([name, text]) => valueErrors(name, text, `${at}.limits[${name}]`));
  for (const [name, text] of sorted(requests)) {
    errors.push(...valueErrors(name, text, `${at}.requests[${name}]`));
    errors.push(...comparisonErrors(name, text, limits[name], at));
  }
  return errors;
}

/** Go's maps have no order; sorted, the same mistake gives the same answer twice. */
function sorted(list: Record<string, string>): [string, string][] {
  return Object.entries(list).sort(([a], [b]) => (a < b ? -1 : 1));
}

const standard = ['cpu', 'memory', 'ephemeral-storage'];

function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

/** May be promised more often than there is of it. */
export function mayOvercommit(name: string): boolean {
  return isNative(name) && !name.startsWith('hugepages-');
}

function valueErrors(name: string, text: string, field: string): FieldError[] {
  const malformed = quantity(field, text);
  if (malformed.length > 0) return malformed;
  const errors = containerResourceNameErrors(name, field);
  if (compareQuantities(text, '0') < 0) errors.push(invalid(field, text, 'must be greater than or equal to 0'));
  const nanos = parseQuantity(text)?.nanos ?? 0n;
  if (!isNative(name) && nanos % 10n ** 9n !== 0n) errors.push(invalid(field, text, 'must be an integer'));
  return errors;
}

/** validateContainerResourceName. */
export function containerResourceNameErrors(name: string, field: string): FieldError[] {
  const malformed = resourceNameErrors(name, field);
  if (!name.includes('/')) {
    if (standard.includes(name) || name.startsWith('hugepages-')) return malformed;
    return [...malformed, invalid(field, name, 'must be a standard resource for containers')];
  }
  const isExtended = malformed.length === 0 && !name.startsWith('requests.');
  if (isNative(name) || isExtended) return malformed;
  return [...malformed, invalid(field, name, "doesn't follow extended resource name standard")];
}

/** What a quota may count without saying whose it is (pkg/apis/core/helper standardResources). */
const known = [
  ...standard,
  ...['requests.cpu', 'requests.memory', 'requests.ephemeral-storage', 'requests.storage', 'storage'],
  ...['limits.cpu', 'limits.memory', 'limits.ephemeral-storage'],
  ...['pods', 'resourcequotas', 'services', 'services.nodeports', 'services.loadbalancers', 'persistentvolumeclaims'],
  ...['replicationcontrollers', 'secrets', 'configmaps'],
];

/** validateResourceName. */
export function resourceNameErrors(name: string, field: string): FieldError[] {
  const malformed = invalidEach(field, name, validateQualifiedName(name));
  const isKnown = name.includes('/') || known.includes(name) || /^(requests\.)?hugepages-/.test(name);
  if (malformed.length > 0 || isKnown) return malformed;
  return [invalid(field, name, 'must be a standard resource type or fully qualified')];
}

function comparisonErrors(name: string, request: string, limit: string | undefined, at: string): FieldError[] {
  if (limit === undefined) {
    if (mayOvercommit(name)) return [];
    return [required(`${at}.limits`, 'Limit must be set for non overcommitable resources')];
  }
  const difference = compareQuantities(request, limit);
  if (difference !== 0 && !mayOvercommit(name)) {
    return [invalid(`${at}.requests`, request, `must be equal to ${name} limit of ${limit}`)];
  }
  if (difference <= 0) return [];
  return [invalid(`${at}.requests`, request, `must be less than or equal to ${name} limit of ${limit}`)];
}
