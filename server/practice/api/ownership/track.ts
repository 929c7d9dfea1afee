import type { KubernetesObject, ManagedFields } from '../../../../lib/kubernetes/metadata';
import { timestamp } from '../../clock';
import type { Call, Core } from '../core';
import { decodeTyped } from '../decode/typed';
import { isJsonObject } from '../json';
import type { Kind } from '../kinds/kind';
import { apiVersionOf, type Target } from '../registry';
import type { Schema } from '../schema/schema';
import { compareObjects, type Comparison } from './compare';
import { FieldSet } from './fieldSet';
import { Managers, type ManagerIdentity } from './managers';
import { NodeTypes } from './nodeType';

/** What is known of a kind here: enough for a Scale, which is no kind that is served. */
export type Tracked = Pick<Kind, 'group' | 'version' | 'message'>;

/**
 * managedFields for writes that are not applied: the writer owns what it changed, and those who had it lose it
 * (structured-merge-diff merge/update.go Update, apimachinery util/managedfields).
 */
export function trackCreate(core: Core, call: Call, { kind }: Target, draft: KubernetesObject): void {
  delete draft.metadata.managedFields;
  const comparison = compared(core, kind, emptyObject(core.schema, kind), draft);
  if (kind.subresources?.status) comparison.added = comparison.added.difference(below(comparison.added, 'f:status'));
  const managers = new Managers();
  takeOver(managers, writer(call, kind, ''), comparison, core.clock.now());
  setManagers(draft, managers);
}

export function trackUpdate(
  core: Core,
  call: Call,
  kind: Tracked,
  draft: KubernetesObject,
  old: KubernetesObject,
  subresource = '',
): void {
  const managers = Managers.parse(managersOf(draft, old));
  // An object nobody owns a field of, such as a bare ServiceAccount, is not followed until it is applied (skipnonapplied.go).
  if (managers.size === 0) return setManagers(draft, managers);
  const comparison = compared(core, kind, old, draft);
  takeOver(managers, writer(call, kind, subresource), comparison, core.clock.now());
  setManagers(draft, managers);
}

/** A writer may send managedFields too: kubectl does, to hand fields over from one manager to another. */
function managersOf(draft: KubernetesObject, old: KubernetesObject): readonly ManagedFields[] | undefined {
  const given = draft.metadata.managedFields ?? [];
  const isReset = given.length === 1 && Object.keys(given[0] ?? {}).length === 0;
  return given.length > 0 || isReset ? given : old.metadata.managedFields;
}

export function setManagers(draft: KubernetesObject, managers: Managers): void {
  if (managers.size === 0) delete draft.metadata.managedFields;
  else draft.metadata.managedFields = managers.toEntries();
}

/** Who gives no name, in a parameter or as its User-Agent, is followed all the same (buildmanagerinfo.go). */
function writer(call: Call, kind: Tracked, subresource: string): ManagerIdentity {
  const manager = call.manager === '' ? 'unknown' : call.manager;
  return { manager, operation: 'Update', apiVersion: apiVersionOf(kind), subresource };
}

/** Gives what was added and modified to the writer, and takes it, with what was removed, from everyone else. */
export function takeOver(managers: Managers, to: ManagerIdentity, comparison: Comparison, now: number): void {
  const taken = comparison.modified.union(comparison.added);
  const own = managers.get(to);
  for (const other of managers.all()) {
    const fields = other.fields.difference(taken).difference(comparison.removed);
    if (fields !== other.fields) managers.set({ ...other, fields });
  }
  const gained = taken.difference(unowned);
  if (gained.isEmpty) return;
  const kept = own?.fields.difference(comparison.removed) ?? new FieldSet();
  managers.set({ ...to, time: timestamp(now), fields: kept.union(gained) });
}

/** What nobody owns: the server's own metadata (managedfields/internal/stripmeta.go). */
export const unowned = new FieldSet();
for (const field of ['apiVersion', 'kind', 'metadata']) unowned.insert([`f:${field}`]);
for (const field of [
  'name',
  'namespace',
  'creationTimestamp',
  'selfLink',
  'uid',
  'generation',
  'managedFields',
  'resourceVersion',
])
  unowned.insert(['f:metadata', `f:${field}`]);

const types = new WeakMap<Schema, NodeTypes>();

export function nodeTypes({ schema }: Core): NodeTypes {
  let known = types.get(schema);
  if (!known) types.set(schema, (known = new NodeTypes(schema)));
  return known;
}

export function compared(core: Core, kind: Tracked, before: unknown, after: unknown): Comparison {
  const known = nodeTypes(core);
  return compareObjects(known, known.ofMessage(kind.message), withoutManagers(before), withoutManagers(after));
}

function withoutManagers(object: unknown): unknown {
  if (!isJsonObject(object) || !isJsonObject(object.metadata)) return object;
  const { managedFields: _managedFields, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** Everything of a set that lies at or under one of its first steps. */
function below(set: FieldSet, step: string): FieldSet {
  const only = new FieldSet();
  const child = set.get(step);
  if (child) only.adopt(step, child);
  return only;
}

const empties = new WeakMap<Kind, unknown>();

/** What Go's empty struct of the kind looks like: what stands in it already is nobody's doing. */
export function emptyObject(schema: Schema, kind: Kind): unknown {
  let empty = empties.get(kind);
  if (empty === undefined) empties.set(kind, (empty = decodeTyped(schema, kind.message, { metadata: {} }).value));
  return empty;
}
