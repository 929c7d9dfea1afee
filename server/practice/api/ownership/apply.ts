import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import { StatusError } from '../../status';
import { timestamp } from '../../clock';
import type { Call, Core } from '../core';
import { decodeTyped } from '../decode/typed';
import { TypeMismatch, undecodable } from '../decode/typeErrors';
import { badRequest, conflictError } from '../errors';
import { copyJson, equalJson, isJsonObject, stringAt, type JsonObject } from '../json';
import { createObject } from '../operations/create';
import type { Decoding } from '../operations/patch';
import { checkIdentity, updateObject } from '../operations/update';
import { apiVersionOf, storageKey, type Target } from '../registry';
import { fieldsOf } from './config';
import { FieldSet, shownPath } from './fieldSet';
import { fieldsOfLastApplied, renewLastApplied } from './lastApplied';
import { Managers, type Manager } from './managers';
import { mergeConfig, pruneFields } from './merge';
import { compared, emptyObject, nodeTypes, setManagers, takeOver, unowned } from './track';

export interface ApplyRequest {
  patch: unknown;
  subresource: string;
  /** Takes fields that others own, instead of a 409. */
  force: boolean;
  decoding: Decoding;
}

/**
 * Server-side apply: the configuration is laid over the live object, what the applier no longer names is removed, and a field
 * that another manager set to something else is a conflict. Creates the object when there is none.
 */
export async function applyObject(
  core: Core,
  call: Call,
  target: Target,
  request: ApplyRequest,
): Promise<{ object: KubernetesObject; isNew: boolean }> {
  const config = readConfig(core, call, target, request);
  const { kind, namespace } = target;
  if (core.storage.get(kind.plural, storageKey(namespace, target.name))) {
    const produce = (old: KubernetesObject) => applied(core, call, target, request, config, old);
    const change = { subresource: request.subresource, isOwned: true, isPatch: true, produce };
    return { object: updateObject(core, call, target, change), isNew: false };
  }
  if (request.subresource !== '') throw new StatusError(404, 'NotFound', `${kind.plural} "${target.name}" not found`);
  const uid = stringAt(config.metadata, 'uid');
  if (uid)
    throw conflictError(
      kind,
      target.name,
      `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`,
    );
  const empty = emptyObject(core.schema, kind);
  const draft = applied(core, call, target, request, config, asObject(copyJson(empty)));
  checkIdentity(target, draft);
  return { object: await createObject(core, call, kind, namespace, draft, { isOwned: true }), isNew: true };
}

/** The configuration as it was sent, without defaults: what stands in it is what is owned. */
function readConfig(core: Core, call: Call, { kind }: Target, { patch, decoding }: ApplyRequest): JsonObject {
  if (!isJsonObject(patch))
    throw badRequest('error decoding YAML: error converting YAML to JSON: the patch is no object');
  const given = stringAt(patch, 'apiVersion') ?? '';
  const version = apiVersionOf(kind);
  const givenKind = stringAt(patch, 'kind') ?? '';
  if (given !== version && !core.registry.ofKind(given, givenKind))
    throw badRequest(`invalid object type: ${given.includes('/') ? given : `/${given}`}, Kind=${givenKind}`);
  if (given !== version)
    throw badRequest(
      `Incorrect version specified in apply patch. Specified patch version: ${given}, expected: ${version}`,
    );
  if (isJsonObject(patch.metadata) && patch.metadata.managedFields)
    throw badRequest('metadata.managedFields must be nil');
  const { problems } = decoded(core, kind, patch);
  // Unknown fields cannot be owned: upstream refuses them whatever the validation asked for.
  const first = problems.find((problem) => problem.startsWith('unknown field'));
  if (first)
    throw new StatusError(
      500,
      '',
      `failed to create typed patch object (${shownObject(patch)}): ${notDeclared(first)}`,
    );
  if (decoding.fieldValidation === 'Strict' && decoding.problems.length > 0)
    throw badRequest(`error strict decoding YAML: ${decoding.problems.join(', ')}`);
  if (decoding.fieldValidation === 'Warn') call.warnings.push(...decoding.problems);
  return patch;
}

/** `field not declared in schema` names the path with a leading dot. */
function notDeclared(problem: string): string {
  const path: unknown = JSON.parse(problem.slice('unknown field '.length));
  return `.${String(path)}: field not declared in schema`;
}

function shownObject(object: JsonObject): string {
  const { namespace = '', name = '' } = isJsonObject(object.metadata) ? object.metadata : {};
  return `${String(namespace)}/${String(name)}; ${stringAt(object, 'apiVersion') ?? ''}, Kind=${stringAt(object, 'kind') ?? ''}`;
}

function decoded(core: Core, kind: Target['kind'], value: unknown) {
  try {
    return decodeTyped(core.schema, kind.message, value);
  } catch (error) {
    if (error instanceof TypeMismatch) throw undecodable(kind, error.message);
    throw error;
  }
}

function applied(
  core: Core,
  call: Call,
  { kind }: Target,
  { subresource, force }: ApplyRequest,
  config: JsonObject,
  live: KubernetesObject,
): KubernetesObject {
  const types = nodeTypes(core);
  const type = types.ofMessage(kind.message);
  const managers = Managers.parse(live.metadata.managedFields);
  const version = { apiVersion: apiVersionOf(kind), subresource };
  if (managers.size === 0) ownBeforeApply(core, kind, managers, live, version);
  const identity = { manager: call.manager, operation: 'Apply' as const, ...version };
  const before = managers.get(identity);
  const fields = ownable(kind, subresource, fieldsOf(types, type, config)).difference(unowned);
  const self: Manager = { ...identity, time: before?.time, fields };
  managers.set(self);
  const gone = (before?.fields ?? new FieldSet()).difference(fields);
  const kept = managers.all().reduce((all, manager) => all.union(manager.fields), new FieldSet());
  const pruned = pruneFields(types, type, mergeConfig(types, type, live, config), gone, kept);
  const next = asObject(pruned);
  const isKubectl = call.manager === 'kubectl';
  const givenUp = isKubectl && !force ? fieldsOfLastApplied(core, kind, live) : new FieldSet();
  settleConflicts(managers, self, compared(core, kind, live, next), { force, givenUp });
  // Who comes to own what already stands there has written nothing, and has no time (structured-merge-diff merge/update.go).
  if (!equalJson(next, live)) managers.set({ ...self, time: timestamp(core.clock.now()) });
  const draft = asObject(decoded(core, kind, next).value);
  if (isKubectl) renewLastApplied(draft, config);
  setManagers(draft, managers);
  return draft;
}

/** What stands in an object that nobody was followed on has an owner from now on, so that it can be in conflict (skipnonapplied.go). */
function ownBeforeApply(
  core: Core,
  kind: Target['kind'],
  managers: Managers,
  live: KubernetesObject,
  version: Pick<Manager, 'apiVersion' | 'subresource'>,
): void {
  const identity = { manager: 'before-first-apply', operation: 'Update' as const, ...version };
  takeOver(managers, identity, compared(core, kind, emptyObject(core.schema, kind), live), core.clock.now());
}

/** Fields that a write of this part of the object does not reach are not owned by it. */
function ownable(kind: Target['kind'], subresource: string, fields: FieldSet): FieldSet {
  if (!kind.subresources?.status) return fields;
  const kept = new FieldSet();
  for (const [step, child] of fields.entries())
    if (subresource === 'status' ? step !== 'f:spec' : step !== 'f:status') kept.adopt(step, child);
  return kept;
}

interface Settlement {
  force: boolean;
  /** What is taken over without force, as long as nothing else is in conflict. */
  givenUp: FieldSet;
}

/** What others own and this apply changes: theirs no longer with force, else a 409 that names each. */
function settleConflicts(
  managers: Managers,
  self: Manager,
  { added, modified, removed }: ReturnType<typeof compared>,
  { force, givenUp }: Settlement,
): void {
  const changed = modified.union(added);
  const others = managers.all().filter((other) => managers.get(self) !== other);
  const conflicts = others
    .map((manager) => ({ manager, fields: manager.fields.intersection(changed).difference(givenUp) }))
    .filter(({ fields }) => !fields.isEmpty);
  if (conflicts.length > 0 && !force) throw applyConflict(conflicts);
  for (const other of others) managers.set({ ...other, fields: other.fields.difference(changed).difference(removed) });
}

/** apimachinery/pkg/util/managedfields/internal/conflict.go. */
function applyConflict(conflicts: { manager: Manager; fields: FieldSet }[]): StatusError {
  const all = conflicts.flatMap(({ manager, fields }) =>
    [...fields.paths()].map((path) => ({ manager: shownManager(manager), path: shownPath(path) })),
  );
  const causes = all.map(({ manager, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${manager}`,
    field: path,
  }));
  return new StatusError(409, 'Conflict', conflictMessage(all), { causes });
}

function conflictMessage(all: { manager: string; path: string }[]): string {
  const [first] = all;
  if (all.length === 1 && first) return `Apply failed with 1 conflict: conflict with ${first.manager}: ${first.path}`;
  const lines = [...new Set(all.map(({ manager }) => manager))].sort().flatMap((manager) => {
    const paths = all.filter((one) => one.manager === manager).map(({ path }) => `- ${path}`);
    return [`conflicts with ${manager}:`, ...paths];
  });
  return `Apply failed with ${all.length} conflicts: ${lines.join('\n')}`;
}

function shownManager({ manager, subresource, operation, apiVersion }: Manager): string {
  const name = JSON.stringify(manager) + (subresource === '' ? '' : ` with subresource ${JSON.stringify(subresource)}`);
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}

/** What comes of a merge is an object again, even when everything in it is gone. */
function asObject(value: unknown): KubernetesObject {
  const object = isJsonObject(value) ? value : {};
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  return { ...object, metadata };
}
