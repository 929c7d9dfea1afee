/** Made-up boards of a size that a class seldom has, and what changes in them: pods that go and come back, one after the other. */
import { aBoard, aPod, aSet, aSlot, anAnswer, slotIn } from '../../components/board/fixtures';
import type { Board, EventView, Slot, StatefulSetView } from '../../lib/board/model';

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

export function boardOf(shape: string): Board {
  if (shape === 'set') return aBoard([aSet(range(200).map((ordinal) => aSlot(ordinal)))]);
  return aBoard(
    range(100).map((index) => {
      const name = `set-${index}`;
      const slots = range(3).map((ordinal) => ({ ...aSlot(ordinal), name: `${name}-${ordinal}` }));
      return aSet(slots, { name, uid: name });
    }),
  );
}

const steps = ['terminating', 'pending', 'starting', 'ready'] as const;
const mostEvents = 100;

/** The `count`th change: the next step in the life of one pod, with the endpoint, the DNS answer and the event that come with it. */
export function nextBoard(board: Board, count: number): Board {
  const step = steps[count % steps.length] ?? 'ready';
  const turn = Math.floor(count / steps.length);
  // A stride that is no divisor, so that the changes are all over the board.
  const setIndex = (turn * 37) % board.sets.length;
  const set = board.sets[setIndex];
  if (!set) return board;
  const index = (turn * 61) % set.slots.length;
  const slots = set.slots.map((slot, at) => (at === index ? changed(slot, step, count) : slot));
  const sets = board.sets.map((other, at) => (at === setIndex ? counted(set, slots) : other));
  return {
    ...board,
    sets,
    events: [anEvent(count, slots[index]?.name ?? ''), ...board.events].slice(0, mostEvents),
    ...network(board, sets),
  };
}

function changed(slot: Slot, step: (typeof steps)[number], count: number): Slot {
  const { name, ordinal, claims, dnsName } = slot;
  if (step !== 'ready') return { ...slotIn(step, ordinal), name, claims, dnsName };
  const pod = aPod(ordinal, { uid: `pod-${count}`, ip: `10.244.${count % 200}.${ordinal % 250}` });
  return { ...aSlot(ordinal, { pod, dns: anAnswer([pod.ip]), life: 2, lives: slot.lives }), name, claims, dnsName };
}

function counted(set: StatefulSetView, slots: Slot[]): StatefulSetView {
  return { ...set, slots, readyReplicas: slots.filter((slot) => slot.state === 'ready').length };
}

function network(board: Board, sets: StatefulSetView[]): Pick<Board, 'services' | 'dns'> {
  const all = sets.flatMap((set) => set.slots);
  const endpoints = (isReady: boolean) =>
    all.flatMap(({ name, pod }) =>
      pod?.ip && pod.ready === isReady ? [{ ip: pod.ip, hostname: name, pod: name }] : [],
    );
  const ready = endpoints(true);
  return {
    services: board.services.map((service) => ({ ...service, ready, notReady: endpoints(false) })),
    dns: {
      ...board.dns,
      names: board.dns.names.map((of) => ({ ...of, answer: anAnswer(ready.map(({ ip }) => ip)) })),
    },
  };
}

function anEvent(count: number, pod: string): EventView {
  return {
    uid: `event-${count}`,
    type: 'Normal',
    reason: 'Started',
    object: `Pod/${pod}`,
    message: 'Started container nginx',
    count: 1,
    firstAt: Date.now(),
    lastAt: Date.now(),
    source: 'kubelet',
  };
}
