import type { Core } from '../core';
import { badRequest, unsupportedMediaType } from '../errors';
import { isJsonObject, stringAt, type JsonObject } from '../json';
import { apiVersionOf } from '../registry';
import { duplicateFields } from './duplicates';
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

function unreadable(error: unknown, body: Body, expected: Expected): Error {
  const why = error instanceof Error ? error.message : String(error);
  const shown = body.bytes.subarray(0, 30).toString('utf8');
  const summary = body.bytes.length > 30 ? `${JSON.stringify(shown)} ...` : JSON.stringify(shown);
  const cause = error instanceof SyntaxError ? `couldn't get version/kind; json parse error: ${why}` : why;
  return badRequest(`the object provided is unrecognized (must be of type ${expected.kind}): ${cause} (${summary})`);
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
  return typedObject(core, value, problems, expected, validation, warnings);
}

export function typedObject(
  core: Core,
  value: unknown,
  problems: string[],
  expected: Expected,
  validation: FieldValidation,
  warnings: string[],
): JsonObject {
  checkKind(value, expected);
  try {
    const decoded = decodeTyped(core.schema, expected.message, value);
    const all = [...problems, ...decoded.problems];
    if (validation === 'Strict' && all.length > 0) throw new TypeMismatch(`strict decoding error: ${all.join(', ')}`);
    if (validation === 'Warn') warnings.push(...all);
    return { ...decoded.value, kind: expected.kind, apiVersion: apiVersionOf(expected) };
  } catch (error) {
    if (error instanceof TypeMismatch) throw undecodable(expected, error.message);
    throw error;
  }
}

/** A body may leave out kind and apiVersion, but may not say other ones. */
function checkKind(value: unknown, expected: Expected): void {
  if (!isJsonObject(value)) return;
  const wanted = apiVersionOf(expected);
  const apiVersion = stringAt(value, 'apiVersion') || wanted;
  const kind = stringAt(value, 'kind') || expected.kind;
  if (apiVersion !== wanted)
    throw badRequest(`the API version in the data (${apiVersion}) does not match the expected API version (${wanted})`);
  if (kind !== expected.kind)
    throw badRequest(
      `${kind} in version ${JSON.stringify(expected.version)} cannot be handled as a ${expected.kind}: no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/api/legacyscheme/scheme.go:30"`,
    );
}
