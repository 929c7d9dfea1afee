import { describe, expect, it } from 'vitest';
import type { Pod } from '../../../../lib/kubernetes/pod';
import type { StatefulSet, StatefulSetSpec } from '../../../../lib/kubernetes/statefulSet';
import { pod, template, webSet, type PodFacts } from '../testing/objects';
import { newPod, revisionLabel } from './identity';
import { plan, type PlanInput } from './plan';
import { newRevision } from './revisions';

const now = Date.parse('2026-01-01T01:00:00Z');

/** One pod in a row: `2!` is unready, `2~` terminating, `2x` failed, `2?` pending, `2o` of the old revision. */
function pods(set: StatefulSet, text: string, old: string, update: string): Pod[] {
  return text
    .split(' ')
    .filter(Boolean)
    .map((word) => {
      const ordinal = Number.parseInt(word, 10);
      const has = (mark: string) => word.includes(mark);
      const made = newPod(set, has('o') ? old : update, ordinal);
      const phase: PodFacts['phase'] = has('x') ? 'Failed' : has('?') ? 'Pending' : 'Running';
      const facts = pod({
        name: `web-${ordinal}`,
        phase,
        isReady: phase === 'Running' && !has('!'),
        isTerminating: has('~'),
        readySince: '2026-01-01T00:59:50Z',
      });
      const labels = { ...made.metadata.labels, [revisionLabel]: has('o') ? old : update };
      return { ...facts, metadata: { ...facts.metadata, labels }, spec: made.spec };
    });
}

function decide(state: string, spec: Partial<StatefulSetSpec> = {}, more: Partial<PlanInput> = {}, status = {}) {
  const set = { ...webSet({ volumeClaimTemplates: [], ...spec }, { uid: 'u', generation: 1 }), status };
  const current = newRevision({ ...set, spec: { ...set.spec, template: template('old') } }, 1, 0);
  const update = newRevision(set, 2, 0);
  const names = { old: current.metadata.name ?? '', update: update.metadata.name ?? '' };
  const result = plan({
    set,
    pods: pods(set, state, names.old, names.update),
    current,
    update,
    collisionCount: 0,
    claim: () => undefined,
    now,
    ...more,
  });
  const steps = result.phases.flatMap((phase) => phase.work.flat());
  const verbs = { createPod: '+', deletePod: '-', createMissingClaims: 'c', repairPod: 'r', repairClaims: 'o' };
  return {
    ...result,
    names,
    created: steps.flatMap((step) => (step.do === 'createPod' ? [step.pod] : [])),
    text: steps.map((step) => `${verbs[step.do]}${step.pod.metadata.name?.slice(4)}`).join(' '),
  };
}

describe('in order', () => {
  it.each([
    ['nothing yet', '', '+0', { pod: 'web-0', until: 'ready' }],
    ['the first is pending', '0?', 'c0', { pod: 'web-0', until: 'ready' }],
    ['the first is not ready', '0!', '', { pod: 'web-0', until: 'ready' }],
    ['the first is ready', '0', '+1', { pod: 'web-1', until: 'ready' }],
    ['one in the middle is missing', '0 2', '+1', { pod: 'web-1', until: 'ready' }],
    ['one terminates', '0 1~ 2', '', { pod: 'web-1', until: 'gone' }],
    ['one failed', '0 1x 2', '-1', { pod: 'web-1', until: 'gone' }],
    ['one failed and goes', '0 1x~ 2', '', { pod: 'web-1', until: 'gone' }],
    ['all are well', '0 1 2', '', undefined],
    ['one is too many', '0 1 2 3', '-3', undefined],
    ['two are too many', '0 1 2 3 4', '-4', undefined],
    ['the one too many goes already', '0 1 2 3~', '', { pod: 'web-3', until: 'gone' }],
    ['a kept one is unwell while scaling down', '0! 1 2 3', '', { pod: 'web-0', until: 'ready' }],
    ['the one too many is the unwell one', '0 1 2 3!', '-3', undefined],
    ['a lower one too many is unwell', '0 1 2 3! 4', '-4', undefined],
    ['two too many are unwell', '0 1 2 3! 4!', '', { pod: 'web-3', until: 'ready' }],
    ['scaling comes before updating', '0o 1o 2o 3', '-3', undefined],
    ['old ones go from the top', '0o 1o 2o', '-2', undefined],
    ['one at a time', '0o 1o 2!', '', { pod: 'web-2', until: 'ready' }],
    ['the next one', '0o 1o 2', '-1', undefined],
  ])('%s', (_, state, text, waitsFor) => {
    const decided = decide(state);
    expect(decided.text).toBe(text);
    expect(decided.waitsFor).toEqual(waitsFor);
  });
});

describe('in parallel', () => {
  it.each([
    ['nothing yet', '', '+0 +1 +2'],
    ['some are there', '0! 2?', '+1 c2'],
    ['too many, some unwell', '0! 1 2 3! 4', '-4 -3'],
    ['failed ones', '0x 1 2x', '-0 -2'],
    ['a terminating one', '0~ 1 2', ''],
    ['old ones still go one at a time', '0o 1o 2o', '-2'],
    ['and wait for unwell ones above', '0o 1o 2!', ''],
  ])('%s', (_, state, text) => {
    expect(decide(state, { podManagementPolicy: 'Parallel' }).text).toBe(text);
  });
});

describe('update strategies', () => {
  const partition = (p: number): Partial<StatefulSetSpec> => ({
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: p } },
  });
  const maxUnavailable = (count: number | string, more: Partial<StatefulSetSpec> = {}): Partial<StatefulSetSpec> => ({
    replicas: 5,
    podManagementPolicy: 'Parallel',
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0, maxUnavailable: count } },
    ...more,
  });

  it.each([
    ['a partition', '0o 1o 2o', partition(2), '-2'],
    ['a partition that is reached', '0o 1o 2', partition(2), ''],
    ['a partition beyond the end', '0o 1o 2o', partition(3), ''],
    ['a partition counted from the first ordinal', '4o 5o 6', { ...partition(2), ordinals: { start: 4 } }, ''],
    ['a partition counted from the first ordinal', '4o 5o 6', { ...partition(1), ordinals: { start: 4 } }, '-5'],
    ['no partition', '0o 1o 2', { updateStrategy: { type: 'RollingUpdate' as const } }, '-1'],
    ['OnDelete', '0o 1o 2o', { updateStrategy: { type: 'OnDelete' as const } }, ''],
    ['maxUnavailable, which the gate leaves out', '0o 1o 2o 3o 4o', maxUnavailable(2), '-4'],
  ])('%s: %s', (_, state, spec, text) => {
    expect(decide(state, spec).text).toBe(text);
  });

  it.each([
    ['0o 1o 2o 3o 4o', maxUnavailable(2), '-4 -3'],
    ['0o 1o 2o 3o 4!', maxUnavailable(2), '-3'],
    ['0! 1o 2o 3o 4!', maxUnavailable(2), ''],
    ['0o 1o 2o 3o 4o', maxUnavailable('50%'), '-4 -3'],
    ['0o 1o 2o 3o 4o', maxUnavailable('1%'), '-4'],
  ])('maxUnavailable with its gate on: %s', (state, spec, text) => {
    expect(decide(state, spec, { isMaxUnavailableOn: true }).text).toBe(text);
  });

  it('a pod below the partition comes back as it was', () => {
    const { created, names } = decide('0o 2', partition(2));
    expect(
      created.map((p) => [p.metadata.name, p.metadata.labels?.[revisionLabel], p.spec.containers[0]?.image]),
    ).toEqual([['web-1', names.old, 'old']]);
  });

  it('without a partition, a pod comes back as it was while the set has so many old ones', () => {
    const spec = { updateStrategy: { type: 'RollingUpdate' as const } };
    const revision = (state: string, currentReplicas: number) => {
      const { created, names } = decide(state, spec, {}, { currentReplicas });
      return created[0]?.metadata.labels?.[revisionLabel] === names.old ? 'old' : 'new';
    };
    expect([revision('1o 2', 2), revision('0o 2', 1)]).toEqual(['old', 'new']);
  });
});

describe('status', () => {
  it('counts', () => {
    const { status, names } = decide('0o 1!~ 2 3?', { minReadySeconds: 10 });
    expect(status).toEqual({
      observedGeneration: 1,
      replicas: 4,
      readyReplicas: 2,
      availableReplicas: 2,
      currentReplicas: 1,
      updatedReplicas: 2,
      currentRevision: names.old,
      updateRevision: names.update,
      collisionCount: 0,
    });
    expect(decide('0 1', { minReadySeconds: 11 }).status.availableReplicas).toBe(0);
  });

  it('is all there is while the set is being deleted', () => {
    const set = webSet({}, { deletionTimestamp: '2026-01-01T00:00:00Z' });
    expect(decide('0x', {}, { set }).phases).toEqual([]);
  });
});
