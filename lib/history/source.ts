import type { LabError } from '../errors';
import type { History } from './history';

/** Where a history comes from: the live stream, a recording, or the gallery. */
export interface HistorySource {
  subscribe(listener: () => void): () => void;
  /** The same object until something changes. */
  get(): HistoryState;
  /** In the clock of the history's times, milliseconds. */
  now(): number;
}

export interface HistoryState {
  /** Undefined until the first answer; kept when a later one fails. */
  history?: History;
  /** Why it could not be had. */
  error?: LabError;
}

const ignore = (): void => undefined;

/** One that does not change, as a recording; `now` is the looker's clock. */
export function stillSource(history: History | undefined, now: () => number): HistorySource {
  const state: HistoryState = history ? { history } : {};
  return { subscribe: () => ignore, get: () => state, now };
}
