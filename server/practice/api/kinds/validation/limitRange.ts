import type { LimitRange, LimitRangeItem } from '../../../../../lib/kubernetes/quota';
import { duplicate, forbidden, invalid, required, type FieldError } from '../../fieldError';
import { compareQuantities, parseQuantity } from '../../quantity';
import { containerResourceNameErrors, mayOvercommit, resourceNameErrors } from '../pod/validateResources';
import { invalidEach } from './fields';
import { validateQualifiedName } from './names';

/** pkg/apis/core/validation: ValidateLimitRange. Resources are taken by name, where upstream's maps have no order. */
export function validateLimitRange({ spec }: LimitRange): FieldError[] {
  const items = spec.limits ?? [];
  return items.flatMap((item, index) => {
    const at = `spec.limits[${index}]`;
    const isRepeated = items.slice(0, index).some(({ type }) => type === item.type);
    return [
      ...typeErrors(item.type ?? '', `${at}.type`),
      ...(isRepeated ? [duplicate(`${at}.type`, item.type)] : []),
      ...listErrors(item, at),
      ...resourcesOf(item).flatMap((name) => amountErrors(item, name, at)),
    ];
  });
}

function typeErrors(type: string, field: string): FieldError[] {
  const malformed = invalidEach(field, type, validateQualifiedName(type));
  const isKnown = type.includes('/') || ['Pod', 'Container', 'PersistentVolumeClaim'].includes(type);
  if (malformed.length > 0 || isKnown) return malformed;
  return [invalid(field, type, 'must be a standard limit type or fully qualified')];
}

function listErrors(item: LimitRangeItem, at: string): FieldError[] {
  const { type } = item;
  const nameErrors = type === 'Pod' || type === 'Container' ? containerResourceNameErrors : resourceNameErrors;
  const names = (list: ListName) =>
    sortedNames(item[list]).flatMap((name) => nameErrors(name, `${at}.${list}[${name}]`));
  const forPods = (list: ListName) =>
    item[list] && Object.keys(item[list]).length > 0
      ? [forbidden(`${at}.${list}`, "may not be specified when `type` is 'Pod'")]
      : [];
  const defaults = type === 'Pod' ? forPods : names;
  const isUnbounded = type === 'PersistentVolumeClaim' && !item.min?.storage && !item.max?.storage;
  const why = 'either minimum or maximum storage value is required, but neither was provided';
  return [
    ...[...names('max'), ...names('min'), ...defaults('default'), ...defaults('defaultRequest')],
    ...(isUnbounded ? [required(`${at}.limits`, why)] : []),
    ...names('maxLimitRequestRatio'),
  ];
}

type ListName = 'max' | 'min' | 'default' | 'defaultRequest' | 'maxLimitRequestRatio';

const sortedNames = (list: Record<string, string> | undefined) => Object.keys(list ?? {}).sort();

function resourcesOf({ type, max, min, maxLimitRequestRatio, ...item }: LimitRangeItem): string[] {
  const defaults = type === 'Pod' ? {} : { ...item.default, ...item.defaultRequest };
  return sortedNames({ ...max, ...min, ...defaults, ...maxLimitRequestRatio });
}

/** How the amounts of one resource must lie to each other. */
function amountErrors(item: LimitRangeItem, name: string, at: string): FieldError[] {
  const [min, max, ratio] = [item.min?.[name], item.max?.[name], item.maxLimitRequestRatio?.[name]];
  const [limit, request] = item.type === 'Pod' ? [] : [item.default?.[name], item.defaultRequest?.[name]];
  const isOver = (a: string | undefined, b: string | undefined) =>
    a !== undefined && b !== undefined && compareQuantities(a, b) > 0;
  const error = (list: ListName, value: string | undefined, why: string) =>
    invalid(`${at}.${list}[${name}]`, value, why);
  const errors: FieldError[] = [];
  if (isOver(min, max)) errors.push(error('min', min, `min value ${min} is greater than max value ${max}`));
  if (isOver(min, request))
    errors.push(error('defaultRequest', request, `min value ${min} is greater than default request value ${request}`));
  if (isOver(request, max))
    errors.push(error('defaultRequest', request, `default request value ${request} is greater than max value ${max}`));
  if (isOver(request, limit)) {
    const why = `default request value ${request} is greater than default limit value ${limit}`;
    errors.push(error('defaultRequest', request, why));
  }
  if (isOver(min, limit)) errors.push(error('default', min, `min value ${min} is greater than default value ${limit}`));
  if (isOver(limit, max)) errors.push(error('default', max, `default value ${limit} is greater than max value ${max}`));
  if (isOver('1', ratio)) errors.push(error('maxLimitRequestRatio', ratio, `ratio ${ratio} is less than 1`));
  errors.push(...ratioErrors(`${at}.maxLimitRequestRatio[${name}]`, ratio, min, max));
  const mustBeOne = !mayOvercommit(name) && limit !== undefined && request !== undefined;
  if (mustBeOne && compareQuantities(limit, request) !== 0)
    errors.push(
      error(
        'defaultRequest',
        request,
        `default value ${limit} must equal to defaultRequest value ${request} in ${name}`,
      ),
    );
  return errors;
}

/** No limit can be further from its request than the maximum is from the minimum. */
function ratioErrors(field: string, ratio?: string, min?: string, max?: string): FieldError[] {
  if (ratio === undefined || min === undefined || max === undefined) return [];
  const amount = (text: string) => Number(parseQuantity(text)?.nanos ?? 0n);
  const most = amount(max) / amount(min);
  if (amount(ratio) / 1e9 <= most) return [];
  return [invalid(field, ratio, `ratio ${ratio} is greater than max/min = ${most.toFixed(6)}`)];
}
