import { describe, expect, it } from 'vitest';
import type { StatefulSetView } from '../../lib/board/model';
import { aPod, aSet, aSlot } from '../board/fixtures';
import type { Line, Outcome } from './outcome';
import { undoPlan, updatePlan, type UpdateOptions } from './updatePlan';

const three = aSet([aSlot(0), aSlot(1), aSlot(2)]);
const asked = (options: Partial<UpdateOptions>, set: StatefulSetView = three) =>
  updatePlan('lab', set, { what: 'image', reach: 'asSet', ...options });

/** Each line as its key and the names in it. */
const told = (outcome: Outcome) =>
  Object.fromEntries(
    (Object.entries(outcome) as [string, Line[]][]).map(([part, lines]) => [
      part,
      lines.map(({ key, values }) => [key, values?.['names'] ?? ''].join(' ').trim()),
    ]),
  );

describe('a new image', () => {
  const image = 'nginx-slim:0.9';
  const setImage = {
    kind: 'setImage',
    namespace: 'lab',
    workload: 'statefulset',
    name: 'web',
    container: 'nginx',
    image,
  };

  it('replaces all pods from the top, and leaves their names and claims', () => {
    const { actions, outcome } = asked({ image });
    expect(actions).toEqual([setImage]);
    expect(told(outcome)).toEqual({
      goes: ['podsLastFirst web-2, web-1, web-0', 'layer'],
      comes: ['revisionNew'],
      stays: ['identities web-2, web-1, web-0', 'claims www-web-2, www-web-1, www-web-0'],
      then: ['rollsDown'],
    });
  });

  it('as a canary reaches the last one: the partition comes first', () => {
    const { title, actions, outcome } = asked({ image, reach: 'canary' });
    expect(title).toBe('canary');
    expect(actions).toEqual([
      { kind: 'setStrategy', namespace: 'lab', set: 'web', strategy: { type: 'RollingUpdate', partition: 2 } },
      setImage,
    ]);
    expect(told(outcome)).toMatchObject({ goes: ['podsLastFirst web-2', 'layer'], then: ['heldBack web-0, web-1'] });
  });

  it('counts a partition from the first ordinal on', () => {
    const set = aSet([aSlot(5), aSlot(6), aSlot(7)], { start: 5, partition: 2 });
    expect(told(asked({ image }, set).outcome)).toMatchObject({
      goes: ['podsLastFirst web-7', 'layer'],
      then: ['heldBack web-5, web-6'],
    });
  });

  it('replaces nobody OnDelete', () => {
    const set = aSet([aSlot(0), aSlot(1)], { strategy: 'OnDelete' });
    expect(told(asked({ image }, set).outcome)).toMatchObject({
      goes: [],
      stays: [],
      then: ['whenDeleted web-0, web-1'],
    });
  });

  it.each(['', 'a b', 'a=b'])('is not asked for as %j', (text) => expect(asked({ image: text }).actions).toEqual([]));
  it('that is the old one changes nothing', () => {
    expect(asked({}).actions).toEqual([]);
    expect(told(asked({}).outcome).then).toEqual(['imageSame']);
  });
});

describe('another strategy', () => {
  const updating = aSet([aSlot(0), aSlot(1), aSlot(2, { pod: aPod(2, { revision: 'web-new' }) })], {
    partition: 2,
    updateRevision: 'web-new',
  });

  it('lets go of those that the partition held', () => {
    const { actions, outcome } = asked({ what: 'strategy', partition: '1' }, updating);
    expect(actions).toMatchObject([{ kind: 'setStrategy', strategy: { type: 'RollingUpdate', partition: 1 } }]);
    expect(told(outcome)).toMatchObject({ goes: ['podsLastFirst web-1', 'layer'], then: ['heldBack web-0'] });
  });

  it('says what it means for the next revision when all are of the newest', () => {
    expect(told(asked({ what: 'strategy', type: 'OnDelete' }).outcome).then).toEqual(['nextOnDelete']);
    expect(told(asked({ what: 'strategy', partition: '2' }).outcome).then).toEqual(['nextPartition']);
  });

  it.each(['', '-1', 'two', '1.5'])('takes no partition %j', (partition) => {
    expect(asked({ what: 'strategy', partition }).actions).toEqual([]);
  });
});

it('a restart replaces all, though the image stays', () => {
  const { actions, outcome } = asked({ what: 'restart' });
  expect(actions).toEqual([{ kind: 'restart', namespace: 'lab', workload: 'statefulset', name: 'web' }]);
  expect(told(outcome)).toMatchObject({
    goes: ['podsLastFirst web-2, web-1, web-0', 'layer'],
    comes: ['revisionRestart'],
  });
});

describe('a rollback', () => {
  const old = { name: 'web-old', number: 1, images: ['nginx:1'], ordinals: [0], isCurrent: true, isUpdate: false };
  const set = aSet([aSlot(0, { pod: aPod(0, { revision: 'web-old' }) }), aSlot(1)], { revisions: [old] });

  it('replaces those that do not run that revision already', () => {
    const { actions, outcome } = undoPlan('lab', set, 1);
    expect(actions).toEqual([{ kind: 'undo', namespace: 'lab', set: 'web', revision: 1 }]);
    expect(told(outcome)).toMatchObject({ goes: ['podsLastFirst web-1', 'layer'], comes: ['revisionAgain'] });
  });

  it('is not asked for to a revision that is forgotten', () => expect(undoPlan('lab', set, 9).actions).toEqual([]));
});
