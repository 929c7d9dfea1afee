import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { PatchType } from '../../client';
import type { Call, Core } from '../core';
import { decodeTyped } from '../decode/typed';
import type { FieldValidation } from '../decode/body';
import { TypeMismatch } from '../decode/typeErrors';
import { badRequest, invalidError } from '../errors';
import { invalid } from '../fieldError';
import { isJsonObject } from '../json';
import { goPrinted } from '../patch/goPrinted';
import { jsonPatch } from '../patch/jsonPatch';
import { mergePatch } from '../patch/mergePatch';
import { strategicPatch } from '../patch/strategicPatch';
import type { Target } from '../registry';
import { updateObject } from './update';

export interface PatchRequest {
  type: PatchType;
  patch: unknown;
  subresource?: string;
  /** Given when the patch came as bytes: what it leaves is then decoded like any body. */
  decoding?: Decoding;
}

export interface Decoding {
  fieldValidation: FieldValidation;
  /** What was wrong with the patch's own text. */
  problems: string[];
}

export function patchObject(core: Core, call: Call, target: Target, request: PatchRequest): KubernetesObject {
  return updateObject(core, call, target, {
    ...(request.subresource ? { subresource: request.subresource } : {}),
    isPatch: true,
    produce: (old) => patched(core, call, target.kind.message, old, request),
  });
}

/** The object after the patch, which may be of any message: Scale is patched by it too. */
export function patched(
  core: Core,
  call: Call,
  message: string,
  old: KubernetesObject,
  request: PatchRequest,
): KubernetesObject {
  const result = applied(core, message, old, request);
  const object = request.decoding ? decoded(core, call, message, result, request, request.decoding) : result;
  if (!hasMetadata(object)) throw badRequest('name must be provided');
  return object;
}

function hasMetadata(value: unknown): value is KubernetesObject {
  return isJsonObject(value) && isJsonObject(value.metadata);
}

function applied(core: Core, message: string, old: unknown, { type, patch }: PatchRequest): unknown {
  if (type === 'json') return jsonPatch(old, patch);
  if (!isJsonObject(patch))
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${jsonName(patch)} into Go value of type map[string]interface {}`,
    );
  return type === 'merge' ? mergePatch(old, patch) : strategicPatch(core.schema, message, old, patch);
}

function jsonName(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** Go keeps in the order in which it was written what a patch does not touch; the rest comes out of its maps in order. */
function sortedWhere(value: unknown, patch: unknown): unknown {
  if (!isJsonObject(value) || !isJsonObject(patch)) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([key, inner]) => [key, sortedWhere(inner, patch[key])]));
}

/** What a patch leaves must still be an object of its kind; upstream answers with the whole of it (handlers/patch.go). */
function decoded(
  core: Core,
  call: Call,
  message: string,
  result: unknown,
  { type, patch }: PatchRequest,
  { fieldValidation, problems }: Decoding,
): unknown {
  const shown = type === 'strategic' ? goPrinted(patch) : JSON.stringify(sortedWhere(result, patch));
  try {
    const { value, problems: unknown } = decodeTyped(core.schema, message, result);
    const all = [...problems, ...unknown];
    if (fieldValidation === 'Warn') call.warnings.push(...all);
    if (fieldValidation !== 'Strict' || all.length === 0) return value;
    throw new TypeMismatch(`strict decoding error: ${all.join(', ')}`);
  } catch (error) {
    if (!(error instanceof TypeMismatch)) throw error;
    throw invalidError({ group: '', kind: '' }, '', [invalid('patch', shown, error.message)]);
  }
}
