import { expect, it } from 'vitest';
import { nginxWeb } from '../../../labs/nginx-web/lab';
import { aBoard, aClaim, aDeployment, aLoosePod, aSet, aSlot, slotIn } from '../../board/fixtures';
import { outcomeOfScaleDeployment } from '../../actions/deploymentOutcome';
import { outcomeOfCreateLab } from '../../actions/labOutcome';
import type { Outcome } from '../../actions/outcome';
import { outcomeOfScale } from '../../actions/scaleOutcome';
import { firstEnglish } from './firstEnglish';

const kept = aSet([aSlot(0), slotIn('kept', 1)]);
const gives = aSet([aSlot(0), aSlot(1)], { claimRetention: { whenDeleted: 'Delete', whenScaled: 'Delete' } });
const loose = aDeployment([aLoosePod('aaaaa'), aLoosePod('bbbbb')], { claims: [aClaim(0, { name: 'site' })] });

it('has what is said outside of dialogs, which bring their own', () => {
  const outcomes: Outcome[] = [
    ...[kept, gives, { ...gives, policy: 'Parallel' as const }].flatMap((set) =>
      [0, 1, 2, 5].map((replicas) => outcomeOfScale(set, replicas)),
    ),
    ...[0, 1, 2, 5].map((replicas) => outcomeOfScaleDeployment(loose, replicas)),
    ...[aBoard([]), aBoard([kept]), aBoard([], { otherClaims: [aClaim(0)] })].map((board) =>
      outcomeOfCreateLab(board, nginxWeb),
    ),
  ];
  const said = new Set(
    outcomes.flatMap(({ goes, stays, comes, then }) => [...goes, ...stays, ...comes, ...then]).map(({ key }) => key),
  );
  expect([...said].toSorted()).toEqual(Object.keys(firstEnglish.outcome).toSorted());
});
