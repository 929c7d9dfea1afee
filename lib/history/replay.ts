import type { Position } from '../stream/protocol';
import { countAt, countTo, latest, momentAfter, type History } from './history';

export const speeds = [0.25, 1, 4] as const;
export type Speed = (typeof speeds)[number];

/** What of a history is shown. Times are milliseconds of the server's clock, but for `since`. */
export type Replay =
  | { mode: 'live'; speed: Speed }
  /** `at` is unknown while a version was asked for whose history is not there yet. */
  | { mode: 'paused'; speed: Speed; position: Position; at?: number }
  /** At `since` of the looker's clock it was at `from`. */
  | { mode: 'playing'; speed: Speed; from: number; since: number };

export type Command =
  | { kind: 'live' }
  | { kind: 'pause' }
  | { kind: 'play'; speed?: Speed }
  | { kind: 'seek'; at: number }
  /** So many changes forward or back. */
  | { kind: 'step'; by: number }
  | { kind: 'goTo'; position: Position }
  /** Time has passed. */
  | { kind: 'tick' };

/** Between two moments: which time, and how many changes had happened by then. */
export interface Cursor {
  at: number;
  count: number;
}

/** Played from live, it goes back so far first: what just happened, once more. */
const backFromLiveMs = 30_000;

export const liveReplay: Replay = { mode: 'live', speed: 1 };

/** The newest time that can be shown: now, or where a recording ends. */
export function endOf(history: History, now: number): number {
  return Math.max(history.until ?? now, latest(history).at);
}

export function cursorOf(replay: Replay, history: History, now: number): Cursor {
  const end = endOf(history, now);
  if (replay.mode === 'live') return { at: end, count: history.changes.length };
  if (replay.mode === 'playing') {
    const at = Math.min(replay.from + (now - replay.since) * replay.speed, end);
    return { at, count: countAt(history, at) };
  }
  const count = countTo(history, replay.position) ?? countAt(history, replay.at ?? history.start.at);
  return { at: replay.at ?? momentAfter(history, count).at, count };
}

/** The next state; the same object when nothing changes. Without a history there is only `live` and `goTo`. */
export function replayed(replay: Replay, command: Command, history: History | undefined, now: number): Replay {
  const { speed } = replay;
  if (command.kind === 'goTo') return { mode: 'paused', speed, position: command.position };
  if (!history) return command.kind === 'live' ? { mode: 'live', speed } : replay;
  const cursor = cursorOf(replay, history, now);
  switch (command.kind) {
    case 'live':
      return atEnd(speed, history);
    case 'pause':
      return replay.mode === 'paused' ? replay : pausedAfter(speed, history, cursor.count, cursor.at);
    case 'play':
      return played(command.speed ?? speed, replay, cursor, history, now);
    case 'seek':
      return sought(replay, command.at, history, now);
    case 'step':
      return stepped(speed, history, cursor.count, command.by);
    case 'tick':
      return replay.mode === 'playing' && cursor.at >= endOf(history, now) ? atEnd(speed, history) : replay;
  }
}

/** A recording has no live: there it stands at its end. */
function atEnd(speed: Speed, history: History): Replay {
  if (history.until === undefined) return { mode: 'live', speed };
  return { mode: 'paused', speed, position: latest(history).position, at: history.until };
}

function pausedAfter(speed: Speed, history: History, count: number, at?: number): Replay {
  const moment = momentAfter(history, count);
  return { mode: 'paused', speed, position: moment.position, at: at ?? moment.at };
}

function played(speed: Speed, replay: Replay, { at }: Cursor, history: History, now: number): Replay {
  const end = endOf(history, now);
  let from = at;
  if (replay.mode === 'live') from = Math.max(history.start.at, end - backFromLiveMs);
  else if (at >= end) from = history.start.at;
  return { mode: 'playing', speed, from, since: now };
}

function sought(replay: Replay, wanted: number, history: History, now: number): Replay {
  const { speed } = replay;
  if (wanted >= endOf(history, now)) return atEnd(speed, history);
  const at = Math.max(wanted, history.start.at);
  if (replay.mode === 'playing') return { ...replay, from: at, since: now };
  return pausedAfter(speed, history, countAt(history, at), at);
}

function stepped(speed: Speed, history: History, count: number, by: number): Replay {
  const wanted = Math.min(Math.max(count + by, 0), history.changes.length);
  return pausedAfter(speed, history, wanted);
}
