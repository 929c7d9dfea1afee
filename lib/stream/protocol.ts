import type { Board } from '../board/model';
import type { BoardPatch } from './diff';
import type { FreshnessCause, KindFreshness } from './freshness';

/**
 * What travels between the dashboard's server and a page. A page says which namespaces it looks at and what it already
 * has; the server answers with a snapshot, or with the changes since, and from then on sends every change in order.
 * All times are milliseconds in the server's clock; `offset` in `components/live` brings them into the page's.
 */
export const protocolVersion = 1;

/** Below the base path. The trailing slash matters: it keeps Next's own upgrade listener away. */
export const streamPath = '/socket.io/';

/**
 * Where a board stands. `epoch` names one life of the server's history of that namespace: versions of different epochs
 * cannot be compared, so after a restart of the server everybody takes a snapshot.
 */
export interface Position {
  epoch: string;
  version: number;
}

/** Server → page: all of a board. */
export interface SnapshotFrame extends Position {
  namespace: string;
  sentAt: number;
  /** When the board came to be as it is. */
  at: number;
  board: Board;
}

/**
 * Server → page: the changes after `from`, one patch for each version, in order: the board's version is then
 * `from + patches.length`. A page that is not at `from` has missed something and asks for a snapshot.
 */
export interface PatchFrame {
  namespace: string;
  epoch: string;
  from: number;
  sentAt: number;
  patches: BoardPatch[];
  /** When the server saw each of them. */
  times: number[];
}

/** Server → page, every `healthPeriodMs` and whenever it changes: how the server stands with the cluster. */
export interface HealthFrame {
  namespace: string;
  sentAt: number;
  /** The newest version the server has sent: a page that is behind for longer than a moment has missed a frame. */
  epoch: string;
  version: number;
  state: 'live' | 'stale';
  cause?: FreshnessCause;
  of?: string[];
  message?: string;
  trueAt?: number;
  lastEventAt?: number;
  lastSyncAt?: number;
  kinds?: KindFreshness[];
  viewers: number;
}

/** Page → server. `have` is what the page holds, to be brought up to date from there if the server still can. */
export interface WatchRequest {
  namespace: string;
  have?: Position;
}

export interface ServerToPage {
  snapshot: (frame: SnapshotFrame) => void;
  patch: (frame: PatchFrame) => void;
  health: (frame: HealthFrame) => void;
}

export interface PageToServer {
  watch: (request: WatchRequest) => void;
  unwatch: (namespace: string) => void;
  /** Answers with the server's clock, for the page to know the difference. */
  time: (answer: (serverMs: number) => void) => void;
}

export const healthPeriodMs = 2000;

/** With no sign from the server for this long, a page says so. Under 5 s, and over two health periods' worth of bad luck. */
export const serverSilenceMs = 4500;

/** `epoch.version`, as it stands in the address bar (`?at=`) and in `data-version`. */
export function formatPosition(position: Position): string {
  return `${position.epoch}.${position.version}`;
}

export function parsePosition(text: string): Position | undefined {
  const match = /^([a-z0-9]{1,32})\.([0-9]{1,15})$/.exec(text);
  return match?.[1] === undefined ? undefined : { epoch: match[1], version: Number(match[2]) };
}
