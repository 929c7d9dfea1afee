import { readFileSync } from 'node:fs';
import { array, isRecord, optionalString, record, string } from './shape';
import type { FieldFacts, MessageFacts, ScalarType, Schema } from './schema';

/**
 * Reads the file that scripts/generateSchema.mjs writes: one JSON.parse of half a megabyte (some milliseconds); each
 * message is built when first asked for. Throws when the file is missing or not of that shape.
 */
export function loadSchema(file: string): Schema {
  const root = record(JSON.parse(readFileSync(file, 'utf8')));
  return new LoadedSchema(record(root.messages), record(root.docs));
}

const scalars = new Set<string>(['string', 'int32', 'int64', 'bool', 'bytes', 'double'] satisfies ScalarType[]);
const specials = ['quantity', 'intOrString', 'time', 'microTime', 'duration', 'raw', 'verbs'] as const;
const empty: Record<string, unknown> = {};

class LoadedSchema implements Schema {
  private readonly built = new Map<string, MessageFacts>();

  constructor(
    private readonly messages: Record<string, unknown>,
    private readonly docs: Record<string, unknown>,
  ) {}

  message(name: string): MessageFacts | undefined {
    const known = this.built.get(name);
    if (known) return known;
    const raw = this.messages[name];
    if (!isRecord(raw)) return undefined;
    const facts = this.build(name, raw);
    this.built.set(name, facts);
    return facts;
  }

  private build(name: string, raw: Record<string, unknown>): MessageFacts {
    const doc = isRecord(this.docs[name]) ? this.docs[name] : empty;
    const wire = array(raw.fields).map((field) => readField(record(field), doc));
    const special = specials.find((one) => one === raw.special);
    const fields = new Map<string, FieldFacts>();
    if (raw.typeMeta === true) for (const field of typeMeta) fields.set(field.name, field);
    for (const field of wire) this.addJson(field, doc, fields);
    return {
      name,
      description: optionalString(doc.description) ?? '',
      fields,
      wire: new Map(wire.map((field) => [field.number, field])),
      ...(special ? { special } : {}),
    };
  }

  /** An inlined message's fields are described by the message that holds them, as the client library declares it. */
  private addJson(field: FieldFacts, doc: Record<string, unknown>, into: Map<string, FieldFacts>): void {
    if (!field.inline || field.message === undefined) {
      into.set(field.name, field);
      return;
    }
    const inner = this.message(field.message);
    for (const child of inner?.fields.values() ?? []) {
      const own = docOf(doc, child.name);
      into.set(child.name, { ...child, description: own.description || child.description, required: own.required });
    }
  }
}

function docOf(doc: Record<string, unknown>, field: string): { description: string; required: boolean } {
  const descriptions = isRecord(doc.fields) ? doc.fields : empty;
  const required = Array.isArray(doc.required) && doc.required.includes(field);
  return { description: optionalString(descriptions[field]) ?? '', required };
}

function readField(raw: Record<string, unknown>, doc: Record<string, unknown>): FieldFacts {
  const name = string(raw.name);
  const type = string(raw.type);
  const container = raw.container === 'list' || raw.container === 'map' ? raw.container : undefined;
  return {
    name,
    number: Number(raw.number),
    ...(isScalar(type) ? { type, ...formatOf(type) } : { type: 'message', message: type, ...formatOf(type) }),
    ...(container ? { container } : {}),
    ...docOf(doc, name),
    ...listFacts(raw),
    ...flags(raw),
    ...('default' in raw ? { default: raw.default } : {}),
    ...(Array.isArray(raw.enum) ? { enum: raw.enum.map(string) } : {}),
  };
}

function isScalar(type: string): type is ScalarType {
  return scalars.has(type);
}

const formats: Record<string, string> = {
  int32: 'int32',
  int64: 'int64',
  double: 'double',
  bytes: 'byte',
  'k8s.io.apimachinery.pkg.apis.meta.v1.Time': 'date-time',
  'k8s.io.apimachinery.pkg.apis.meta.v1.MicroTime': 'date-time',
  'k8s.io.apimachinery.pkg.util.intstr.IntOrString': 'int-or-string',
};

function formatOf(type: string): { format?: string } {
  const format = formats[type];
  return format === undefined ? {} : { format };
}

function listFacts(raw: Record<string, unknown>): Partial<FieldFacts> {
  const { listType } = raw;
  const patchMergeKey = optionalString(raw.patchMergeKey);
  const strategies = Array.isArray(raw.patchStrategy) ? raw.patchStrategy : [];
  const patchStrategy = (['merge', 'replace', 'retainKeys'] as const).filter((one) => strategies.includes(one));
  return {
    ...(listType === 'atomic' || listType === 'set' || listType === 'map' ? { listType } : {}),
    ...(Array.isArray(raw.listMapKeys) ? { listMapKeys: raw.listMapKeys.map(string) } : {}),
    ...(patchMergeKey === undefined ? {} : { patchMergeKey }),
    ...(patchStrategy.length > 0 ? { patchStrategy } : {}),
  };
}

function flags(raw: Record<string, unknown>): Partial<FieldFacts> {
  const names = ['atomic', 'inline', 'pointer', 'omitEmpty', 'omitZero'] as const;
  return Object.fromEntries(names.filter((name) => raw[name] === true).map((name) => [name, true]));
}

const conventions = 'https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md';
const typeMeta: FieldFacts[] = [
  {
    name: 'apiVersion',
    number: 0,
    type: 'string',
    required: false,
    omitEmpty: true,
    description:
      'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized ' +
      `schemas to the latest internal value, and may reject unrecognized values. More info: ${conventions}#resources`,
  },
  {
    name: 'kind',
    number: 0,
    type: 'string',
    required: false,
    omitEmpty: true,
    description:
      'Kind is a string value representing the REST resource this object represents. Servers may infer this from the ' +
      'endpoint the client submits requests to. Cannot be updated. In CamelCase. ' +
      `More info: ${conventions}#types-kinds`,
  },
];
