import type { useTranslations } from 'use-intl';
import type { FilePlace } from '../../lib/actions/contracts';
import { volumeFate, type VolumeFate } from '../../lib/kubernetes/pod';

/** What becomes of a file where it lies; in a container's own layer it lives no longer than that. */
export function fateOf(place: FilePlace): 'claim' | 'container' | VolumeFate {
  return place.kind === 'volume' ? volumeFate(place.source) : place.kind;
}

/** Where a file lies, and what that means for it, in one sentence. */
export function wordPlace(t: ReturnType<typeof useTranslations<'file'>>, place: FilePlace): string {
  if (place.kind === 'claim') return t('onClaim', { claim: place.claim });
  if (place.kind === 'container') return t('inLayer');
  const { volume, source, at } = place;
  return t(`onVolume.${volumeFate(source)}`, { volume, source: at === undefined ? source : `${source} ${at}` });
}
