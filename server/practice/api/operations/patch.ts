import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { PatchType } from '../../client';
import type { Call, Core } from '../core';
import { badRequest } from '../errors';
import { isJsonObject } from '../json';
import { mergePatch } from '../patch/mergePatch';
import type { Target } from '../registry';
import { updateObject } from './update';

export interface PatchRequest {
  type: PatchType;
  patch: unknown;
  subresource?: string;
}

export function patchObject(
  core: Core,
  call: Call,
  target: Target,
  { type, patch, subresource }: PatchRequest,
): KubernetesObject {
  return updateObject(core, call, target, {
    ...(subresource ? { subresource } : {}),
    isUnconditional: true,
    produce: (old) => patched(type, old, patch),
  });
}

function patched(_type: PatchType, old: KubernetesObject, patch: unknown): KubernetesObject {
  const result = mergePatch(old, patch);
  if (!isJsonObject(result) || !isJsonObject(result.metadata)) throw badRequest('the patch leaves no object');
  return result as unknown as KubernetesObject;
}
