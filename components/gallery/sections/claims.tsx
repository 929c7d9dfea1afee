import type { ClaimView } from '../../../lib/board/model';
import { ClaimCard, NoClaimCard } from '../../board/ClaimCard';
import { aClaim, aVolume } from '../../board/fixtures';
import { VolumeCard } from '../../board/VolumeCard';
import type { Section } from '../scene';

const noVolume = { volume: undefined, volumeName: '', capacity: '' };

const claimsShown: { claim: ClaimView; isAwaited?: boolean }[] = [
  { claim: aClaim(0) },
  { claim: aClaim(1, { kept: true }) },
  { claim: aClaim(2, { phase: 'Pending', ...noVolume }) },
  { claim: aClaim(3, { phase: 'Lost' }) },
  { claim: aClaim(4, { phase: 'missing', ...noVolume }) },
  { claim: aClaim(5, { phase: 'missing', ...noVolume }), isAwaited: true },
  { claim: aClaim(6, { terminating: true }) },
  // Bound, but the volume itself may not be seen: volumes belong to the cluster, not to the namespace.
  { claim: aClaim(7, { volume: undefined }) },
  { claim: aClaim(8, { volume: aVolume(8, { terminating: true, reclaimPolicy: 'Retain' }) }) },
  { claim: aClaim(9, { volume: aVolume(9, { reclaimPolicy: 'Recycle' }) }) },
];

const grid = 'grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-3';

export const claims: Section = {
  name: 'claims',
  scenes: [
    {
      name: 'states',
      draw: () => (
        <div className={grid}>
          {claimsShown.map(({ claim, isAwaited = false }) => (
            <div key={claim.name} className="grid content-start gap-2">
              <ClaimCard claim={claim} isAwaited={isAwaited} />
              <VolumeCard claim={claim} />
            </div>
          ))}
        </div>
      ),
    },
    {
      name: 'none',
      draw: () => (
        <div className={grid}>
          <NoClaimCard isWanted />
          <NoClaimCard isWanted={false} />
        </div>
      ),
    },
  ],
};
