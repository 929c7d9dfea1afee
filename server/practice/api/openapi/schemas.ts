import type { JsonObject } from '../json';
import type { FieldFacts, MessageFacts, Schema } from '../schema/schema';

/** The components of an OpenAPI document: messages as JSON schemas, with Kubernetes' own extensions. */

/** `k8s.io.api.apps.v1.StatefulSet` is published as `io.k8s.api.apps.v1.StatefulSet`. */
export function componentName(message: string): string {
  return message.replace(/^k8s\.io\./, 'io.k8s.');
}

export function reference(message: string): JsonObject {
  return { $ref: `#/components/schemas/${componentName(message)}` };
}

export interface GroupVersionKind {
  group: string;
  version: string;
  kind: string;
}

/** The schemas of these messages and of all that they reach, sorted by name. */
export function componentsFor(
  schema: Schema,
  roots: ReadonlyMap<string, readonly GroupVersionKind[]>,
): Record<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  const visit = (name: string) => {
    const facts = schema.message(name);
    if (!facts || found.has(componentName(name))) return;
    found.set(componentName(name), {});
    const kinds = roots.get(name);
    const extension = kinds ? { 'x-kubernetes-group-version-kind': kinds } : {};
    found.set(componentName(name), { ...messageSchema(facts), ...extension });
    for (const field of facts.fields.values()) if (field.message !== undefined) visit(field.message);
  };
  for (const name of roots.keys()) visit(name);
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const specials: Record<NonNullable<MessageFacts['special']>, JsonObject> = {
  quantity: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  intOrString: { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  time: { type: 'string', format: 'date-time' },
  microTime: { type: 'string', format: 'date-time' },
  duration: { type: 'string' },
  raw: { type: 'object' },
  verbs: { type: 'array', items: { type: 'string', default: '' } },
};

function messageSchema(facts: MessageFacts): JsonObject {
  const description = facts.description === '' ? {} : { description: facts.description };
  if (facts.special) return { ...description, ...specials[facts.special] };
  const fields = [...facts.fields.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const required = fields.filter((field) => field.required).map((field) => field.name);
  return {
    ...description,
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    ...(fields.length > 0 ? { properties: Object.fromEntries(fields.map((f) => [f.name, fieldSchema(f)])) } : {}),
  };
}

function fieldSchema(field: FieldFacts): JsonObject {
  const description = field.description === '' ? {} : { description: field.description };
  const fallback = 'default' in field ? { default: field.default } : {};
  if (field.container === 'list') {
    return { ...description, type: 'array', items: itemSchema(field), ...extensions(field) };
  }
  if (field.container === 'map') {
    return { ...description, type: 'object', additionalProperties: itemSchema(field), ...extensions(field) };
  }
  if (field.type === 'message') return { ...description, ...itemSchema(field, fallback), ...extensions(field) };
  return { ...description, ...scalarSchema(field), ...fallback, ...extensions(field) };
}

/** One value of the field. A reference stands in `allOf`, so that a description can stand beside it; lists of strings have no name. */
function itemSchema(field: FieldFacts, more: JsonObject = {}): JsonObject {
  if (field.type !== 'message') return { ...scalarSchema(field), default: zeroOf(field) };
  if (field.message?.endsWith('.ExtraValue')) return specials.verbs;
  const empty = field.pointer ? {} : { default: {} };
  return { ...empty, ...more, allOf: [reference(field.message ?? '')] };
}

function scalarSchema(field: FieldFacts): JsonObject {
  switch (field.type) {
    case 'int32':
    case 'int64':
      return { type: 'integer', format: field.type };
    case 'double':
      return { type: 'number', format: 'double' };
    case 'bool':
      return { type: 'boolean' };
    case 'bytes':
      return { type: 'string', format: 'byte' };
    default:
      return { type: 'string', ...(field.enum ? { enum: field.enum } : {}) };
  }
}

function zeroOf(field: FieldFacts): unknown {
  if (field.type === 'bool') return false;
  return field.type === 'string' || field.type === 'bytes' ? '' : 0;
}

function extensions(field: FieldFacts): JsonObject {
  return {
    ...(field.listType ? { 'x-kubernetes-list-type': field.listType } : {}),
    ...(field.listMapKeys ? { 'x-kubernetes-list-map-keys': field.listMapKeys } : {}),
    ...(field.atomic ? { 'x-kubernetes-map-type': 'atomic' } : {}),
    ...(field.patchMergeKey ? { 'x-kubernetes-patch-merge-key': field.patchMergeKey } : {}),
    ...(field.patchStrategy ? { 'x-kubernetes-patch-strategy': field.patchStrategy.join(',') } : {}),
  };
}
