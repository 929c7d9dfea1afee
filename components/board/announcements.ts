import type { Board, Slot, SlotState } from '../../lib/board/model';

/** What a listener should hear of a change: the same that an eye would catch. */
export type Announcement =
  { key: 'state'; name: string; state: SlotState; ip?: string } | { key: 'setGone' | 'setNew'; set: string };

const slotsOf = (board: Board): Map<string, Slot> =>
  new Map(board.sets.flatMap((set) => set.slots.map((slot) => [`${set.name}/${slot.ordinal}`, slot] as const)));

export function announcementsOf(before: Board, after: Board): Announcement[] {
  if (before === after || before.namespace !== after.namespace) return [];
  const had = new Set(before.sets.map((set) => set.name));
  const has = new Set(after.sets.map((set) => set.name));
  const found: Announcement[] = [
    ...[...has].filter((set) => !had.has(set)).map((set) => ({ key: 'setNew' as const, set })),
    ...[...had].filter((set) => !has.has(set)).map((set) => ({ key: 'setGone' as const, set })),
  ];
  const former = slotsOf(before);
  for (const [key, slot] of slotsOf(after)) {
    const was = former.get(key);
    if (was === slot || (was?.state === slot.state && was.pod?.uid === slot.pod?.uid)) continue;
    if (!was && (slot.state === 'waiting' || slot.state === 'empty')) continue;
    const ip = slot.state === 'ready' ? slot.pod?.ip : undefined;
    found.push({ key: 'state', name: slot.name, state: slot.state, ...(ip ? { ip } : {}) });
  }
  return found;
}

/** Of several changes of one slot within a moment only the last is worth hearing. */
export function coalesce(announcements: Announcement[]): Announcement[] {
  const last = new Map<string, Announcement>();
  for (const announcement of announcements) {
    const key = announcement.key === 'state' ? `slot ${announcement.name}` : `set ${announcement.set}`;
    last.delete(key);
    last.set(key, announcement);
  }
  return [...last.values()];
}
