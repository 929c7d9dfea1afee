import { isJsonObject, type JsonObject } from '../json';
import type { FieldFacts, MessageFacts, Schema } from '../schema/schema';

/** How a value is owned: whole, or by its parts. */
export type NodeType =
  | { shape: 'whole' }
  | { shape: 'struct'; facts: MessageFacts }
  | { shape: 'map'; element: () => NodeType }
  /** A list whose items are known by keys (with the default of a key that is left out), or by being themselves. */
  | { shape: 'keyed'; keys: readonly string[]; defaults: JsonObject; element: () => NodeType }
  | { shape: 'set' }
  /** Nothing is known: objects by their members, all else whole. */
  | { shape: 'unknown' };

const whole: NodeType = { shape: 'whole' };
const unknown: NodeType = { shape: 'unknown' };

/** Structs that are owned whole wherever they stand in a list (`+structType=atomic`). */
const atomicItems = new Set([
  'k8s.io.apimachinery.pkg.apis.meta.v1.OwnerReference',
  'k8s.io.api.core.v1.ObjectReference',
  'k8s.io.api.core.v1.LocalObjectReference',
]);

/** The types of an object's fields, looked up once each. */
export class NodeTypes {
  private readonly known = new WeakMap<FieldFacts, NodeType>();

  constructor(private readonly schema: Schema) {}

  ofMessage(name: string): NodeType {
    const facts = this.schema.message(name);
    return facts ? structOf(facts) : unknown;
  }

  /** The type of a member of a struct, map or unknown object. */
  member(parent: NodeType, key: string): NodeType {
    if (parent.shape === 'map') return parent.element();
    if (parent.shape !== 'struct') return unknown;
    const field = parent.facts.fields.get(key);
    if (!field) return unknown;
    let type = this.known.get(field);
    if (!type) this.known.set(field, (type = this.ofField(field)));
    return type;
  }

  private ofField(field: FieldFacts): NodeType {
    if (field.atomic) return whole;
    if (field.container === 'map') return { shape: 'map', element: () => this.ofValue(field) };
    if (field.container !== 'list') return this.ofValue(field);
    if (field.listType === 'set') return { shape: 'set' };
    if (field.listType !== 'map') return whole;
    const item = field.message === undefined ? undefined : this.schema.message(field.message);
    const defaults: JsonObject = {};
    for (const key of field.listMapKeys ?? []) {
      const preset = item?.fields.get(key)?.default;
      if (preset !== undefined) defaults[key] = preset;
    }
    const element = atomicItems.has(field.message ?? '') ? whole : this.ofValue(field);
    return { shape: 'keyed', keys: [...(field.listMapKeys ?? [])].sort(), defaults, element: () => element };
  }

  private ofValue(field: FieldFacts): NodeType {
    if (field.type !== 'message' || field.message === undefined) return whole;
    const facts = this.schema.message(field.message);
    if (!facts) return unknown;
    if (facts.special) return whole;
    return structOf(facts);
  }
}

const structs = new WeakMap<MessageFacts, NodeType>();

function structOf(facts: MessageFacts): NodeType {
  let type = structs.get(facts);
  if (!type) structs.set(facts, (type = { shape: 'struct', facts }));
  return type;
}

/** The step to an item of a list by its keys: `k:{"name":"x"}`. */
export function keyedStep(type: Extract<NodeType, { shape: 'keyed' }>, item: unknown): string {
  const key: JsonObject = {};
  for (const name of type.keys) {
    const own = isJsonObject(item) ? item[name] : undefined;
    const value = own ?? type.defaults[name];
    if (value !== undefined) key[name] = value;
  }
  return `k:${JSON.stringify(key)}`;
}

export function valueStep(item: unknown): string {
  return `v:${JSON.stringify(item)}`;
}
