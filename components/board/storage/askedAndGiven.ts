import { quantityValue } from '../../../lib/kubernetes/quantity';
import type { ClaimView } from '../../../lib/board/model';
import { shortAccessModes } from '../words';

/**
 * Where a bound claim has got other than it asked for: a volume is never cut to size, nor loses a mode. It has less only while
 * it grows.
 */
export function askedAndGiven(claim: ClaimView): { size?: Difference & { isLess: boolean }; modes?: Difference } {
  if (claim.phase !== 'Bound') return {};
  const [asked, given] = [quantityValue(claim.request), quantityValue(claim.capacity)];
  const more = claim.accessModes.some((mode) => !claim.requestedModes.includes(mode));
  return {
    ...(asked === given ? {} : { size: { asked: claim.request, given: claim.capacity, isLess: given < asked } }),
    ...(more
      ? { modes: { asked: shortAccessModes(claim.requestedModes), given: shortAccessModes(claim.accessModes) } }
      : {}),
  };
}

interface Difference {
  asked: string;
  given: string;
}
