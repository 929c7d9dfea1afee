import { Recent } from '../../recent';
import { put, type JsonObject } from '../json';
import { FieldSet } from './fieldSet';

/** A set of fields once it has been written. */
export interface Written {
  /** The same for all sets that say the same. */
  id: number;
  json: JsonObject;
}

const leaf: Written = { id: 0, json: Object.freeze({}) };
const written = new Recent<string, Written>(10_000);
const parsed = new Recent<JsonObject, FieldSet>(500);
let lastId = 0;

/**
 * A set as FieldsV1: frozen, with each of its parts the same object for all sets that have such a part. The pods of a cluster are
 * written by few managers in few ways; not shared, the trees that say so are larger than the pods.
 */
export function sharedJson(fields: FieldSet): JsonObject {
  return write(fields).json;
}

function write(fields: FieldSet): Written {
  return (fields.written ??= writeAnew(fields));
}

function writeAnew(fields: FieldSet): Written {
  const children = fields.sorted().map(([step, child]): [string, Written] => [step, write(child)]);
  if (children.length === 0) return leaf;
  const key = JSON.stringify([fields.isMember, ...children.map(([step, { id }]) => [step, id])]);
  const known = written.get(key);
  if (known) return known;
  const json: JsonObject = fields.isMember ? { '.': leaf.json } : {};
  for (const [step, child] of children) put(json, step, child.json);
  const made = { id: ++lastId, json: Object.freeze(json) };
  written.set(key, made);
  return made;
}

/** The set that FieldsV1 says. */
export function fieldSetOf(json: JsonObject): FieldSet {
  const known = parsed.get(json);
  if (known) return known;
  const fields = FieldSet.parse(json);
  // Only what is frozen will always say the same.
  if (Object.isFrozen(json)) parsed.set(json, fields);
  return fields;
}
