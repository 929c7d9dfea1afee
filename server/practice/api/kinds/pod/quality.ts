import type { Pod } from '../../../../../lib/kubernetes/pod';
import { compareQuantities } from '../../quantity';

const counted = ['cpu', 'memory'];

/** The quality-of-service class (pkg/apis/core/v1/helper/qos): which pods a node gives up first. */
export function qosClassOf({ spec }: Pod): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  let asksForAny = false;
  let isGuaranteed = true;
  for (const { resources } of containers) {
    for (const name of counted) {
      const request = resources?.requests?.[name];
      const limit = resources?.limits?.[name];
      if (isPositive(request) || isPositive(limit)) asksForAny = true;
      if (!isPositive(limit) || (request !== undefined && compareQuantities(request, limit) !== 0))
        isGuaranteed = false;
    }
  }
  if (!asksForAny) return 'BestEffort';
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}

function isPositive(quantity: string | undefined): boolean {
  return compareQuantities(quantity ?? '0', '0') > 0;
}
