import type { Board, EventView, Slot, SlotState } from '../board/model';
import type { Change, Moment } from './change';
import { changedSlots } from './changedSlots';
import type { History } from './history';
import { changedPairs } from './pairs';

/** One ordinal of one set, through all the lives it has had. Times are the server's, in milliseconds. */
export interface Lane {
  set: string;
  ordinal: number;
  /** `web-1` */
  name: string;
  /** Oldest first; where there is none, the slot was not there. */
  spans: Span[];
  /** Events of its pod and its claims, oldest first. */
  marks: Mark[];
}

/** A slot in one state, with one pod or with none. */
export interface Span {
  state: SlotState;
  from: number;
  /** Absent: it still is. */
  until?: number;
  /** Of the pod; absent when there was none. */
  uid?: string;
  life?: number;
  /** The pod's own status as kubectl prints it, as it was last: `ImagePullBackOff`. */
  status?: string;
}

export interface Mark {
  at: number;
  uid: string;
  type: EventView['type'];
  reason: string;
  message: string;
}

/** A stretch of time that nobody watched. */
export interface Gap {
  from: number;
  until: number;
}

export interface Lanes {
  lanes: Lane[];
  gaps: Gap[];
}

/** By set, then by ordinal. */
export function lanesOf(history: History): Lanes {
  const fold = new LaneFold(history.start);
  for (const change of history.changes) fold.take(change);
  return fold.result();
}

/** The same, change by change: lanes that a change does not touch stay the same objects. */
export class LaneFold {
  private readonly lanes = new Map<string, Lane>();
  private readonly gaps: Gap[] = [];

  constructor(start: Moment) {
    this.begin(start.board, start.at);
    for (const event of start.board.events.toReversed())
      if (event.lastAt >= start.at) this.mark(start.board, event, start.at);
  }

  take(change: Change): void {
    const { before, after, at, unseenSince } = change;
    if (unseenSince !== undefined) return this.leap(change, unseenSince);
    if (before.sets !== after.sets) this.slotsChanged(before, after, at);
    if (before.events !== after.events) this.eventsChanged(before, after, at);
  }

  result(): Lanes {
    const lanes = [...this.lanes.values()].sort((a, b) => compare(a.set, b.set) || a.ordinal - b.ordinal);
    return { lanes, gaps: [...this.gaps] };
  }

  /** Whatever was when nobody looked: what was open ends where the watching ended, and begins anew. */
  private leap({ after, at }: Change, unseenSince: number): void {
    this.gaps.push({ from: unseenSince, until: at });
    for (const [key, lane] of this.lanes) this.lanes.set(key, closed(lane, unseenSince));
    this.begin(after, at);
  }

  private begin(board: Board, at: number): void {
    for (const { name, slots } of board.sets) for (const slot of slots) this.open(keyOf(name, slot), name, slot, at);
  }

  private slotsChanged(before: Board, after: Board, at: number): void {
    for (const pair of changedSlots(before, after)) {
      const set = (pair.setAfter ?? pair.setBefore)?.name ?? '';
      if (pair.after) {
        this.open(keyOf(set, pair.after), set, pair.after, at);
        continue;
      }
      const key = keyOf(set, pair.before);
      const lane = this.lanes.get(key);
      if (lane) this.lanes.set(key, closed(lane, at));
    }
  }

  private open(key: string, set: string, slot: Slot, at: number): void {
    const lane = this.lanes.get(key) ?? { set, ordinal: slot.ordinal, name: slot.name, spans: [], marks: [] };
    const last = lane.spans.at(-1);
    const next = spanOf(slot, at);
    if (last && last.until === undefined && isSame(last, next)) {
      if (last.status === next.status) return;
      this.lanes.set(key, { ...lane, spans: [...lane.spans.slice(0, -1), { ...next, from: last.from }] });
      return;
    }
    this.lanes.set(key, { ...lane, spans: [...closed(lane, at).spans, next] });
  }

  private eventsChanged(before: Board, after: Board, at: number): void {
    const changed = changedPairs(before.events, after.events, (event) => event.uid);
    for (const { before: old, after: event } of changed.toReversed()) {
      if (event && old?.count !== event.count) this.mark(after, event, at);
    }
  }

  private mark(board: Board, event: EventView, at: number): void {
    const key = laneOfEvent(board, event.object);
    const lane = key === undefined ? undefined : this.lanes.get(key);
    if (key === undefined || !lane) return;
    const { uid, type, reason, message } = event;
    this.lanes.set(key, { ...lane, marks: [...lane.marks, { at, uid, type, reason, message }] });
  }
}

function keyOf(set: string, { ordinal }: Slot): string {
  return `${set}/${ordinal}`;
}

function spanOf({ state, pod, life }: Slot, from: number): Span {
  return pod ? { state, from, uid: pod.uid, life, status: pod.status } : { state, from };
}

function isSame(a: Span, b: Span): boolean {
  return a.state === b.state && a.uid === b.uid;
}

function closed(lane: Lane, at: number): Lane {
  const last = lane.spans.at(-1);
  if (!last || last.until !== undefined) return lane;
  // Two changes within the same millisecond: what was for no time is not shown.
  const spans = last.from === at ? lane.spans.slice(0, -1) : [...lane.spans.slice(0, -1), { ...last, until: at }];
  return { ...lane, spans };
}

function laneOfEvent(board: Board, object: string): string | undefined {
  const [kind, name] = object.split('/');
  const isMeant = ({ name: pod, claims }: Slot) =>
    kind === 'Pod' ? pod === name : kind === 'PersistentVolumeClaim' && claims.some((claim) => claim.name === name);
  for (const set of board.sets) {
    const slot = set.slots.find(isMeant);
    if (slot) return keyOf(set.name, slot);
  }
  return undefined;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Reads a history that grows: only what is new is folded, as long as its start stays. */
export class LaneReader {
  private fold: LaneFold | undefined;
  private start: Moment | undefined;
  private count = 0;
  private last: Change | undefined;
  private lanes: Lanes = { lanes: [], gaps: [] };

  read(history: History): Lanes {
    const { start, changes } = history;
    const isSequel = this.start === start && changes.length >= this.count && changes[this.count - 1] === this.last;
    if (!this.fold || !isSequel) {
      this.fold = new LaneFold(start);
      this.start = start;
      this.count = 0;
    } else if (changes.length === this.count) {
      return this.lanes;
    }
    for (const change of changes.slice(this.count)) this.fold.take(change);
    this.count = changes.length;
    this.last = changes.at(-1);
    this.lanes = this.fold.result();
    return this.lanes;
  }
}
