import { allStates, aSlot, slotIn } from '../../board/fixtures';
import { SetList } from '../../board/SetList';
import { SetSection } from '../../board/SetSection';
import { setNamed } from '../renamed';
import type { Section } from '../scene';

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
        <SetSection
          set={setNamed('updating', three, { partition: 2, updateRevision: 'web-7f9b4d6c88', policy: 'Parallel' })}
        />
      ),
    },
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
