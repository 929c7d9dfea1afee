import type { Board, ClaimView } from '../../board/model';
import type { Change } from '../change';
import { changedPairs } from './pairs';
import { sentence, type Sentence } from './sentence';

interface Placed {
  claim: ClaimView;
  /** The pod of the slot it belongs to, there or not; empty for a claim of no slot. */
  pod: string;
  isUsed: boolean;
}

/** Claims, wherever on the board: one that its set has left behind is still the same claim. */
export function claimSentences({ before, after }: Change): Sentence[] {
  if (claimLists.every((list) => before[list] === after[list])) return [];
  return changedPairs(claimsOf(before), claimsOf(after), ({ claim }) => claim.uid).flatMap((pair): Sentence[] => {
    if (!pair.after) return [gone(pair.before, after)];
    const said = pair.before ? changed(pair.before.claim, pair.after) : created(pair.after);
    return said ? [said] : [];
  });
}

const claimLists = ['sets', 'deployments', 'otherClaims'] as const;

function claimsOf(board: Board): Placed[] {
  const inSlots = board.sets.flatMap((set) =>
    set.slots.flatMap((slot) =>
      slot.claims.map((claim) => ({ claim, pod: slot.name, isUsed: slot.pod !== undefined })),
    ),
  );
  const others = [...board.deployments.flatMap(({ claims }) => claims), ...board.otherClaims];
  const all = [...inSlots, ...others.map((claim) => ({ claim, pod: '', isUsed: !claim.kept }))];
  // Two Deployments may mount the same one.
  const byUid = new Map(all.map((placed) => [placed.claim.uid, placed] as const));
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
