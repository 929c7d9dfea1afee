import type { Change } from '../change';
import type { VolumeView } from '../../board/model';
import { changedPairs } from '../pairs';
import { sentence, type Sentence } from './sentence';

/** Volumes by themselves. That one was made for a claim, or bound to it, is told of the claim. */
export function volumeSentences({ before, after }: Change): Sentence[] {
  return changedPairs(before.volumes, after.volumes, (volume) => volume.uid).flatMap((pair): Sentence[] => {
    const said = pair.after ? changed(pair.before, pair.after) : gone(pair.before);
    return said ? [said] : [];
  });
}

function changed(was: VolumeView | undefined, is: VolumeView): Sentence | undefined {
  if (was?.phase === is.phase) return undefined;
  const values = { size: is.capacity };
  if (is.phase === 'Available' && is.claim === '')
    return sentence('volumeFree', 'volume', is.name, { values, tone: 'kept' });
  if (is.phase === 'Failed') return sentence('volumeFailed', 'volume', is.name, { tone: 'fail' });
  // With the policy Delete it is gone in a moment, and that is what is told.
  if (is.phase !== 'Released' || is.reclaimPolicy === 'Delete' || !was) return undefined;
  return sentence('volumeReleased', 'volume', is.name, { why: 'dataStays', values: { claim: is.claim }, tone: 'kept' });
}

/** A free volume that is seen no more may have been bound elsewhere: of it nothing is known. */
function gone(was: VolumeView): Sentence | undefined {
  if (was.claim === '') return undefined;
  return sentence('volumeGone', 'volume', was.name, {
    why: 'dataLost',
    values: { policy: was.reclaimPolicy },
    tone: 'gone',
  });
}
