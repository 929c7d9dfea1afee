import { describe, expect, it } from 'vitest';
import { nginxWeb } from '../../labs/nginx-web/lab';
import { aBoard, aClaim, aSet, aSlot, everyStateBoard, lessonBoard, replacedDeployment } from '../board/fixtures';
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

  it('has its app made as a Deployment, with a claim for all or without', () => {
    const ask: PlannedAsk = { kind: 'deployLab', lab: 'nginx-web' };
    const alone = planOf(board, ask, options, nginxWeb);
    expect(alone.actions).toEqual([{ kind: 'apply', namespace: 'default', yaml: nginxWeb.asDeployment?.yaml.alone }]);
    expect(alone.outcome).toEqual({
      goes: [],
      comes: [
        { key: 'deployService', values: { name: 'web-deploy' } },
        { key: 'deployment', values: { name: 'web-deploy' } },
        { key: 'loosePodsCome', values: { count: 3 } },
      ],
      stays: [{ key: 'deploySet', values: { name: 'web' } }],
      then: [{ key: 'allAtOnce' }, { key: 'deployNoClaim' }],
    });
    const sharing = planOf(board, ask, { ...options, sharing: true }, nginxWeb);
    expect(sharing.actions).toMatchObject([{ yaml: nginxWeb.asDeployment?.yaml.sharing }]);
    expect(sharing.outcome.comes.at(-1)).toEqual({
      key: 'deployClaim',
      values: { name: 'web-deploy-html', size: '1Gi' },
    });
  });

  it('finds the claim that its Deployment has left', () => {
    const left = aBoard([], { otherClaims: [aClaim(0, { name: 'web-deploy-html' })] });
    const plan = planOf(left, { kind: 'deployLab', lab: 'nginx-web' }, { ...options, sharing: true }, nginxWeb);
    expect(plan.outcome.comes.at(-1)).toEqual({ key: 'keptClaims', values: { count: 1, names: 'web-deploy-html' } });
  });

  it('leaves a Deployment alone that is there already', () => {
    const both = { ...board, deployments: [replacedDeployment()] };
    const plan = planOf(both, { kind: 'deployLab', lab: 'nginx-web' }, options, nginxWeb);
    expect(plan).toMatchObject({ actions: [], outcome: { then: [{ key: 'deployThere' }] } });
  });

  it('is cleaned up with its Deployment, and with the claim of that', () => {
    const claims = [aClaim(0, { name: 'web-deploy-html' })];
    const both = { ...board, deployments: [replacedDeployment()], otherClaims: claims };
    const plan = planOf(both, { kind: 'cleanUpLab', lab: 'nginx-web' }, options, nginxWeb);
    expect(plan.actions.slice(0, 2)).toEqual([
      { kind: 'deleteManifest', namespace: 'default', yaml: nginxWeb.manifest.yaml },
      { kind: 'deleteManifest', namespace: 'default', yaml: nginxWeb.asDeployment?.yaml.alone },
    ]);
    expect(plan.actions.at(-1)).toEqual({ kind: 'deleteClaim', namespace: 'default', claim: 'web-deploy-html' });
    expect(plan.outcome.goes.map((line) => line.key)).toEqual(['set', 'deployment', 'pods', 'service', 'claims']);
  });
});
