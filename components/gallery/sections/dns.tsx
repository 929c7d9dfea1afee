import type { DnsAnswer, Slot } from '../../../lib/board/model';
import { DnsCard } from '../../board/DnsCard';
import { DnsPanel } from '../../board/DnsPanel';
import { aBoard, anAnswer, aPod, aSlot, slotIn } from '../../board/fixtures';
import { setNamed } from '../renamed';
import type { Section } from '../scene';

const answers: Record<DnsAnswer['status'], Slot> = {
  answered: aSlot(0),
  nxdomain: aSlot(1, { dns: anAnswer([]) }),
  nodata: aSlot(2, { dns: anAnswer([], { status: 'nodata' }) }),
  failed: aSlot(3, { dns: anAnswer([], { status: 'failed' }) }),
  unknown: aSlot(4, { dns: { status: 'unknown', addresses: [] } }),
};

const shown: Slot[] = [
  ...Object.values(answers),
  { ...aSlot(5), dnsName: '' },
  // A cache that still gives the former address, and a name that has come to a new one.
  aSlot(6, { dns: anAnswer(['10.244.9.9']) }),
  aSlot(7, { pod: aPod(7, { ip: '10.244.1.99' }), life: 2, lives: slotIn('starting', 7).lives }),
];

const set = setNamed('db', [aSlot(0), slotIn('starting', 1), aSlot(2)]);

export const dns: Section = {
  name: 'dns',
  scenes: [
    {
      name: 'answers',
      draw: () => (
        <div className="grid auto-rows-[4.375rem] grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-3">
          {shown.map((slot) => (
            <DnsCard key={slot.name} slot={slot} />
          ))}
        </div>
      ),
    },
    { name: 'panel', draw: () => <DnsPanel board={aBoard([set])} /> },
    {
      name: 'panel-derived',
      draw: () => (
        <DnsPanel
          board={aBoard([set], {
            dns: { source: 'derived', names: [{ name: 'nginx.default.svc.cluster.local', answer: anAnswer([]) }] },
          })}
        />
      ),
    },
    { name: 'panel-empty', draw: () => <DnsPanel board={aBoard([])} /> },
  ],
};
