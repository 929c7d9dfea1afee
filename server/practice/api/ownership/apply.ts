import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { Call, Core } from '../core';
import { badRequest } from '../errors';
import type { Decoding } from '../operations/patch';
import type { Target } from '../registry';

export interface ApplyRequest {
  patch: unknown;
  subresource: string;
  force: boolean;
  decoding: Decoding;
}

export async function applyObject(
  _core: Core,
  _call: Call,
  _target: Target,
  _request: ApplyRequest,
): Promise<{ object: KubernetesObject; isNew: boolean }> {
  throw badRequest('server-side apply');
}
