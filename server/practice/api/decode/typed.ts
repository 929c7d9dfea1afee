import { isJsonObject, put, type JsonObject } from '../json';
import type { FieldFacts, MessageFacts, Schema } from '../schema/schema';
import { goMessage, goScalar, goType, mismatch, structName, TypeMismatch, type Place } from './typeErrors';
import { readSpecial } from './specials';

export interface Decoded {
  value: JsonObject;
  /** `unknown field "spec.x"`, at most a hundred, in the order of the document. */
  problems: string[];
}

/** Upstream stops collecting here (sigs.k8s.io/json). */
const mostProblems = 100;

/**
 * A JSON object as Go's typed decoding would leave it: unknown fields are dropped and named, nulls are absent, fields that
 * Go always writes are there, quantities and times are in their one form. Throws `TypeMismatch`.
 */
export function decodeTyped(schema: Schema, message: string, given: unknown): Decoded {
  const facts = schema.message(message);
  if (!isJsonObject(given)) throw mismatch(given, { struct: '', names: [] }, goMessage(message));
  if (!facts) return { value: given, problems: [] };
  const reader = new TypedReader(schema);
  return {
    value: reader.message(facts, given, '', { struct: structName(message), names: [] }),
    problems: reader.problems,
  };
}

class TypedReader {
  readonly problems: string[] = [];

  constructor(private readonly schema: Schema) {}

  message(facts: MessageFacts, given: JsonObject, path: string, place: Place): JsonObject {
    const value: JsonObject = {};
    for (const key of Object.keys(given)) {
      const field = facts.fields.get(key);
      const at = path === '' ? key : `${path}.${key}`;
      if (!field) this.note(`unknown field ${JSON.stringify(at)}`);
      else {
        const within = { struct: structName(facts.name), names: [...place.names, key] };
        const read = given[key] === null ? undefined : this.field(field, given[key], at, within);
        if (read !== undefined && !isLeftOut(field, read)) put(value, key, read);
      }
    }
    this.fill(facts, value, path, place);
    return value;
  }

  private field(field: FieldFacts, given: unknown, path: string, place: Place): unknown {
    if (field.container === 'list') {
      // Go reads a string into a list of bytes only; anything else is refused.
      if (!Array.isArray(given)) throw mismatch(given, place, goType(field));
      return given.map((item, i) => this.one(field, item, `${path}[${i}]`, place));
    }
    if (field.container !== 'map') return this.one(field, given, path, place);
    if (!isJsonObject(given)) throw mismatch(given, place, goType(field));
    const map: JsonObject = {};
    for (const key of Object.keys(given)) put(map, key, this.one(field, given[key], `${path}.${key}`, place));
    return map;
  }

  private one(field: FieldFacts, given: unknown, path: string, place: Place): unknown {
    if (field.type !== 'message') return readScalar(field, given, place);
    const facts = field.message === undefined ? undefined : this.schema.message(field.message);
    if (!facts) return given;
    if (facts.special) return readSpecial(facts.special, given, place);
    if (given === null) return this.message(facts, {}, path, place);
    if (!isJsonObject(given)) throw mismatch(given, place, goMessage(facts.name));
    return this.message(facts, given, path, place);
  }

  /** What a Go struct holds even when nobody wrote it. */
  private fill(facts: MessageFacts, value: JsonObject, path: string, place: Place): void {
    for (const field of facts.fields.values()) {
      if (field.number === 0 || field.pointer || Object.hasOwn(value, field.name)) continue;
      const inner = field.type === 'message' && !field.container ? this.schema.message(field.message ?? '') : undefined;
      if (inner?.special === 'time' || inner?.special === 'microTime') {
        // A time that Go does not leave out when it is zero is written as null.
        if (!field.omitZero) value[field.name] = null;
      } else if (inner && !inner.special) {
        if (!field.omitZero) value[field.name] = this.message(inner, {}, path, place);
      } else if (!field.omitEmpty && !field.omitZero) fillScalar(field, value);
    }
  }

  private note(problem: string): void {
    if (this.problems.length < mostProblems) this.problems.push(problem);
  }
}

/** Lists that Go would write as null are empty here: nothing that reads them needs to tell the two apart. */
function fillScalar(field: FieldFacts, value: JsonObject): void {
  if (field.container) value[field.name] = field.container === 'list' ? [] : {};
  else if (field.type === 'string') value[field.name] = '';
  else if (field.type === 'bool') value[field.name] = false;
  else if (field.type === 'int32' || field.type === 'int64' || field.type === 'double') value[field.name] = 0;
}

/** Go's omitempty, which a pointer to an empty value escapes. */
function isLeftOut(field: FieldFacts, value: unknown): boolean {
  if (field.pointer || !field.omitEmpty) return false;
  if (field.container === 'list') return Array.isArray(value) && value.length === 0;
  if (field.container === 'map') return isJsonObject(value) && Object.keys(value).length === 0;
  return field.number !== 0 && (value === '' || value === 0 || value === false);
}

function readScalar(field: FieldFacts, given: unknown, place: Place): unknown {
  if (given === null) return field.type === 'string' || field.type === 'bytes' ? '' : field.type === 'bool' ? false : 0;
  if (field.type === 'string' || field.type === 'bool') {
    const wanted = field.type === 'bool' ? 'boolean' : 'string';
    if (typeof given !== wanted) throw mismatch(given, place, goScalar(field.type));
    return given;
  }
  if (field.type === 'bytes') return readBytes(given, place);
  if (typeof given !== 'number') throw mismatch(given, place, goScalar(field.type));
  const isWhole = Number.isInteger(given) && (field.type !== 'int32' || (given | 0) === given);
  if (field.type !== 'double' && !isWhole) {
    const text = `json: cannot unmarshal number ${given} into Go struct field ${place.struct}.${place.names.join('.')} of type ${goScalar(field.type)}`;
    throw new TypeMismatch(text);
  }
  return given;
}

function readBytes(given: unknown, place: Place): string {
  if (typeof given !== 'string') throw mismatch(given, place, '[]uint8');
  const clean = given.replace(/[\r\n]/g, '');
  const wrong = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?/.exec(clean)?.[0].length ?? 0;
  if (wrong < clean.length) throw new TypeMismatch(`illegal base64 data at input byte ${firstBad(clean, wrong)}`);
  return clean;
}

/** Go counts to the first character that cannot be, or to the end when the text is too short. */
function firstBad(text: string, from: number): number {
  const bad = /[^A-Za-z0-9+/]/.exec(text.slice(from));
  return bad ? from + bad.index : Math.max(text.length - (text.length % 4), from);
}
