import type { Board, ClaimView, Slot } from '../../board/model';
import type { Change } from '../change';
import { changedSlots } from '../changedSlots';
import { changedPairs } from '../pairs';
import { sentence, type Sentence } from './sentence';

interface Placed {
  claim: ClaimView;
  /** The pod of the slot it belongs to, there or not; empty for a claim of no slot. */
  pod: string;
  isUsed: boolean;
}

/** Claims, wherever on the board: one that its set has left behind is still the same claim. */
export function claimSentences({ before, after }: Change): Sentence[] {
  const slots = changedSlots(before, after);
  const was = placed(
    slots.flatMap((pair) => pair.before ?? []),
    looseClaims(before, after),
  );
  const is = placed(
    slots.flatMap((pair) => pair.after ?? []),
    looseClaims(after, before),
  );
  return changedPairs(was, is, ({ claim }) => claim.uid).flatMap((pair): Sentence[] => {
    if (!pair.after) return [gone(pair.before, after)];
    const said = pair.before ? changed(pair.before.claim, pair.after) : created(pair.after);
    return said ? [said] : [];
  });
}

/** Claims of no slot; none where they are the same on the other board. */
function looseClaims(board: Board, other: Board): ClaimView[] {
  const isSame = board.deployments === other.deployments && board.otherClaims === other.otherClaims;
  return isSame ? [] : [...board.deployments.flatMap(({ claims }) => claims), ...board.otherClaims];
}

function placed(slots: Slot[], loose: ClaimView[]): Placed[] {
  const inSlots = slots.flatMap((slot) =>
    slot.claims.map((claim) => ({ claim, pod: slot.name, isUsed: slot.pod !== undefined })),
  );
  const all = [...inSlots, ...loose.map((claim) => ({ claim, pod: '', isUsed: !claim.kept }))];
  // Two Deployments may mount the same one.
  const byUid = new Map(all.map((one) => [one.claim.uid, one] as const));
  return [...byUid.values()].filter(({ claim }) => claim.phase !== 'missing');
}

function created({ claim, pod }: Placed): Sentence {
  const why = claim.template === undefined ? undefined : 'fromTemplate';
  return sentence('claimCreated', 'claim', claim.name, { why, values: { pod }, tone: 'kept' });
}

function changed(was: ClaimView, { claim, pod, isUsed }: Placed): Sentence | undefined {
  if (was === claim) return undefined;
  const { name } = claim;
  if (!was.terminating && claim.terminating) {
    const why = isUsed && pod !== '' ? 'stillUsed' : undefined;
    return sentence('claimEnding', 'claim', name, { why, values: { pod }, tone: 'gone' });
  }
  if (was.phase !== 'Bound' && claim.phase === 'Bound') {
    const values = { volume: claim.volumeName, size: claim.capacity };
    return sentence('claimBound', 'claim', name, { why: 'boundForGood', values, tone: 'kept' });
  }
  if (was.phase !== 'Lost' && claim.phase === 'Lost') {
    return sentence('claimLost', 'claim', name, { values: { volume: claim.volumeName }, tone: 'fail' });
  }
  if (was.capacity === '' || claim.capacity === '' || was.capacity === claim.capacity) return undefined;
  return sentence('claimGrown', 'claim', name, { values: { from: was.capacity, to: claim.capacity }, tone: 'kept' });
}

/** What becomes of the data is the volume's reclaim policy's to say. */
function gone({ claim }: Placed, after: Board): Sentence {
  const volume = after.volumes.find((candidate) => candidate.name === claim.volumeName) ?? claim.volume;
  const why = volume && (volume.reclaimPolicy === 'Delete' ? 'volumeGoes' : 'volumeStays');
  return sentence('claimGone', 'claim', claim.name, { why, values: { volume: claim.volumeName }, tone: 'gone' });
}
