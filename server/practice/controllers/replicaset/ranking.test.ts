import { expect, test } from 'vitest';
import type { Pod } from '../../../../lib/kubernetes/pod';
import { pod, type PodFacts } from '../testing/objects';
import { podsToDelete } from './ranking';

const now = Date.parse('2026-01-02T00:00:00Z');
const restarted = (name: string, restartCount: number): Pod => {
  const made = pod({ name, node: 'n', readySince: '2026-01-01T00:00:00Z' });
  const state = { name: 'nginx', ready: true, restartCount, image: '', imageID: '' };
  return { ...made, status: { ...made.status, containerStatuses: [state] } };
};
const cost = (name: string, value: string): PodFacts => ({
  name,
  node: 'n',
  metadata: { annotations: { 'controller.kubernetes.io/pod-deletion-cost': value } },
});

/** In each pair the first goes before the second. */
test.each<[string, Pod, Pod]>([
  ['not scheduled', pod({ name: 'b' }), pod({ name: 'a', node: 'n' })],
  ['pending', pod({ name: 'b', node: 'n', phase: 'Pending' }), pod({ name: 'a', node: 'n', isReady: false })],
  ['not ready', pod({ name: 'b', node: 'n', isReady: false }), pod({ name: 'a', node: 'n' })],
  ['cheaper', pod(cost('b', '-5')), pod(cost('a', '0'))],
  ['a cost that is no number is none', pod(cost('b', '-1')), pod(cost('a', '+7'))],
  [
    'ready for a shorter time',
    pod({ name: 'b', node: 'n', readySince: '2026-01-01T23:59:59Z' }),
    pod({ name: 'a', node: 'n', readySince: '2026-01-01T00:00:00Z' }),
  ],
  [
    'of about one age: by uid',
    pod({ name: 'b', uid: '1', node: 'n', readySince: '2026-01-01T00:00:00Z' }),
    pod({ name: 'a', uid: '2', node: 'n', readySince: '2026-01-01T00:00:09Z' }),
  ],
  ['restarted more often', restarted('b', 3), restarted('a', 1)],
])('%s goes first', (_, first, second) => {
  for (const pods of [
    [first, second],
    [second, first],
  ])
    expect(podsToDelete(pods, pods, 1, now)).toEqual([first]);
});

test('the fuller node gives first, counting pods of related sets', () => {
  const [a, b] = [pod({ name: 'a', node: 'one' }), pod({ name: 'b', node: 'two' })];
  const related = [a, b, pod({ name: 'c', node: 'two' }), pod({ name: 'd', node: 'one', phase: 'Failed' })];
  expect(podsToDelete([a, b], related, 1, now)).toEqual([b]);
});
