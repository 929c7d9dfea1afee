import { describe, expect, test } from 'vitest';
import type { Deployment, ReplicaSet } from '../../../../lib/kubernetes/workloads';
import { template } from '../testing/objects';
import { maxSurge, maxUnavailable, newSetReplicas, proportionalSizes, scaleDownOld } from './scaling';

type Strategy = NonNullable<NonNullable<Deployment['spec']['strategy']>['rollingUpdate']>;

function deployment(
  replicas: number,
  rollingUpdate: Strategy = { maxSurge: '25%', maxUnavailable: '25%' },
): Deployment {
  return {
    metadata: { name: 'web' },
    spec: {
      replicas,
      selector: {},
      template: template('nginx:1'),
      strategy: { type: 'RollingUpdate', rollingUpdate },
    },
    status: {},
  };
}

/** `age` counts up from the oldest. */
function set(name: string, replicas: number, availableReplicas = replicas, max = 0): ReplicaSet {
  const annotations = { 'deployment.kubernetes.io/max-replicas': String(max) };
  return {
    metadata: { name, annotations, creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: { replicas, selector: {}, template: template('nginx:1') },
    status: { replicas, availableReplicas },
  };
}

test.each([
  [10, '25%', '25%', 3, 2],
  [1, '25%', '25%', 1, 0],
  [4, 0, 0, 0, 1],
  [4, '0%', '1%', 0, 1],
  [3, 2, 5, 2, 3],
  [0, '25%', 1, 0, 0],
])('%i replicas with surge %s and unavailable %s may have %i more and %i less', (replicas, surge, gap, more, less) => {
  const d = deployment(replicas, { maxSurge: surge, maxUnavailable: gap });
  expect([maxSurge(d), maxUnavailable(d)]).toEqual([more, less]);
});

test.each([
  [10, 0, 10, 3],
  [10, 3, 8, 5],
  [10, 5, 8, 5],
  [10, 8, 0, 10],
])('of %i, with %i new and %i old, %i may be new', (replicas, current, old, wanted) => {
  expect(newSetReplicas(deployment(replicas), current, old)).toBe(wanted);
});

describe('old sets', () => {
  const names = (d: Deployment, next: ReplicaSet, old: ReplicaSet[]) =>
    scaleDownOld(d, next, old).map(({ set: { metadata }, to }) => `${metadata.name}=${to}`);

  test.each<[string, number, ReplicaSet, ReplicaSet[], string[]]>([
    ['give up what may be missing', 10, set('new', 3, 0), [set('a', 10)], ['a=8']],
    ['give up no more while the new ones are not available', 10, set('new', 5, 0), [set('a', 8)], []],
    ['give up one for each new one that is', 10, set('new', 5, 2), [set('a', 8)], ['a=6']],
    ['give up the unhealthy first', 10, set('new', 3, 3), [set('a', 5), set('b', 5, 2)], ['b=2', 'a=3']],
    ['a set may give twice', 4, set('new', 1, 1), [set('a', 4, 3)], ['a=3', 'a=2']],
    ['are done when empty', 4, set('new', 4), [set('a', 0)], []],
  ])('%s', (_, replicas, next, old, expected) => {
    expect(names(deployment(replicas), next, old)).toEqual(expected);
  });
});

test.each<[number, ReplicaSet[], string[]]>([
  // 10 of at most 13 becomes 30 of at most 38, in the middle of a rollout.
  [30, [set('a', 8, 8, 13), set('b', 5, 5, 13)], ['a=23', 'b=15']],
  [5, [set('a', 8, 8, 13), set('b', 5, 5, 13)], ['a=4', 'b=3']],
  [0, [set('a', 8, 8, 13), set('b', 5, 5, 13)], ['a=0', 'b=0']],
])('scaled to %i in the middle of a rollout', (replicas, sets, expected) => {
  expect(proportionalSizes(deployment(replicas), sets).map(({ set: s, to }) => `${s.metadata.name}=${to}`)).toEqual(
    expected,
  );
});
