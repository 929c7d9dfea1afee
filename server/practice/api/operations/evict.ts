import type { ObjectMeta } from '../../../../lib/kubernetes/metadata';
import type { Call, Core } from '../core';
import { badRequest } from '../errors';
import type { Target } from '../registry';
import { deleteObject, type DeleteRequest } from './delete';

export const evictionKind = {
  group: 'policy',
  version: 'v1',
  kind: 'Eviction',
  plural: 'evictions',
  message: 'k8s.io.api.policy.v1.Eviction',
};

export interface Eviction {
  metadata?: ObjectMeta;
  deleteOptions?: DeleteRequest;
}

/**
 * POST pods/NAME/eviction: a delete that asks first (pkg/registry/core/pod/storage/eviction.go). Disruption budgets are not
 * simulated, so nobody says no.
 */
export function evictPod(core: Core, call: Call, target: Target, eviction: Eviction): void {
  const named = eviction.metadata?.name ?? '';
  if (named !== target.name)
    throw badRequest(
      `name in URL does not match name in Eviction object: ${JSON.stringify(target.name)} ${JSON.stringify(named)}`,
    );
  deleteObject(core, call, target, eviction.deleteOptions);
}
