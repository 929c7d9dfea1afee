import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import { TooOldError, type Page } from '../../storage/storage';
import type { Core } from '../core';
import { badRequest, expiredError, futureVersionError, internalError, invalidError, plainError } from '../errors';
import { forbidden, notSupported, type FieldError } from '../fieldError';
import type { Kind } from '../kinds/kind';
import { storageKey } from '../registry';
import { parseFieldSelector } from '../selectors/fields';
import { parseLabelSelector } from '../selectors/labels';
import { continueToken, readContinueToken } from './continueToken';

export interface ListQuery {
  labelSelector?: string;
  fieldSelector?: string;
  limit?: number;
  continue?: string;
  resourceVersion?: string;
  resourceVersionMatch?: string;
  /** Only a watch may ask for it. */
  sendInitialEvents?: boolean;
}

export interface ObjectList {
  objects: readonly KubernetesObject[];
  resourceVersion: string;
  continue?: string;
  remainingItemCount?: number;
}

export interface Selection {
  matches(object: KubernetesObject): boolean;
  isEverything: boolean;
  /** The one object that can match, by its storage key. */
  key?: string;
  /** Keys that can match start with this. */
  prefix: string;
}

/** What the selectors of a request let through. `namespace` is '' for every namespace. */
export function selectionOf(kind: Kind, namespace: string, query: ListQuery, name?: string): Selection {
  const matchesLabels = query.labelSelector ? parseLabelSelector(query.labelSelector) : undefined;
  const fields = query.fieldSelector ? parseFieldSelector(kind, query.fieldSelector) : undefined;
  if (name !== undefined && fields?.name !== undefined && fields.name !== name)
    throw badRequest(`fieldSelector metadata.name doesn't match requested name`);
  const oneName = name ?? fields?.name;
  const within = namespace === '' && kind.namespaced ? (fields?.namespace ?? '') : namespace;
  const isOne = oneName !== undefined && oneName !== '' && (within !== '' || !kind.namespaced);
  return {
    matches: (object) =>
      (oneName === undefined || object.metadata.name === oneName) &&
      (fields?.matches(object) ?? true) &&
      (matchesLabels?.(object.metadata.labels) ?? true),
    isEverything: !matchesLabels && !fields && name === undefined,
    ...(isOne ? { key: storageKey(within, oneName) } : {}),
    prefix: within === '' ? '' : `${within}/`,
  };
}

/** Throws 400 and 422 for parameters that make no sense, 410 for a forgotten page, 504 for a future revision. */
export function listObjects(core: Core, kind: Kind, namespace: string, query: ListQuery = {}): ObjectList {
  const errors = validateListQuery(query);
  if (errors.length > 0) throw invalidError({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', errors);
  const selection = selectionOf(kind, namespace, query);
  if (kind.computed) return { objects: kind.computed().filter(selection.matches), resourceVersion: '' };
  const start = startOf(core, query);
  if (selection.key !== undefined && start.revision === undefined && !query.continue)
    return listOne(core, kind, selection);
  const page = readPage(core, kind, selection, start, query);
  const more = page.next === undefined ? undefined : continueToken(page.next, page.revision);
  return {
    objects: page.objects,
    resourceVersion: String(page.revision),
    ...(more !== undefined ? { continue: more } : {}),
    ...(more !== undefined && selection.isEverything ? { remainingItemCount: page.remaining } : {}),
  };
}

function listOne(core: Core, kind: Kind, selection: Selection): ObjectList {
  const object = core.storage.get(kind.plural, selection.key ?? '');
  const objects = object && selection.matches(object) ? [object] : [];
  return { objects, resourceVersion: String(core.storage.revision) };
}

interface Start {
  /** Undefined: as it is now. */
  revision?: number;
  after?: string;
}

function startOf(core: Core, query: ListQuery): Start {
  if (query.continue) {
    if (query.resourceVersion && query.resourceVersion !== '0')
      throw badRequest('specifying resource version is not allowed when using continue');
    const token = readContinueToken(query.continue);
    return token.revision === undefined ? { after: token.after } : token;
  }
  const asked = parseRevision(query.resourceVersion);
  if (asked === undefined || asked === 0) return {};
  if (asked > core.storage.revision) throw futureVersionError(asked, core.storage.revision);
  return query.resourceVersionMatch === 'Exact' ? { revision: asked } : {};
}

function readPage(core: Core, kind: Kind, selection: Selection, start: Start, query: ListQuery): Page {
  try {
    return core.storage.list(kind.plural, {
      prefix: selection.prefix,
      matches: selection.matches,
      ...(query.limit ? { limit: query.limit } : {}),
      ...start,
    });
  } catch (error) {
    if (!(error instanceof TooOldError)) throw error;
    if (!query.continue) throw expiredError('The resourceVersion for the provided list is too old.');
    throw expiredError(expiredContinue, { continue: continueToken(start.after ?? '', undefined) });
  }
}

/** apiserver/pkg/storage/etcd3/errors.go. */
const expiredContinue =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

/** Undefined when none was given. Throws upstream's 400 or 500 for what is no revision. */
export function parseRevision(text: string | undefined, verb: 'list' | 'get' | 'watch' = 'list'): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (!/^\d+$/.test(text)) throw unreadable(verb, JSON.stringify(text));
  const revision = Number(text);
  if (!Number.isSafeInteger(revision)) throw internalError(`resource version out of range: ${text}`);
  return revision;
}

/** Only a list wraps what the storage layer says of it. */
function unreadable(verb: string, quoted: string): Error {
  const why = `resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: invalid syntax`;
  return verb === 'list' ? badRequest(`invalid resource version: ${why}`) : plainError(why);
}

/** apimachinery/pkg/apis/meta/internalversion/validation/validation.go. */
export function validateListQuery({
  resourceVersionMatch: match = '',
  resourceVersion = '',
  ...query
}: ListQuery): FieldError[] {
  const field = 'resourceVersionMatch';
  const isWatchOnly = query.sendInitialEvents !== undefined;
  const last = isWatchOnly ? [forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list')] : [];
  if (match === '') return last;
  const errors: FieldError[] = [];
  if (resourceVersion === '') errors.push(forbidden(field, `${field} is forbidden unless resourceVersion is provided`));
  if (query.continue) errors.push(forbidden(field, `${field} is forbidden when continue is provided`));
  if (match !== 'Exact' && match !== 'NotOlderThan')
    errors.push(notSupported(field, match, ['Exact', 'NotOlderThan', '']));
  if (match === 'Exact' && resourceVersion === '0')
    errors.push(forbidden(field, `${field} "exact" is forbidden for resourceVersion "0"`));
  return [...errors, ...last];
}
