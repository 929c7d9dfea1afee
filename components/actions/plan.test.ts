import { describe, expect, it } from 'vitest';
import { nginxWeb } from '../../labs/nginx-web/lab';
import { aBoard, aClaim, aSet, aSlot, everyStateBoard, lessonBoard } from '../board/fixtures';
import { outcomeOfCreateLab } from './labOutcome';
import { planOf, type PlannedAsk } from './plan';

const options = { cascade: 'background', alsoClaims: true } as const;
const board = lessonBoard();

describe('what a dialog asks the server for', () => {
  const table: [PlannedAsk, unknown][] = [
    [
      { kind: 'deletePod', pod: 'web-0' },
      { kind: 'deletePod', namespace: 'default', pod: 'web-0' },
    ],
    [
      { kind: 'deletePods', set: 'web' },
      { kind: 'deletePods', namespace: 'default', set: 'web', pods: ['web-0', 'web-1', 'web-2'] },
    ],
    [
      { kind: 'deleteSet', set: 'web' },
      { kind: 'deleteSet', namespace: 'default', set: 'web', cascade: 'background' },
    ],
    [
      { kind: 'deleteClaim', claim: 'www-web-3' },
      { kind: 'deleteClaim', namespace: 'default', claim: 'www-web-3' },
    ],
    [{ kind: 'deleteNamespace' }, { kind: 'deleteNamespace', namespace: 'default' }],
  ];
  it.each(table)('%j', (ask, action) => {
    expect(planOf(board, ask, options)).toMatchObject({ actions: [action], isGone: false });
  });

  it.each<PlannedAsk>([
    { kind: 'deletePod', pod: 'web-9' },
    { kind: 'deletePods', set: 'db' },
    { kind: 'deleteSet', set: 'db' },
    { kind: 'deleteClaim', claim: 'www-web-9' },
    { kind: 'deleteVolume', volume: 'pv-9' },
    { kind: 'freeVolume', volume: 'pv-9' },
  ])('says that it is gone: %j', (ask) => {
    expect(planOf(board, ask, options).isGone).toBe(true);
  });
});

describe('a lab', () => {
  it('comes whole onto an empty board', () => {
    expect(outcomeOfCreateLab(aBoard([]), nginxWeb).comes.map((line) => line.key)).toEqual([
      'labService',
      'labSet',
      'labClaims',
    ]);
  });

  it('finds the claims that it left', () => {
    const left = aBoard([], { otherClaims: [aClaim(0), aClaim(1), aClaim(9, { name: 'www-web-old' })] });
    expect(outcomeOfCreateLab(left, nginxWeb).comes.at(-1)).toEqual({
      key: 'keptClaims',
      values: { count: 2, names: 'www-web-0, www-web-1' },
    });
  });

  it('says what is there already', () => {
    expect(outcomeOfCreateLab(aBoard([aSet([aSlot(0)])]), nginxWeb)).toMatchObject({
      comes: [],
      stays: [{ key: 'labThere', values: { count: 2, names: 'nginx, web' } }],
    });
  });

  it('is cleaned up with its claims, or without', () => {
    const ask: PlannedAsk = { kind: 'cleanUpLab', lab: 'nginx-web' };
    const all = planOf(board, ask, options, nginxWeb);
    expect(all.actions.map((action) => action.kind)).toEqual(['deleteManifest', ...Array(5).fill('deleteClaim')]);
    const kept = planOf(everyStateBoard(), ask, { ...options, alsoClaims: false }, nginxWeb);
    expect(kept.actions.map((action) => action.kind)).toEqual(['deleteManifest']);
    expect(kept.outcome.stays.map((line) => line.key)).toEqual(['claims']);
  });
});
