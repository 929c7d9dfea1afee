import type { Reason, Slot } from '../../../lib/board/model';
import { allStates, aPod, aSlot, fixtureNow, formerLife, slotIn } from '../../board/fixtures';
import { Explanation } from '../../board/Explanation';
import { SetSection } from '../../board/SetSection';
import { setNamed } from '../renamed';
import type { Section } from '../scene';

/** Each reason in the state it comes with. The type asks for all of them. */
const reasons: Record<Reason['code'], Slot> = {
  predecessor: slotIn('waiting', 0),
  successor: waiting('terminating', { code: 'successor', subject: 'web-5' }),
  claimPending: slotIn('pending', 2),
  unschedulable: waiting('pending', {
    code: 'unschedulable',
    message:
      '0/2 nodes are available: 2 Insufficient cpu. preemption: 0/2 nodes are available: 2 No preemption victims found.',
  }),
  pulling: slotIn('starting', 4),
  imagePull: waiting('failed', {
    code: 'imagePull',
    subject: 'registry.k8s.io/nginx-slim:9.9',
    message: 'Back-off pulling image "registry.k8s.io/nginx-slim:9.9": not found',
  }),
  crashLoop: slotIn('failed', 6),
  starting: waiting('starting', { code: 'starting' }),
  readiness: slotIn('unready', 8),
  terminating: slotIn('terminating', 9),
  creating: waiting('waiting', { code: 'creating' }),
  createFailed: waiting('waiting', {
    code: 'createFailed',
    message: 'create Pod web-11 in StatefulSet web failed error: pods "web-11" is forbidden: exceeded quota: small',
  }),
  partition: { ...aSlot(12), waitsFor: { code: 'partition', subject: '15' } },
  onDelete: { ...aSlot(13), waitsFor: { code: 'onDelete', subject: 'web-13' } },
  revision: { ...aSlot(14), waitsFor: { code: 'revision', subject: 'web-15' } },
  other: waiting('pending', { code: 'other', message: 'pod has something that nobody thought of' }),
};

function waiting(state: Slot['state'], waitsFor: Reason): Slot {
  return { ...slotIn(state, 0), waitsFor };
}

/** The fixture of a state, at another ordinal: every name in it follows. */
function at(slot: Slot, ordinal: number): Slot {
  const move = (_key: string, value: unknown) =>
    typeof value === 'string' ? value.replaceAll(`web-${slot.ordinal}`, `web-${ordinal}`) : value;
  return { ...(JSON.parse(JSON.stringify(slot, move)) as Slot), ordinal };
}

const allReasons = Object.values(reasons).map(at);

/** Two seconds old, and so still marked strongly; what is older than twenty is marked quietly. */
const secondLife = (ordinal: number, age: number, over: Partial<Slot> = {}): Slot =>
  aSlot(ordinal, {
    pod: aPod(ordinal, {
      ip: '10.244.1.99',
      uid: `3f2a91bc-${ordinal}`,
      createdAt: fixtureNow - age,
      startedAt: fixtureNow - age + 1000,
      readySince: fixtureNow - age + 1000,
    }),
    life: 2,
    lives: [formerLife(ordinal, 1)],
    ...over,
  });
const manyLives = (ordinal: number): Slot =>
  secondLife(ordinal, 90_000, {
    life: 12,
    lives: [
      formerLife(ordinal, 11, { end: 'updated', revision: 'web-7f9b4d6c88', node: 'worker-1' }),
      formerLife(ordinal, 10, { end: 'scaledAway', uid: '77aa', ip: '10.244.1.3' }),
      formerLife(ordinal, 9, {
        end: undefined,
        uid: '66bb',
        claims: [{ name: `www-web-${ordinal}`, uid: 'old', volume: 'pvc-old' }],
      }),
    ],
  });

export const slots: Section = {
  name: 'slots',
  scenes: [
    {
      name: 'states',
      draw: () => <SetSection set={setNamed('states', allStates.slice(0, 5).map(slotIn))} />,
    },
    {
      name: 'more-states',
      draw: () => <SetSection set={setNamed('more', allStates.slice(5).map(slotIn))} />,
    },
    { name: 'reasons', draw: () => <SetSection set={setNamed('why', allReasons.slice(0, 7))} /> },
    { name: 'more-reasons', draw: () => <SetSection set={setNamed('because', allReasons.slice(7))} /> },
    {
      name: 'lives',
      draw: () => (
        <SetSection
          set={setNamed('lives', [
            aSlot(0),
            secondLife(1, 2000),
            secondLife(2, 60_000),
            manyLives(3),
            slotIn('starting', 4),
          ])}
        />
      ),
    },
    { name: 'lives-table', draw: () => <Explanation slot={manyLives(3)} onClose={() => undefined} /> },
    {
      name: 'explanation',
      draw: () => <Explanation slot={reasons.unschedulable} onClose={() => undefined} />,
    },
    {
      name: 'explanation-silent',
      draw: () => <Explanation slot={reasons.creating} onClose={() => undefined} />,
    },
  ],
};
