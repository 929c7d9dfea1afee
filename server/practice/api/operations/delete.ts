import type { KubernetesObject, ObjectMeta } from '../../../../lib/kubernetes/metadata';
import { checkNamespaceDeletion, markAsDeleting } from '../admission';
import type { DeleteOptions } from '../../client';
import { timestamp } from '../../clock';
import { kindContext, type Call, type Core } from '../core';
import { conflictError } from '../errors';
import { copyJson } from '../json';
import type { Kind } from '../kinds/kind';
import { orderedMetadata } from '../metadata/prepare';
import { storageKey, type Target } from '../registry';
import { getObject } from './get';
import { hasSpecFinalizers, isNamespaceKind, markNamespace } from './namespace';

/** `metav1.DeleteOptions`, with its old way to say how dependents are treated. */
export interface DeleteRequest extends DeleteOptions {
  orphanDependents?: boolean;
}

export interface DeleteResult {
  /** The object in its last known state. */
  object: KubernetesObject;
  /** It stays for now: a grace period runs or finalizers are left. */
  isLingering: boolean;
  /** It was being deleted already, and this request changes nothing about it. */
  isPending: boolean;
}

/** Deletes one object, or begins to (registry/store.go Delete, registry/rest/delete.go BeforeDelete). */
export function deleteObject(core: Core, call: Call, target: Target, request: DeleteRequest = {}): DeleteResult {
  const old = getObject(core, target);
  checkNamespaceDeletion(target);
  checkPreconditions(target.kind, old, request);
  if (isNamespaceKind(target.kind)) return deleteNamespace(core, call, target, old, request);
  const draft = copyJson(old);
  const grace = begin(core, target.kind, draft, request);
  if (grace === 'pending') return { object: old, isLingering: true, isPending: true };
  const changesFinalizers = setGarbageFinalizers(target.kind, draft.metadata, request);
  const hasFinalizers = (draft.metadata.finalizers ?? []).length > 0;
  if (grace === 'none') {
    if (!hasFinalizers) return remove(core, call, target, old);
    markAsDeleting(draft.metadata, core.clock.now());
  }
  const isUnchanged = grace === 'none' && !changesFinalizers && old.metadata.deletionTimestamp !== undefined;
  const kept = isUnchanged ? old : replace(core, call, target, old, draft);
  if (hasFinalizers || (grace !== 'none' && grace > 0)) return { object: kept, isLingering: true, isPending: false };
  if (call.dryRun) return { object: kept, isLingering: false, isPending: false };
  return remove(core, call, target, kept);
}

function deleteNamespace(
  core: Core,
  call: Call,
  target: Target,
  old: KubernetesObject,
  request: DeleteRequest,
): DeleteResult {
  const isFirst = old.metadata.deletionTimestamp === undefined;
  const draft = copyJson(old);
  if (isFirst) markNamespace(core, draft);
  const changed = (isFirst && setGarbageFinalizers(target.kind, draft.metadata, request)) || isFirst;
  const kept = changed ? replace(core, call, target, old, draft) : old;
  const isHeld = hasSpecFinalizers(kept) || (kept.metadata.finalizers ?? []).length > 0;
  if (isHeld || call.dryRun) return { object: kept, isLingering: isHeld, isPending: false };
  return remove(core, call, target, kept);
}

export function checkPreconditions(kind: Kind, { metadata }: KubernetesObject, { preconditions }: DeleteRequest): void {
  // Upstream names the kind here, not the resource.
  const named = { group: kind.group, plural: kind.kind };
  if (preconditions?.uid !== undefined && preconditions.uid !== metadata.uid)
    throw conflictError(
      named,
      metadata.name ?? '',
      `the UID in the precondition (${preconditions.uid}) does not match the UID in record (${metadata.uid ?? ''}). The object might have been deleted and then recreated`,
    );
  if (preconditions?.resourceVersion !== undefined && preconditions.resourceVersion !== metadata.resourceVersion)
    throw conflictError(
      named,
      metadata.name ?? '',
      `the ResourceVersion in the precondition (${preconditions.resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion ?? ''}). The object might have been modified`,
    );
}

/**
 * Starts or shortens the grace period on the draft. The seconds now granted; `pending` when the running deletion stays as
 * it is; `none` when the kind knows no grace, or it has run out.
 */
function begin(core: Core, kind: Kind, draft: KubernetesObject, request: DeleteRequest): number | 'pending' | 'none' {
  const { metadata } = draft;
  // A negative grace period counts as one second.
  const asked = request.gracePeriodSeconds === undefined ? undefined : atLeastOneIfNegative(request.gracePeriodSeconds);
  if (!kind.gracePeriod) return 'none';
  if (metadata.deletionTimestamp !== undefined) return shorten(metadata, asked, core.clock.now());
  const granted = kind.gracePeriod(draft, asked);
  metadata.deletionTimestamp = timestamp(core.clock.now() + granted * 1000);
  metadata.deletionGracePeriodSeconds = granted;
  if ((metadata.generation ?? 0) > 0) metadata.generation = (metadata.generation ?? 0) + 1;
  return granted;
}

function atLeastOneIfNegative(seconds: number): number {
  return seconds < 0 ? 1 : seconds;
}

/** A second delete can only bring the end nearer, and never into the past. */
function shorten(metadata: ObjectMeta, asked: number | undefined, now: number): number | 'pending' | 'none' {
  const granted = metadata.deletionGracePeriodSeconds ?? 0;
  if (granted === 0) return 'none';
  if (asked === undefined || asked >= granted) return 'pending';
  const end = Date.parse(metadata.deletionTimestamp ?? '') + (asked - granted) * 1000;
  const isPast = end < now;
  metadata.deletionTimestamp = timestamp(Math.max(end, now));
  metadata.deletionGracePeriodSeconds = isPast && asked !== 0 ? 1 : asked;
  // What decides between update and removal is what was asked for, even where the record says one second.
  return asked;
}

const orphan = 'orphan';
const foreground = 'foregroundDeletion';

/** Sets or takes away the two finalizers the garbage collector works by. True when that changed them. */
function setGarbageFinalizers(kind: Kind, metadata: ObjectMeta, request: DeleteRequest): boolean {
  const before = metadata.finalizers ?? [];
  const wanted = garbageFinalizer(before, request) ?? defaultFinalizer(kind, request);
  const after = before.filter((f) => f !== orphan && f !== foreground);
  if (wanted) after.push(wanted);
  if (after.length === before.length && after.every((f) => before.includes(f))) return false;
  metadata.finalizers = after;
  return true;
}

function garbageFinalizer(present: string[], request: DeleteRequest): string | undefined {
  if (request.orphanDependents !== undefined) return request.orphanDependents ? orphan : undefined;
  if (request.propagationPolicy === 'Orphan') return orphan;
  if (request.propagationPolicy === 'Foreground') return foreground;
  if (request.propagationPolicy === 'Background') return undefined;
  return present.find((f) => f === orphan || f === foreground);
}

/** What a kind does with dependents when neither the request nor a finalizer says. */
function defaultFinalizer(kind: Kind, request: DeleteRequest): string | undefined {
  const isAsked = request.orphanDependents !== undefined || request.propagationPolicy !== undefined;
  return kind.orphansByDefault && !isAsked ? orphan : undefined;
}

function replace(
  core: Core,
  call: Call,
  target: Target,
  old: KubernetesObject,
  draft: KubernetesObject,
): KubernetesObject {
  if (call.dryRun) return draft;
  const next = { ...draft, metadata: orderedMetadata(draft.metadata) };
  if (next.metadata.finalizers?.length === 0) delete next.metadata.finalizers;
  return core.storage.replace(target.kind.plural, storageKey(target.namespace, target.name), old, next);
}

function remove(core: Core, call: Call, target: Target, old: KubernetesObject): DeleteResult {
  if (call.dryRun) return { object: old, isLingering: false, isPending: false };
  const key = storageKey(target.namespace, target.name);
  const removed = core.storage.remove(target.kind.plural, key, old);
  target.kind.released?.(removed, kindContext(core, call.user));
  return { object: removed, isLingering: false, isPending: false };
}
