import { badRequest, plainError } from '../errors';
import { copyJson, isJsonObject, put, type JsonObject } from '../json';
import { goPrinted } from './goPrinted';
import type { MessageFacts, Schema } from '../schema/schema';
import { isScalarList, mergeListItems, orderedItems } from './mergeList';

/**
 * Strategic merge patch (k8s.io/apimachinery/pkg/util/strategicpatch): like a merge patch, but lists that have a merge key are
 * merged item by item, and directives (`$patch`, `$deleteFromPrimitiveList`, `$setElementOrder`, `$retainKeys`) say what
 * merging cannot. The original is not changed. Throws 400 and 500 as upstream does.
 */
export function strategicPatch(schema: Schema, message: string, original: unknown, patch: unknown): unknown {
  if (!isJsonObject(patch)) throw badRequest('invalid JSON document');
  const from = isJsonObject(original) ? copyJson(original) : {};
  return new Merger(schema).mergeMap(from, copyJson(patch), schema.message(message));
}

const setOrder = '$setElementOrder/';
const deleteFrom = '$deleteFromPrimitiveList/';

/** What is known of one field: the message of its values, and how lists of them are merged. */
interface FieldPlan {
  facts: MessageFacts | undefined;
  isMerged: boolean;
  isReplaced: boolean;
  mergeKey: string;
}

class Merger {
  constructor(private readonly schema: Schema) {}

  /** Changes and returns `original`; takes directives out of `patch`. */
  mergeMap(original: JsonObject, patch: JsonObject, facts: MessageFacts | undefined): JsonObject {
    if (Object.hasOwn(patch, '$patch')) return wholeByDirective(patch);
    retainKeys(original, patch);
    for (const key of Object.keys(patch)) if (key.startsWith(setOrder)) this.mergeOrdered(original, patch, key, facts);
    for (const key of Object.keys(patch)) this.mergeMember(original, patch, key, facts);
    return original;
  }

  private mergeMember(original: JsonObject, patch: JsonObject, given: string, facts: MessageFacts | undefined): void {
    const isDeletion = given.startsWith(deleteFrom);
    const key = isDeletion ? given.slice(deleteFrom.length) : given;
    const value = patch[given];
    if (value === null) return void delete original[key];
    const old = Object.hasOwn(original, key) ? original[key] : undefined;
    if (Array.isArray(old) && Array.isArray(value)) {
      const plan = this.plan(facts, key);
      if (isDeletion) original[key] = (old as unknown[]).filter((item) => !(value as unknown[]).includes(item));
      else original[key] = plan.isMerged ? this.mergeList(old, value, plan) : value;
    } else if (isDeletion) return;
    else if (isJsonObject(old) && isJsonObject(value)) {
      const plan = this.plan(facts, key);
      put(original, key, plan.isReplaced ? value : this.mergeMap(old, value, plan.facts));
    } else setNew(original, key, value);
  }

  private mergeList(old: unknown[], patch: unknown[], plan: FieldPlan): unknown[] {
    if (old.length === 0 && patch.length === 0) return old;
    if (isScalarList(old, patch)) {
      const merged = [...new Set([...old, ...patch])];
      return orderedItems(merged, patch, old, '');
    }
    if (plan.mergeKey === '') throw plainError(`cannot merge lists without merge key for ${plan.facts?.name ?? ''}`);
    const merged = mergeListItems(old, patch, plan.mergeKey, (a, b) => this.mergeMap(a, b, plan.facts));
    return orderedItems(merged.items, merged.patch, merged.server, plan.mergeKey);
  }

  /** `$setElementOrder/containers`: merges that list now, and puts it in the order the directive gives. */
  private mergeOrdered(
    original: JsonObject,
    patch: JsonObject,
    directive: string,
    facts: MessageFacts | undefined,
  ): void {
    const key = directive.slice(setOrder.length);
    const order = patch[directive];
    delete patch[directive];
    if (!Array.isArray(order)) throw badRequest('invalid patch format of setElementOrder list');
    const old = Object.hasOwn(original, key) ? original[key] : undefined;
    const changes = Object.hasOwn(patch, key) ? patch[key] : undefined;
    const plan = this.plan(facts, key);
    const merged = this.mergedForOrder(old, changes, plan);
    if (!merged) return;
    original[key] = orderedItems(merged, order, Array.isArray(old) ? old : [], plan.mergeKey);
    delete patch[key];
  }

  private mergedForOrder(old: unknown, changes: unknown, plan: FieldPlan): unknown[] | undefined {
    if (changes === undefined) return Array.isArray(old) ? old : undefined;
    if (!Array.isArray(changes)) throw badRequest('invalid patch format of setElementOrder list');
    if (old === undefined) return withoutDirectives(changes) as unknown[];
    if (!Array.isArray(old)) throw badRequest('invalid patch format of setElementOrder list');
    return plan.isMerged ? this.mergeList(copyJson(old), changes, plan) : changes;
  }

  private plan(facts: MessageFacts | undefined, key: string): FieldPlan {
    const field = facts?.fields.get(key);
    return {
      facts: field?.message === undefined ? undefined : this.schema.message(field.message),
      isMerged: field?.patchStrategy?.includes('merge') ?? false,
      isReplaced: field?.patchStrategy?.includes('replace') ?? false,
      mergeKey: field?.patchMergeKey ?? '',
    };
  }
}

/** `$patch: replace` takes the patch as the new object, `$patch: delete` leaves none of it. */
function wholeByDirective(patch: JsonObject): JsonObject {
  const { $patch: directive, ...rest } = patch;
  if (directive === 'delete') return {};
  if (directive === 'replace') return rest;
  throw plainError(`unknown patch type: ${String(directive)} in map: ${goPrinted(patch)}`);
}

/** `$retainKeys` names every member that may stay: used for unions such as a Deployment's strategy. */
function retainKeys(original: JsonObject, patch: JsonObject): void {
  if (!Object.hasOwn(patch, '$retainKeys')) return;
  const kept = patch.$retainKeys;
  delete patch.$retainKeys;
  if (!Array.isArray(kept)) throw badRequest('invalid patch format of retainKeys');
  const isKept = (key: string) => (kept as unknown[]).includes(key);
  for (const [key, value] of Object.entries(patch))
    if (value !== null && !key.startsWith('$') && !isKept(key)) throw badRequest('invalid patch format of retainKeys');
  for (const key of Object.keys(original)) if (!isKept(key)) delete original[key];
}

/** A member that was not there, or was something else: what the patch says, without nulls and directives. */
function setNew(original: JsonObject, key: string, value: unknown): void {
  const kept = withoutDirectives(value);
  if (kept === undefined) delete original[key];
  else put(original, key, kept);
}

/** Undefined for an object that is itself a directive. */
function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDirectives).filter((item) => item !== undefined);
  if (!isJsonObject(value)) return value;
  if (Object.hasOwn(value, '$patch')) return undefined;
  const kept: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) {
    const clean = inner === null || key.startsWith('$') ? undefined : withoutDirectives(inner);
    if (clean !== undefined) put(kept, key, clean);
  }
  return kept;
}
