import type { Core } from '../core';
import { badRequest, goPackage, unsupportedMediaType } from '../errors';
import { isJsonObject, stringAt, type JsonObject } from '../json';
import { apiVersionOf } from '../registry';
import { duplicateFields, inTextOrder } from './duplicates';
import { jsonProblem } from './jsonProblem';
import { decodeTyped } from './typed';
import { TypeMismatch, undecodable } from './typeErrors';
import { parseYaml } from './yaml';

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

export interface Body {
  bytes: Buffer;
  /** The Content-Type header, or '' when none was sent. */
  mediaType: string;
}

/** What a body is to be: the names that its errors use, and its message in the schema. */
export interface Expected {
  group: string;
  version: string;
  kind: string;
  message: string;
}

export const jsonType = 'application/json';
export const yamlType = 'application/yaml';
export const protobufType = 'application/vnd.kubernetes.protobuf';

/** Parses a body of any of the three kinds. Throws 415 and 400. */
export function parseBody(core: Core, body: Body, expected: Expected): { value: unknown; problems: string[] } {
  const mediaType = (body.mediaType.split(';')[0] ?? '').trim().toLowerCase();
  try {
    if (mediaType === protobufType && core.codec)
      return { value: core.codec.decode(body.bytes, expected.message), problems: [] };
    if (mediaType === yamlType) return parseYaml(body.bytes.toString('utf8'));
    if (mediaType === jsonType || mediaType === '' || mediaType === '*/*')
      return parseJson(body.bytes.toString('utf8'));
  } catch (error) {
    throw unreadable(error, body, expected);
  }
  throw unsupportedMediaType([jsonType, yamlType, protobufType]);
}

function parseJson(text: string): { value: unknown; problems: string[] } {
  const value: unknown = JSON.parse(text);
  return { value, problems: duplicateFields(text) };
}

function unreadable(error: unknown, { bytes }: Body, expected: Expected): Error {
  const why = error instanceof Error ? error.message : String(error);
  const cause =
    error instanceof SyntaxError ? `couldn't get version/kind; json parse error: ${jsonProblem(error)}` : why;
  return unrecognized(expected, cause, bytes);
}

function unrecognized(expected: Expected, cause: string, bytes: Buffer): Error {
  return badRequest(
    `the object provided is unrecognized (must be of type ${expected.kind}): ${cause} (${summary(bytes)})`,
  );
}

/** handlers/rest.go summarizeData: the beginning of a text, or of anything else in hex. */
function summary(bytes: Buffer): string {
  if (bytes.length === 0) return '<empty>';
  const isText = bytes[0] === 0x7b;
  const shown = isText ? bytes.subarray(0, 30).toString('utf8') : bytes.subarray(0, 30).toString('hex');
  return bytes.length > 30 ? `${shown} ...` : shown;
}

/** The typed object of a body, warnings added or thrown as `fieldValidation` asks. */
export function decodeObject(
  core: Core,
  body: Body,
  expected: Expected,
  validation: FieldValidation,
  warnings: string[],
): JsonObject {
  const { value, problems } = parseBody(core, body, expected);
  if (!isJsonObject(value)) {
    const type = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
    const into =
      'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';
    const cause = `couldn't get version/kind; json parse error: json: cannot unmarshal ${type} into Go value of type ${into}`;
    throw unrecognized(expected, cause, body.bytes);
  }
  return typedObject(core, value, problems, expected, validation, warnings, body);
}

export function typedObject(
  core: Core,
  value: unknown,
  problems: string[],
  expected: Expected,
  validation: FieldValidation,
  warnings: string[],
  body?: Body,
): JsonObject {
  checkKind(core, value, expected);
  try {
    const decoded = decodeTyped(core.schema, expected.message, value);
    const all = together(problems, decoded.problems, body);
    if (validation === 'Strict' && all.length > 0) throw new TypeMismatch(`strict decoding error: ${all.join(', ')}`);
    if (validation === 'Warn') warnings.push(...all);
    return { ...decoded.value, kind: expected.kind, apiVersion: apiVersionOf(expected) };
  } catch (error) {
    if (error instanceof TypeMismatch) throw undecodable(expected, error.message);
    throw error;
  }
}

/** YAML's duplicates are told of first, by another reader. */
function together(duplicates: string[], unknown: string[], body: Body | undefined): string[] {
  const all = [...duplicates, ...unknown];
  const isMixed = duplicates.length > 0 && unknown.length > 0;
  return isMixed && body && !/yaml/i.test(body.mediaType) ? inTextOrder(body.bytes.toString('utf8'), all) : all;
}

/** Versions that upstream no longer serves, but still reads: what is written in one of them is understood, and refused. */
const formerVersions: Readonly<Record<string, readonly string[]>> = {
  StatefulSet: ['apps/v1beta1', 'apps/v1beta2'],
  ControllerRevision: ['apps/v1beta1', 'apps/v1beta2'],
  Deployment: ['apps/v1beta1', 'apps/v1beta2', 'extensions/v1beta1'],
  ReplicaSet: ['apps/v1beta2', 'extensions/v1beta1'],
  PodDisruptionBudget: ['policy/v1beta1'],
  EndpointSlice: ['discovery.k8s.io/v1beta1'],
};

/** A body may leave out kind and apiVersion, but may not say other ones. */
function checkKind(core: Core, value: unknown, expected: Expected): void {
  const wanted = apiVersionOf(expected);
  const apiVersion = stringAt(value, 'apiVersion') || wanted;
  const kind = stringAt(value, 'kind') || expected.kind;
  if (apiVersion === wanted && kind === expected.kind) return;
  if (kind === expected.kind && (formerVersions[kind] ?? []).includes(apiVersion)) {
    const data = `the API version in the data (${apiVersion}) does not match the expected API version (${wanted})`;
    throw badRequest(data);
  }
  const version = apiVersion.slice(apiVersion.lastIndexOf('/') + 1);
  const why = core.registry.ofKind(apiVersion, kind)
    ? `converting (${version}.${kind}) to (${goPackage(expected)}.${expected.kind}): unknown conversion`
    : `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/runtime/scheme.go:111"`;
  throw badRequest(`${kind} in version ${JSON.stringify(version)} cannot be handled as a ${expected.kind}: ${why}`);
}
