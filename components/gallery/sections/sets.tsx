import type { RevisionView, Slot } from '../../../lib/board/model';
import { allStates, aPod, aSlot, fixtureNow, formerLife, slotIn } from '../../board/fixtures';
import { SetList } from '../../board/SetList';
import { SetSection } from '../../board/SetSection';
import { setNamed } from '../renamed';
import type { Section } from '../scene';

const newRevision = 'web-7f9b4d6c88';
const updated = aSlot(2, {
  pod: aPod(2, { revision: newRevision, uid: '9c0ffee1', createdAt: fixtureNow - 9000, startedAt: fixtureNow - 8000 }),
  life: 2,
  lives: [formerLife(2, 1, { end: 'updated', ip: aPod(2).ip })],
});
const revisions = (update: number[], current: number[]): RevisionView[] => [
  {
    name: newRevision,
    number: 2,
    createdAt: fixtureNow - 12_000,
    images: ['k8s.gcr.io/nginx-slim:0.9'],
    ordinals: update,
    isCurrent: false,
    isUpdate: true,
  },
  {
    name: 'web-6c5c7fd59b',
    number: 1,
    createdAt: fixtureNow - 381_000,
    images: ['k8s.gcr.io/nginx-slim:0.8'],
    ordinals: current,
    isCurrent: true,
    isUpdate: false,
  },
];
const held = (ordinal: number, waitsFor: Slot['waitsFor']): Slot => aSlot(ordinal, { waitsFor });

/** The last ordinal tries the new revision, and the partition holds the others. */
export const canary = setNamed(
  'canary',
  [held(0, { code: 'partition', subject: '2' }), held(1, { code: 'partition', subject: '2' }), updated],
  { partition: 2, updateRevision: newRevision, revisions: revisions([2], [0, 1]) },
);
const onDelete = setNamed(
  'on-delete',
  [held(0, { code: 'onDelete', subject: 'web-0' }), held(1, { code: 'onDelete', subject: 'web-1' }), updated],
  { strategy: 'OnDelete', updateRevision: newRevision, revisions: revisions([2], [0, 1]) },
);

const three = [aSlot(0), aSlot(1), aSlot(2)];

/** One in each state, then so many that the list has to be scrolled. */
const many = [
  ...allStates.map((state) => setNamed(`is-${state}`, [aSlot(0), slotIn(state, 1)])),
  ...Array.from({ length: 40 }, (_, index) => setNamed(`class-${index}`, three)),
];

export const sets: Section = {
  name: 'sets',
  scenes: [
    { name: 'list', draw: () => <SetList sets={many} /> },
    { name: 'empty', draw: () => <SetSection set={setNamed('none', [])} /> },
    {
      name: 'service-missing',
      draw: () => (
        <SetSection
          set={setNamed('nameless', [{ ...aSlot(0), dnsName: '' }, slotIn('waiting', 1)], { service: 'missing' })}
        />
      ),
    },
    {
      name: 'service-not-headless',
      draw: () => <SetSection set={setNamed('balanced', [{ ...aSlot(0), dnsName: '' }], { service: 'notHeadless' })} />,
    },
    {
      name: 'updating',
      draw: () => (
        <SetSection set={setNamed('updating', three, { updateRevision: 'web-7f9b4d6c88', policy: 'Parallel' })} />
      ),
    },
    { name: 'partition', draw: () => <SetSection set={canary} /> },
    { name: 'on-delete', draw: () => <SetSection set={onDelete} /> },
    {
      name: 'terminating',
      draw: () => (
        <SetSection set={setNamed('ending', [slotIn('terminating', 0)], { terminating: true, strategy: 'OnDelete' })} />
      ),
    },
    {
      name: 'many',
      draw: () => (
        <SetSection
          set={setNamed(
            'many',
            Array.from({ length: 200 }, (_, ordinal) => aSlot(ordinal)),
          )}
        />
      ),
    },
  ],
};
