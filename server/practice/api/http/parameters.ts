import { badRequest, invalidError } from '../errors';
import { notSupported, type FieldError } from '../fieldError';
import type { FieldValidation } from '../decode/body';
import { managerErrors } from '../metadata/validate';
import type { ListQuery } from '../operations/list';
import type { WatchQuery } from './watchStream';
import { isTrue } from './routes';

export interface WriteParameters {
  dryRun: boolean;
  manager: string;
  /** fieldManager was given, and not taken from the User-Agent. */
  isManagerGiven: boolean;
  fieldValidation: FieldValidation;
  force: boolean | undefined;
}

/** The parameters of a write. Throws the 422 of `kind` (CreateOptions, UpdateOptions, PatchOptions). */
export function writeParameters(query: URLSearchParams, userAgent: string | undefined, kind: string): WriteParameters {
  const given = query.get('fieldManager') ?? '';
  const fieldValidation = query.get('fieldValidation') ?? '';
  const errors: FieldError[] = managerErrors(given, 'fieldManager');
  errors.push(...dryRunErrors(query.getAll('dryRun')));
  if (!isFieldValidation(fieldValidation) && fieldValidation !== '')
    errors.push(notSupported('fieldValidation', fieldValidation, ['', 'Ignore', 'Strict', 'Warn']));
  if (errors.length > 0) throw invalidError({ group: 'meta.k8s.io', kind }, '', errors);
  const force = query.get('force');
  return {
    dryRun: query.getAll('dryRun').includes('All'),
    manager: given === '' ? managerOf(userAgent ?? '') : given,
    isManagerGiven: given !== '',
    fieldValidation: isFieldValidation(fieldValidation) ? fieldValidation : 'Warn',
    force: force === null ? undefined : isTrue(force),
  };
}

export function dryRunErrors(values: string[]): FieldError[] {
  if (values.every((value) => value === 'All')) return [];
  return [notSupported('dryRun', values, ['All'])];
}

function isFieldValidation(text: string): text is FieldValidation {
  return text === 'Strict' || text === 'Warn' || text === 'Ignore';
}

/** handlers/create.go managerOrUserAgent: what stands before the first slash, printable and short. */
function managerOf(userAgent: string): string {
  const name = (userAgent.split('/')[0] ?? '').replace(/[^\P{C}]/gu, '');
  return name.slice(0, 128);
}

/**
 * The `timeout` of requests that are answered at once. Nothing here takes long enough to reach it; only a text that is none is told
 * (apiserver filters/request_deadline.go). Throws 400.
 */
export function checkTimeout(query: URLSearchParams): void {
  const text = query.get('timeout') ?? '';
  if (text === '' || /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.test(text)) return;
  const shown = JSON.stringify(text);
  const why = /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text)
    ? `missing unit in duration ${shown}`
    : `invalid duration ${shown}`;
  throw badRequest(`invalid timeout specified in the request URL - time: ${why}`);
}

export function listQuery(query: URLSearchParams): ListQuery {
  const limit = Number(query.get('limit') || 0);
  if (!Number.isSafeInteger(limit))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(query.get('limit'))}: invalid syntax`);
  const initial = query.get('sendInitialEvents');
  return {
    ...(initial !== null ? { sendInitialEvents: isTrue(initial) } : {}),
    labelSelector: query.get('labelSelector') ?? '',
    fieldSelector: query.get('fieldSelector') ?? '',
    limit: Math.max(0, limit),
    continue: query.get('continue') ?? '',
    resourceVersion: query.get('resourceVersion') ?? '',
    resourceVersionMatch: query.get('resourceVersionMatch') ?? '',
  };
}

export function watchQuery(query: URLSearchParams): WatchQuery {
  const timeout = Number(query.get('timeoutSeconds') ?? 0);
  return {
    ...listQuery(query),
    allowWatchBookmarks: isTrue(query.get('allowWatchBookmarks')),
    ...(timeout > 0 ? { timeoutSeconds: timeout } : {}),
  };
}
