#!/usr/bin/env node
// Writes server/practice/api/schema/facts.json from upstream's own sources. For maintainers, when a new Kubernetes is taken:
//
//   node scripts/generate-facts.mjs $(go list -m -f '{{.Dir}}' k8s.io/api k8s.io/apimachinery)
//
// Bare facts only: field numbers and wire types from the generated.proto files; JSON names, pointers, inline embedding
// and merge keys from the struct tags and markers of the Go types beside them. No descriptions: those come from the
// installed client library (generateSchema.mjs).
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const packages = [
  'apps/v1',
  'authentication/v1',
  'authorization/v1',
  'autoscaling/v1',
  'batch/v1',
  'coordination/v1',
  'core/v1',
  'discovery/v1',
  'events/v1',
  'networking/v1',
  'policy/v1',
  'rbac/v1',
  'scheduling/v1',
  'storage/v1',
  'pkg/api/resource',
  'pkg/apis/meta/v1',
  'pkg/runtime',
  'pkg/util/intstr',
];

/** Messages whose JSON is not an object of their fields. */
const special = {
  'k8s.io.apimachinery.pkg.api.resource.Quantity': 'quantity',
  'k8s.io.apimachinery.pkg.util.intstr.IntOrString': 'intOrString',
  'k8s.io.apimachinery.pkg.apis.meta.v1.Time': 'time',
  'k8s.io.apimachinery.pkg.apis.meta.v1.MicroTime': 'microTime',
  'k8s.io.apimachinery.pkg.apis.meta.v1.Duration': 'duration',
  'k8s.io.apimachinery.pkg.runtime.RawExtension': 'raw',
  'k8s.io.apimachinery.pkg.apis.meta.v1.FieldsV1': 'raw',
  'k8s.io.apimachinery.pkg.apis.meta.v1.Verbs': 'verbs',
  'k8s.io.api.authentication.v1.ExtraValue': 'verbs',
  'k8s.io.api.authorization.v1.ExtraValue': 'verbs',
};

const roots = process.argv.slice(2);
if (roots.length === 0) {
  console.error('usage: generate-facts.mjs FOLDER… (the sources of k8s.io/api and k8s.io/apimachinery)');
  process.exit(2);
}

const messages = {};
const structs = {};
/** String constants by name, of the packages read so far: later ones refer to those of core. */
const constants = {};
/** By package and Go type, the values that a string of that type can have. */
const enums = {};
for (const folder of roots.flatMap((root) => packages.map((name) => join(root, name)))) {
  const proto = join(folder, 'generated.proto');
  if (!existsSync(proto)) continue;
  const text = readFileSync(proto, 'utf8');
  const name = /^package ([\w.]+);/m.exec(text)[1];
  readProto(text, name, messages);
  const go = readdirSync(folder).filter((f) => f.endsWith('.go') && !/_test\.go$|^generated|^zz_/.test(f));
  for (const file of go) {
    const source = readFileSync(join(folder, file), 'utf8');
    readEnums(source, name, enums);
    readGo(source, name, structs);
  }
}

function readProto(text, packageName, into) {
  for (const [, name, body] of text.matchAll(/^message (\w+) \{\n([\s\S]*?)^\}/gm)) {
    const fields = [];
    for (const line of body.split('\n')) {
      const match = /^ {2}(optional|repeated|map<\S+,) (\S+?)>? (\w+) = (\d+)/.exec(line);
      if (!match) continue;
      const [, label, type, protoName, number] = match;
      const container = label === 'repeated' ? 'list' : label === 'optional' ? undefined : 'map';
      fields.push({ protoName, number: Number(number), type: typeName(type, packageName), container });
    }
    into[`${packageName}.${name}`] = fields;
  }
}

function typeName(type, packageName) {
  if (/^(string|int32|int64|bool|bytes|double)$/.test(type)) return type;
  return type.startsWith('.') ? type.slice(1) : `${packageName}.${type}`;
}

/** Types marked `+enum`, and the constants of each, sorted as the generator of OpenAPI sorts them. */
function readEnums(text, packageName, into) {
  for (const [, name, value] of text.matchAll(/^\s+(\w+)\s+(?:\w+\s+)?= (?:\w+\()?("[^"]*"|v1\.\w+)\)?$/gm))
    constants[name] = value.startsWith('v1.') ? constants[value.slice(3)] : JSON.parse(value);
  for (const [, name] of text.matchAll(/^\/\/ ?\+enum\b.*\n(?:\/\/.*\n)*type (\w+) string$/gm)) {
    const typed = text.matchAll(new RegExp(`^\\s+(\\w+)\\s+(?:${name}\\s+= "|= ${name}\\()`, 'gm'));
    into[`${packageName}.${name}`] = [...new Set([...typed].map(([, constant]) => constants[constant]))].sort();
  }
}

function readGo(text, packageName, into) {
  for (const [, comment, name, body] of text.matchAll(/((?:^\/\/.*\n)*)^type (\w+) struct \{\n([\s\S]*?)^\}/gm)) {
    const fields = new Map();
    let typeMeta = false;
    let markers = {};
    for (const line of body.split('\n')) {
      const trimmed = line.trim();
      if (trimmed.startsWith('//')) {
        const marker = /^\/\/ ?\+(\w+)(?:=(.*))?$/.exec(trimmed);
        if (marker) (markers[marker[1]] ??= []).push((marker[2] ?? '').trim());
        continue;
      }
      const field = /^(\S+)(?:\s+(\S.*?))?\s+`(.*)`/.exec(trimmed);
      if (field) {
        const [, goName, goType, tags] = field;
        if (/^(\w+\.)?TypeMeta$/.test(goName) && !goType) typeMeta = !/protobuf/.test(tags);
        const number = /protobuf:"\w+,(\d+)/.exec(tags)?.[1];
        if (number) fields.set(Number(number), { ...goFacts(goType ?? goName, tags, markers), goType });
      }
      if (trimmed === '' || field) markers = {};
    }
    const atomic = /\+structType=atomic/.test(comment);
    into[`${packageName}.${name}`] = { fields, typeMeta, atomic };
  }
}

function goFacts(goType, tags, markers) {
  const json = (/json:"([^"]*)"/.exec(tags)?.[1] ?? '').split(',');
  const tag = (name) => new RegExp(`${name}:"([^"]*)"`).exec(tags)?.[1];
  const fallback = markers.default?.[0];
  const listType = markers.listType?.[0];
  return {
    json: json[0] || undefined,
    inline: json.includes('inline') || undefined,
    omitEmpty: json.includes('omitempty') || undefined,
    omitZero: json.includes('omitzero') || undefined,
    pointer: goType.startsWith('*') || undefined,
    listType: listType,
    listMapKeys: markers.listMapKey,
    atomic: markers.mapType?.[0] === 'atomic' || markers.structType?.[0] === 'atomic' || undefined,
    granular: markers.structType?.[0] === 'granular' || undefined,
    patchMergeKey: tag('patchMergeKey'),
    patchStrategy: tag('patchStrategy')?.split(','),
    default: fallback === undefined || fallback.startsWith('ref(') ? undefined : JSON.parse(fallback),
  };
}

function factsOf(name) {
  const struct = structs[name] ?? { fields: new Map(), typeMeta: false, atomic: false };
  const fields = messages[name].map((field) => {
    const { json, granular, goType = '', ...go } = struct.fields.get(field.number) ?? {};
    const isMessage = field.type.includes('.');
    const target = structs[field.type];
    return compact({
      name: json ?? field.protoName,
      number: field.number,
      type: field.type,
      container: field.container,
      ...go,
      enum: enumOf(goType, name),
      // A list or map is never a pointer that matters, and omitting an empty struct is not possible in Go.
      pointer: field.container ? undefined : go.pointer,
      atomic: go.atomic ?? ((isMessage && !field.container && target?.atomic && !granular) || undefined),
    });
  });
  return compact({ special: special[name], typeMeta: struct.typeMeta || undefined, fields });
}

/** A type of the message's own package, or of another one by its import's usual name, `v1.PersistentVolumeMode`. */
function enumOf(goType, message) {
  const [type, alias] = goType
    .replace(/^(\*|\[\])+/, '')
    .split('.')
    .reverse();
  const own = message.slice(0, message.lastIndexOf('.'));
  return enums[`${alias === 'v1' || alias === 'corev1' ? 'k8s.io.api.core.v1' : own}.${type}`];
}

function compact(object) {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

const names = Object.keys(messages).sort();
const lines = names.map((name) => `${JSON.stringify(name)}: ${JSON.stringify(factsOf(name))}`);
const known = new Set(names);
for (const name of names)
  for (const field of messages[name])
    if (field.type.includes('.') && !known.has(field.type))
      throw new Error(`${name}.${field.protoName}: no ${field.type}`);
const version = roots.map((root) => /@(v[\w.-]+)$/.exec(root)?.[1]).find(Boolean) ?? 'unknown';
const out = join(dirname(new URL(import.meta.url).pathname), '../server/practice/api/schema/facts.json');
writeFileSync(out, `{\n"version": ${JSON.stringify(version)},\n"messages": {\n${lines.join(',\n')}\n}\n}\n`);
const hash = createHash('sha256').update(readFileSync(out)).digest('hex').slice(0, 12);
console.log(`${names.length} messages, ${statSync(out).size} bytes, ${hash}`);
