import type { Board, DnsAnswer, HeadlessName, ServiceView, Slot } from '../../../lib/board/model';
import { DnsAbsences } from '../../board/DnsAbsences';
import { DnsCard } from '../../board/DnsCard';
import { DnsPanel } from '../../board/DnsPanel';
import { aBoard, absences, anAnswer, aSrvAnswer, aPod, aSlot, slotIn } from '../../board/fixtures';
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

/** Worked out, so that it has no time and no TTL. */
const derived = (addresses: string[]): DnsAnswer => ({ status: 'answered', addresses });

const service = 'nginx.default.svc.cluster.local';
const askedFor = (names: HeadlessName[], ports: Board['dns']['ports'] = []): Board['dns'] => ({
  source: 'asked',
  names,
  ports,
  absences: [],
});

/** The headless name in each of its states, one panel each. */
const headless: Record<string, Board['dns']> = {
  'a cache still gives an address that is gone': askedFor([
    { name: service, answer: anAnswer(['10.244.1.8', '10.244.9.9']), gone: ['10.244.9.9'] },
  ]),
  'no such name, and remembered': askedFor(
    [{ name: service, answer: anAnswer([]), gone: [] }],
    [{ name: `_web._tcp.${service}`, answer: aSrvAnswer([]) }],
  ),
  'no answer': askedFor([
    { name: service, answer: anAnswer([], { status: 'failed', ttlSeconds: undefined }), gone: [] },
  ]),
  'not asked yet': askedFor([{ name: service, answer: { status: 'unknown', addresses: [] }, gone: [] }]),
};

const published = (of: ServiceView): ServiceView => ({ ...of, publishNotReady: true });

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
      name: 'names',
      draw: () => (
        <div className="grid grid-cols-[repeat(auto-fill,minmax(19rem,1fr))] gap-5">
          {Object.entries(headless).map(([text, dns]) => (
            <DnsPanel key={text} board={aBoard([], { dns, services: aBoard([set]).services.map(published) })} />
          ))}
        </div>
      ),
    },
    {
      name: 'absences',
      draw: () => (
        <div className="grid grid-cols-[repeat(auto-fill,minmax(19rem,1fr))] gap-5">
          <DnsAbsences absences={absences} isAsked />
          <DnsAbsences absences={absences} isAsked={false} />
          <DnsAbsences absences={[]} isAsked />
        </div>
      ),
    },
    {
      name: 'panel-derived',
      draw: () => (
        <DnsPanel
          board={aBoard([set], {
            dns: {
              source: 'derived',
              problem: 'pods "coredns-0" is forbidden: User "ana" cannot create resource "pods/portforward"',
              names: [{ name: 'nginx.default.svc.cluster.local', answer: derived(['10.244.1.8']), gone: [] }],
              ports: [],
              absences: [],
            },
          })}
        />
      ),
    },
    { name: 'panel-empty', draw: () => <DnsPanel board={aBoard([])} /> },
  ],
};
