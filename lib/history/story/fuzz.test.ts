import { describe, expect, it } from 'vitest';
import { deriveBoard } from '../../board/derive';
import type { Slot, SlotState } from '../../board/model';
import { World, type PodChange } from '../../board/testing';
import type { Change } from '../change';
import { randomFrom } from '../../stream/testing';
import { sentencesOf } from './story';
import { changeOf } from './testing';

/** Steps between states of a slot that say nothing by themselves, each because something else says it. */
const silent: readonly [from: SlotState, to: SlotState, because: string][] = [
  ['waiting', 'empty', 'the one it waited for is Ready'],
  ['empty', 'waiting', 'another one is not Ready any longer'],
  ['waiting', 'kept', 'the set was scaled down'],
  ['empty', 'kept', 'the set was scaled down'],
  ['kept', 'waiting', 'the set was scaled up'],
  ['kept', 'empty', 'the set was scaled up'],
];

const runs = 20;
const stepsPerRun = 100;

/** What a kubelet may write of a pod, and what after it: a life goes on, never back. */
const shapes = {
  pending: { ready: false, phase: 'Pending', node: '', ip: '' },
  unscheduled: { ready: false, phase: 'Pending', node: '', ip: '', unscheduled: '0/2 nodes are available' },
  creating: { ready: false, phase: 'Pending', waiting: 'ContainerCreating', ip: '' },
  unpulled: { ready: false, phase: 'Pending', waiting: 'ErrImagePull', ip: '' },
  unready: { ready: false },
  ready: { ip: '10.0.0.9' },
  crashed: { ready: false, waiting: 'CrashLoopBackOff' },
  restarted: { ready: false },
  stopping: { deleting: true },
  stopped: { deleting: true, ready: false },
  failed: { ready: false, phase: 'Failed' },
  finished: { ready: false, phase: 'Succeeded' },
} satisfies Record<string, PodChange>;

type Shape = keyof typeof shapes;

const follows: Record<Shape, Shape[]> = {
  pending: ['pending', 'unscheduled', 'creating', 'stopping'],
  unscheduled: ['unscheduled', 'creating', 'stopping'],
  creating: ['creating', 'unpulled', 'unready', 'ready', 'stopping'],
  unpulled: ['unpulled', 'unready', 'ready', 'stopping'],
  unready: ['unready', 'ready', 'crashed', 'failed', 'finished', 'stopping'],
  ready: ['ready', 'unready', 'crashed', 'failed', 'finished', 'stopping'],
  crashed: ['crashed', 'restarted', 'failed', 'stopping'],
  restarted: ['ready', 'crashed', 'stopping'],
  stopping: ['stopping', 'stopped'],
  stopped: ['stopped'],
  failed: ['failed', 'stopped'],
  finished: ['finished', 'stopped'],
};

/** The pods of one run, each in its life. */
class Lives {
  private readonly known = new Map<string, { shape: Shape; restarts: number }>();

  constructor(
    private readonly world: World,
    private readonly pick: (below: number) => number,
  ) {}

  step(): void {
    const { world, pick } = this;
    const name = `web-${pick(4)}`;
    world.later(pick(3));
    const kind = pick(6);
    if (kind === 0) return void world.set(pick(5), pick(2) === 0 ? {} : { podManagementPolicy: 'Parallel' });
    if (kind === 1) return void world.claim('web', pick(4), pick(2) === 0 ? 'Pending' : 'Bound');
    if (kind === 2) {
      this.known.delete(name);
      return void world.gone(name);
    }
    this.goOn(name);
  }

  private goOn(name: string): void {
    const was = this.known.get(name);
    const next = was ? follows[was.shape] : (['pending'] as const);
    const shape = next[this.pick(next.length)] ?? 'pending';
    const restarts = (was?.restarts ?? 0) + (shape === 'restarted' ? 1 : 0);
    this.known.set(name, { shape, restarts });
    if (was) this.world.pod(name, { ...shapes[shape], restarts });
    else this.world.create(name, shapes[shape]);
  }
}

function slotsOf({ before, after }: Change): [Slot, Slot][] {
  return (after.sets[0]?.slots ?? []).flatMap((slot): [Slot, Slot][] => {
    const was = before.sets[0]?.slots.find(({ ordinal }) => ordinal === slot.ordinal);
    return was ? [[was, slot]] : [];
  });
}

function changesOf(seed: number): Change[] {
  const random = randomFrom(seed);
  const world = new World().service().set(3);
  const lives = new Lives(world, (below) => Math.floor(random() * below));
  return Array.from({ length: stepsPerRun }, () => {
    const before = deriveBoard(world.snapshot());
    lives.step();
    return changeOf(before, deriveBoard(world.snapshot()), world.now);
  });
}

describe.each(Array.from({ length: runs }, (_, seed) => seed))('seed %i', (seed) => {
  it('leaves no change of a slot untold, and tells none twice', () => {
    for (const change of changesOf(seed)) {
      const said = sentencesOf(change);
      const about = said.map(
        (one) => `${one.about.kind} ${one.about.name} ${one.about.kind === 'service' ? one.what : ''}`,
      );
      expect(about).toEqual([...new Set(about)]);
      for (const [was, is] of slotsOf(change)) {
        const isSeen = was.state !== is.state || was.pod?.uid !== is.pod?.uid;
        if (!isSeen || said.some((one) => one.about.kind === 'pod' && one.about.name === is.name)) continue;
        const told = `${is.name}: ${was.state} → ${is.state} [${was.pod?.status} → ${is.pod?.status}]`;
        expect(
          silent.some(([from, to]) => from === was.state && to === is.state),
          told,
        ).toBe(true);
      }
    }
  });
});

it('lists as silent only what comes to pass', () => {
  const seen = new Set<string>();
  for (let seed = 0; seed < runs; seed++) {
    for (const change of changesOf(seed)) for (const [was, is] of slotsOf(change)) seen.add(`${was.state} ${is.state}`);
  }
  expect(silent.filter(([from, to]) => !seen.has(`${from} ${to}`))).toEqual([]);
});
