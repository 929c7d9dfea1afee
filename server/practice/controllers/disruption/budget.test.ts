import { expect, test } from 'vitest';
import { controllerRef } from '../runtime/controllerRefs';
import { pod } from '../testing/objects';
import { budgetStatus, expectedScale } from './budget';
import type { PodDisruptionBudget } from '../../../../lib/kubernetes/policy';

const now = Date.parse('2026-01-01T00:10:00Z');
const pods = ['a', 'b', 'c', 'd'].map((name) => pod({ name, isReady: name !== 'd' }));

function budget(spec: PodDisruptionBudget['spec'], disruptedPods?: Record<string, string>): PodDisruptionBudget {
  const counts = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };
  return { metadata: { name: 'b', generation: 2 }, spec, status: { ...counts, disruptedPods } };
}

test.each<[PodDisruptionBudget['spec'], number, [allowed: number, healthy: number, desired: number, expected: number]]>(
  [
    [{ minAvailable: 2 }, 0, [1, 3, 2, 4]],
    [{ minAvailable: 5 }, 0, [0, 3, 5, 4]],
    [{ minAvailable: '50%' }, 5, [0, 3, 3, 5]],
    [{ maxUnavailable: 1 }, 4, [0, 3, 3, 4]],
    [{ maxUnavailable: '50%' }, 5, [1, 3, 2, 5]],
    [{ maxUnavailable: 9 }, 4, [3, 3, 0, 4]],
    [{}, 0, [0, 3, 0, 0]],
  ],
)('%j of %i', (spec, expected, wanted) => {
  const { status } = budgetStatus(budget(spec), { pods, scale: { expected, unmanaged: [] }, now });
  const { disruptionsAllowed, currentHealthy, desiredHealthy, expectedPods, conditions } = status;
  expect([disruptionsAllowed, currentHealthy, desiredHealthy, expectedPods]).toEqual(wanted);
  const said = wanted[0] > 0 ? ['True', 'SufficientPods'] : ['False', 'InsufficientPods'];
  expect(conditions?.map(({ status: value, reason }) => [value, reason])).toEqual([said]);
});

test('a promised deletion counts as done for two minutes', () => {
  const promised = { a: '2026-01-01T00:09:00Z', b: '2026-01-01T00:01:00Z', gone: '2026-01-01T00:09:00Z' };
  const scale = { expected: 0, unmanaged: [] };
  const { status, recheckMs } = budgetStatus(budget({ minAvailable: 1 }, promised), { pods, scale, now });
  expect(status).toMatchObject({ currentHealthy: 2, disruptedPods: { a: '2026-01-01T00:09:00Z' } });
  expect(recheckMs).toBe(60_000);
});

test('each controller counts once, and a pod without one is named', () => {
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'web', uid: 'u' } };
  const owned = pods.map((one) => ({ ...one, metadata: { ...one.metadata, ownerReferences: [controllerRef(owner)] } }));
  const alone = pod({ name: 'alone' });
  expect(expectedScale([...owned, alone], () => 7)).toEqual({ expected: 7, unmanaged: ['alone'] });
  expect(() => expectedScale(owned, () => undefined)).toThrow('found no controllers for pod "a"');
});
