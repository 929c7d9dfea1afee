import type { LabError } from '../../lib/errors';
import type { Change } from '../../lib/history/change';
import { historyOf, joined } from '../../lib/history/history';
import type { HistorySource, HistoryState } from '../../lib/history/source';
import type { HistoryAnswer } from '../../lib/history/stretch';
import { PatchError } from '../../lib/stream/apply';
import type { Held } from '../../lib/stream/receive';
import type { BoardStore } from './boardStore';
import { browserIdle, type WhenIdle } from './idle';
import type { ServerClock } from './serverClock';

/**
 * The past of one namespace, and what is added to it while somebody looks: asked for once, then continued by what the stream
 * brings. After a break in the stream that steps cannot bridge it is asked for anew. It grows when the page has nothing more
 * urgent to do: what is told of a change may follow the slot that shows it, and must never hold it up.
 */
export class HistoryStore implements HistorySource {
  private state: HistoryState = {};
  private readonly listeners = new Set<() => void>();
  private leave: (() => void)[] = [];
  private isReading = false;
  /** What came while the answer was on its way, or since the page was last idle. */
  private received: Change[] = [];
  private isWaiting = false;

  constructor(
    private readonly board: BoardStore,
    private readonly read: () => Promise<HistoryAnswer>,
    private readonly clock: ServerClock,
    private readonly whenIdle: WhenIdle = browserIdle,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.listeners.size === 1) this.open();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      this.leave.forEach((end) => end());
      this.leave = [];
    };
  };

  readonly get = (): HistoryState => this.state;

  readonly now = (): number => this.clock.toServer(Date.now());

  private open(): void {
    this.leave = [this.board.follow(this.taken), this.board.subscribe(() => undefined)];
    const { history } = this.state;
    const { held } = this.board;
    // Between two subscribers nobody counted along.
    if (!history || !held || !joined(history, [], held.position)) void this.ask();
  }

  private readonly taken = (_held: Held, changes: readonly Change[]): void => {
    this.received.push(...changes);
    if (this.isReading || this.isWaiting) return;
    this.isWaiting = true;
    this.whenIdle(() => {
      this.isWaiting = false;
      this.join();
    });
  };

  private join(): void {
    const { held } = this.board;
    // Nobody looks any more, or it is being asked for: whoever comes next, and the answer, find out where it stands.
    if (!held || this.isReading || this.leave.length === 0) return;
    const { received } = this;
    this.received = [];
    const history = this.state.history && joined(this.state.history, received, held.position);
    if (!history) return void this.ask();
    if (history !== this.state.history) this.set({ history });
  }

  private async ask(): Promise<void> {
    if (this.isReading) return;
    this.isReading = true;
    this.received = [];
    try {
      const { stretches } = await this.read();
      const history = historyOf(stretches);
      this.isReading = false;
      if (!history) return;
      // Should the stream have leapt meanwhile, its next change tells, and it is asked for again.
      const { held } = this.board;
      const { received } = this;
      this.received = [];
      this.set({ history: (held && joined(history, received, held.position)) ?? history });
    } catch (error) {
      this.isReading = false;
      this.set({ ...this.state, error: labErrorOf(error) });
    }
  }

  private set(state: HistoryState): void {
    this.state = state;
    for (const listener of [...this.listeners]) listener();
  }
}

function labErrorOf(error: unknown): LabError {
  if (error instanceof PatchError)
    return { kind: 'internal', message: `The past does not fit together: ${error.message}.` };
  const isTold = typeof error === 'object' && error !== null && 'kind' in error && 'message' in error;
  return isTold ? (error as LabError) : { kind: 'internal', message: String(error) };
}
