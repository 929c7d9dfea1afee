import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import { checkEscalation } from '../access/escalation';
import { kindContext, type Call, type Core } from '../core';
import { badRequest, conflictError, invalidError, plainError, staleObject } from '../errors';
import { invalid } from '../fieldError';
import { copyJson, equalJson, membersOf } from '../json';
import type { Kind, Part } from '../kinds/kind';
import { checkLimits } from '../limits/check';
import { keepSystemFields, orderedObject } from '../metadata/prepare';
import { validateMetadata, validateMetadataUpdate } from '../metadata/validate';
import { trackUpdate } from '../ownership/track';
import { chargeQuotas } from '../quota/charge';
import { storageKey, type Target } from '../registry';
import { getObject } from './get';
import { hasSpecFinalizers, isNamespaceKind } from './namespace';

export type Change = ChangeOptions &
  (
    | {
        /** The wanted object, made from a copy of the present one that may be changed and returned. */
        produce(old: KubernetesObject): KubernetesObject;
      }
    /** The wanted object as it was sent: the caller's own, to be changed. */
    | { wanted: KubernetesObject }
  );

interface ChangeOptions {
  /** '' for the object itself; `status` and the others keep to their part of it. */
  subresource?: string;
  /** Fields are already owned as the change says: set by server-side apply. */
  isOwned?: boolean;
  /** A PATCH: it starts from the object itself, so it needs no resourceVersion, and a wrong uid is an invalid change. */
  isPatch?: boolean;
}

/**
 * Changes one object: the one way for PUT, every kind of PATCH, and the subresources that write. Everything between the
 * read and the write happens in one turn, so there is nothing to retry.
 */
export function updateObject(core: Core, call: Call, target: Target, change: Change): KubernetesObject {
  const old = getObject(core, target);
  const draft = 'wanted' in change ? change.wanted : change.produce(copyJson(old));
  checkIdentity(target, draft, change.isPatch);
  checkPreconditions(target, draft, old, change.isPatch ?? false);
  checkEscalation(core, call.user, target, draft, old);
  target.kind.defaults?.(draft);
  prepare(core, call, target, draft, old, change.subresource ?? '');
  // A list that a controller's patch has emptied is none, and owned by nobody: it is left out before owners are told.
  const next = orderedObject(target, draft);
  // After preparing, so that what this kind of write cannot change is not owned by it.
  if (!change.isOwned) trackUpdate(core, call, target.kind, next, old, change.subresource);
  if (isWhole(change.subresource ?? '') || partOf(target.kind, change.subresource))
    target.kind.finishUpdate?.(next, old);
  const release = (dropped: KubernetesObject, kept: KubernetesObject) =>
    target.kind.released?.(dropped, kindContext(core, call.user), kept);
  try {
    validate(target, next, old, change.subresource ?? '');
    if (change.subresource === undefined || change.subresource === '') checkLimits(core, target, next, old);
    // What a Service's type or a claim's size adds is taken off the quotas, too.
    if (isWhole(change.subresource ?? '')) chargeQuotas(core, call, target, next, old);
  } catch (error) {
    // What was allocated for an update that never came to be goes back.
    release(next, old);
    throw error;
  }
  call.warnings.push(...(target.kind.warnings?.(next, old) ?? []));
  if (isFinished(target, next, old)) return removeFinished(core, call, target, next, old);
  next.metadata.resourceVersion = old.metadata.resourceVersion;
  // An update that changes nothing is not a write: watchers and resourceVersion stay still (etcd3 store).
  if (equalJson(next, old)) return old;
  if (call.dryRun) {
    release(next, old);
    return next;
  }
  const stored = core.storage.replace(target.kind.plural, storageKey(target.namespace, target.name), old, next);
  release(old, next);
  return stored;
}

/** registry/rest/update.go and endpoints/handlers/rest.go: the body must speak of the object in the URL. */
export function checkIdentity({ kind, namespace, name }: Target, draft: KubernetesObject, isPatch = false): void {
  const given = draft.metadata.name ?? '';
  if (given === '')
    throw badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
  if (given !== name)
    throw badRequest(`the name of the object (${given}) does not match the name on the URL (${name})`);
  if (!kind.namespaced) return void delete draft.metadata.namespace;
  const own = draft.metadata.namespace ?? '';
  if (own !== '' && own !== namespace && isPatch)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  if (own !== '' && own !== namespace)
    throw badRequest(`the namespace of the object (${own}) does not match the namespace on the request (${namespace})`);
  draft.metadata.namespace = namespace;
}

function checkPreconditions(target: Target, draft: KubernetesObject, old: KubernetesObject, isPatch: boolean): void {
  const { kind, name, namespace } = target;
  const uid = draft.metadata.uid;
  if (uid && uid !== old.metadata.uid && !isPatch) {
    const detail = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid ?? ''}`;
    const key = `/registry/${kind.plural}/${storageKey(namespace, name)}`;
    const why = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${detail}`;
    throw conflictError(kind, name, why);
  }
  const version = draft.metadata.resourceVersion ?? '';
  if (version === '' || version === '0') {
    if (!kind.requiresResourceVersion || isPatch) return;
    const error = invalid('metadata.resourceVersion', 0, 'must be specified for an update');
    throw invalidError({ group: kind.group, kind: kind.plural }, name, [error]);
  }
  if (!/^\d+$/.test(version)) throw plainError(`strconv.ParseUint: parsing ${JSON.stringify(version)}: invalid syntax`);
  if (version !== old.metadata.resourceVersion) throw conflictError(kind, name, staleObject);
}

function prepare(
  core: Core,
  call: Call,
  { kind }: Target,
  draft: KubernetesObject,
  old: KubernetesObject,
  subresource: string,
): void {
  const context = kindContext(core, call.user);
  draft.metadata.generation = old.metadata.generation;
  if (subresource === 'status') prepareStatus(kind.prepareStatus?.bind(kind), draft, old, context);
  else if (isWhole(subresource)) kind.prepareUpdate?.(draft, old, context);
  else partOf(kind, subresource)?.prepare(draft, old);
  keepSystemFields(draft, old);
}

/** A change of the scale is a change of the object: it bumps the generation and is validated as one. */
function isWhole(subresource: string): boolean {
  return subresource === '' || subresource === 'scale';
}

function partOf(kind: Kind, subresource = ''): Part<KubernetesObject> | undefined {
  return kind.subresources?.parts?.[subresource];
}

/** Without rules of its own a kind takes only `status` from an update of its status, and metadata from neither side. */
function prepareStatus(
  own: ((draft: KubernetesObject, old: KubernetesObject, context: ReturnType<typeof kindContext>) => void) | undefined,
  draft: KubernetesObject,
  old: KubernetesObject,
  context: ReturnType<typeof kindContext>,
): void {
  if (own) return own(draft, old, context);
  const from = membersOf(old);
  const to = membersOf(draft);
  for (const key of Object.keys(to)) if (key !== 'status' && key !== 'metadata') delete to[key];
  for (const key of Object.keys(from)) if (key !== 'status' && key !== 'metadata') to[key] = copyJson(from[key]);
  draft.metadata.labels = old.metadata.labels;
}

function validate({ kind }: Target, next: KubernetesObject, old: KubernetesObject, subresource: string): void {
  const changed = validateMetadataUpdate(next.metadata, old.metadata);
  // Upstream checks these twice, in the store and in the kind's own rules; the message tells each once, the causes do not.
  const errors = [...validateMetadata(kind, next.metadata), ...changed, ...changed];
  if (subresource === 'status') errors.push(...(kind.validateStatus?.(next, old) ?? []));
  else if (isWhole(subresource)) errors.push(...(kind.validateUpdate?.(next, old) ?? []));
  else errors.push(...(partOf(kind, subresource)?.validate(next, old) ?? []));
  if (errors.length > 0) throw invalidError(kind.view?.of ?? kind, next.metadata.name ?? '', errors);
}

/** registry/store.go ShouldDeleteDuringUpdate: the last finalizer is gone, and nothing else is waited for. */
function isFinished({ kind }: Target, next: KubernetesObject, old: KubernetesObject): boolean {
  if (isNamespaceKind(kind) && hasSpecFinalizers(next)) return false;
  if ((next.metadata.finalizers ?? []).length > 0 || old.metadata.deletionTimestamp === undefined) return false;
  return (old.metadata.deletionGracePeriodSeconds ?? 0) === 0;
}

function removeFinished(
  core: Core,
  call: Call,
  target: Target,
  next: KubernetesObject,
  old: KubernetesObject,
): KubernetesObject {
  if (call.dryRun) return next;
  // Watchers are told of it as it was stored last, with the finalizer whose removal ended it.
  const removed = core.storage.remove(target.kind.plural, storageKey(target.namespace, target.name), old);
  target.kind.released?.(removed, kindContext(core, call.user));
  return next;
}
