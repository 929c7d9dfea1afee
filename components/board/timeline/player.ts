import type { Moment } from '../../../lib/history/change';
import { momentAfter } from '../../../lib/history/history';
import { cursorOf, liveReplay, replayed, type Command, type Replay } from '../../../lib/history/replay';
import type { HistorySource } from '../../../lib/history/source';
import type { Position } from '../../../lib/stream/protocol';

/** The past moment on the screen. */
export interface Shown {
  position: Position;
  /** Where the cursor stands; unknown until the history is there. */
  at?: number;
  /** Undefined when the history does not hold it (yet). */
  moment?: Moment;
}

/** Runs a task at the next frame; returns what cancels it. */
export type NextFrame = (task: () => void) => () => void;

const browserFrame: NextFrame = (task) => {
  const handle = requestAnimationFrame(task);
  return () => cancelAnimationFrame(handle);
};

/** What is shown of one history, live or past, and the hand that moves it. For `useSyncExternalStore`. */
export class Player {
  replay: Replay = liveReplay;
  /** Undefined while it is live. The same object as long as nothing moves. */
  shown: Shown | undefined;
  private readonly listeners = new Set<() => void>();
  private cancelFrame: (() => void) | undefined;

  constructor(
    readonly source: HistorySource,
    private readonly nextFrame: NextFrame = browserFrame,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    this.play();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      this.cancelFrame?.();
      this.cancelFrame = undefined;
    };
  };

  readonly do = (command: Command): void => {
    const next = replayed(this.replay, command, this.source.get().history, this.source.now());
    if (next === this.replay && next.mode !== 'playing') return;
    this.replay = next;
    this.show();
    this.play();
  };

  /** Looks again what the history holds of the moment shown. */
  readonly show = (): void => {
    const shown = this.showing();
    if (shown === undefined && this.shown === undefined) return this.tell();
    this.shown = isSame(this.shown, shown) ? this.shown : shown;
    this.tell();
  };

  private showing(): Shown | undefined {
    const { replay } = this;
    if (replay.mode === 'live') return undefined;
    const { history } = this.source.get();
    if (!history) return replay.mode === 'paused' ? { position: replay.position } : undefined;
    const { at, count } = cursorOf(replay, history, this.source.now());
    const moment = momentAfter(history, count);
    const { position } = replay.mode === 'paused' ? replay : moment;
    const isHeld = position.epoch === moment.position.epoch && position.version === moment.position.version;
    return isHeld ? { position, at, moment } : { position };
  }

  private play(): void {
    if (this.replay.mode !== 'playing' || this.cancelFrame || this.listeners.size === 0) return;
    this.cancelFrame = this.nextFrame(() => {
      this.cancelFrame = undefined;
      this.do({ kind: 'tick' });
    });
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

function isSame(a: Shown | undefined, b: Shown | undefined): boolean {
  return a?.at === b?.at && a?.moment === b?.moment && a?.position.version === b?.position.version;
}
