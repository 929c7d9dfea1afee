import { describe, expect, it } from 'vitest';
import { aBoard, aClaim, aDeployment, aLoosePod, aReplicaSet, fixtureNow } from '../board/fixtures';
import type { DeploymentView } from '../../lib/board/model';
import { type Outcome } from './outcome';
import { outcomeOfDeletePod, outcomeOfDeleteNamespace } from './deleteOutcome';
import { outcomeOfDeleteDeployment, outcomeOfNewTemplate, outcomeOfScaleDeployment } from './deploymentOutcome';
import { planOf, type PlannedAsk } from './plan';

const keys = (outcome: Outcome) => ({
  goes: outcome.goes.map(({ key }) => key),
  stays: outcome.stays.map(({ key }) => key),
  comes: outcome.comes.map(({ key }) => key),
  then: outcome.then.map(({ key }) => key),
});
const none = { goes: [], stays: [], comes: [], then: [] };
const claim = aClaim(0, { name: 'site' });
const two = (over: Partial<DeploymentView> = {}) => aDeployment([aLoosePod('aaaaa'), aLoosePod('bbbbb')], over);
const rs = aReplicaSet().name;

describe('deleting a pod of a Deployment', () => {
  it('takes its name for good, and brings another under a name nobody knows', () => {
    expect(keys(outcomeOfDeletePod(aBoard([], { deployments: [two()] }), `${rs}-aaaaa`))).toEqual({
      ...none,
      goes: ['pod', 'layer', 'looseName'],
      then: ['looseAnother'],
    });
  });

  it('leaves the claim that all share', () => {
    const mounts = [{ path: '/www', volume: 'site', claim: 'site', readOnly: false }];
    const pod = aLoosePod('aaaaa', { containers: [{ name: 'nginx', image: 'nginx', mounts }] });
    const board = aBoard([], { deployments: [aDeployment([pod], { claims: [claim] })] });
    expect(outcomeOfDeletePod(board, pod.name).stays).toEqual([
      { key: 'sharedClaims', values: { count: 1, names: 'site' } },
    ]);
  });

  it.each([
    ['made up for already', two({ replicaSets: [aReplicaSet({ replicas: 1 })] })],
    ['of an old ReplicaSet, scaled to 0', two({ replicaSets: [aReplicaSet({ replicas: 0 })] })],
    ['of a Deployment that is going', two({ terminating: true })],
  ])('brings nobody for one %s', (_name, deployment) => {
    const board = aBoard([], { deployments: [deployment] });
    expect(outcomeOfDeletePod(board, `${rs}-aaaaa`).then.map(({ key }) => key)).toEqual(['looseNone']);
  });
});

describe('a Deployment', () => {
  const cases: [string, Outcome, object][] = [
    ['scaled up', outcomeOfScaleDeployment(two(), 5), { comes: ['loosePodsCome'], then: ['allAtOnce'] }],
    [
      'scaled down',
      outcomeOfScaleDeployment(two({ claims: [claim] }), 1),
      { goes: ['loosePodsGo'], stays: ['sharedClaimsStay'], then: ['looseForGood'] },
    ],
    ['scaled to 0', outcomeOfScaleDeployment(two(), 0), { goes: ['pods'], then: ['looseForGood'] }],
    ['scaled to what it is', outcomeOfScaleDeployment(two(), 2), { then: ['scaleNone'] }],
    [
      'deleted',
      outcomeOfDeleteDeployment(two({ claims: [claim] }), 'background'),
      { goes: ['deployment', 'replicaSets', 'pods'], stays: ['sharedClaimsStay'], then: ['looseForGood'] },
    ],
    [
      'deleted, its pods left',
      outcomeOfDeleteDeployment(two(), 'orphan'),
      { goes: ['deployment'], stays: ['replicaSets', 'pods'], then: ['orphanSets'] },
    ],
    [
      'with a new template',
      outcomeOfNewTemplate(two()),
      { goes: ['pods', 'layer'], comes: ['newReplicaSet'], stays: ['replicaSetsKept'], then: ['rollingNow'] },
    ],
    [
      'with a new template, Recreate',
      outcomeOfNewTemplate(two({ strategy: { type: 'Recreate' } })),
      { goes: ['pods', 'layer'], comes: ['newReplicaSet'], stays: ['replicaSetsKept'], then: ['recreateNow'] },
    ],
    ['paused', outcomeOfNewTemplate(two({ paused: true })), { then: ['rolloutPaused'] }],
  ];
  it.each(cases)('%s', (_name, outcome, expected) => expect(keys(outcome)).toEqual({ ...none, ...expected }));

  it('does not say that a pod goes which is on its way out', () => {
    const going = aLoosePod('ccccc', { deletingSince: fixtureNow - 1000, state: 'terminating' });
    expect(outcomeOfNewTemplate(aDeployment([aLoosePod('aaaaa'), going])).goes[0]?.values).toMatchObject({ count: 1 });
  });

  it('is counted in its namespace, with its pods', () => {
    const [all] = outcomeOfDeleteNamespace(aBoard([], { deployments: [two()], namespace: 'lab' })).goes;
    expect(all?.values).toMatchObject({ deployments: 1, pods: 2 });
  });
});

describe('what a dialog asks the server for', () => {
  const board = aBoard([], { deployments: [two()] });
  const options = { cascade: 'orphan', alsoClaims: true } as const;
  const basics = { namespace: 'default', deployment: 'web-deploy' };
  const template = { namespace: 'default', workload: 'deployment', name: 'web-deploy' };
  const image = { container: 'nginx', image: 'nginx:9' };
  it.each<[PlannedAsk['kind'], object, unknown[]]>([
    ['deleteDeployment', {}, [{ kind: 'deleteDeployment', ...basics, cascade: 'orphan' }]],
    ['restartDeployment', {}, [{ kind: 'restart', ...template }]],
    ['setDeploymentImage', {}, []],
    ['setDeploymentImage', { image: { container: 'nginx', image: two().containers[0]?.image } }, []],
    ['setDeploymentImage', { image }, [{ kind: 'setImage', ...template, ...image }]],
  ])('%s %j', (kind, more, actions) => {
    const ask = { kind, deployment: 'web-deploy' } as PlannedAsk;
    expect(planOf(board, ask, { ...options, ...more })).toMatchObject({ actions, isGone: false });
    expect(planOf(aBoard([]), ask, options)).toMatchObject({ actions: [], isGone: true });
  });
});
