import type { LabError } from '../../lib/errors';
import type { Change } from '../../lib/history/change';
import { historyOf, joined } from '../../lib/history/history';
import type { HistorySource, HistoryState } from '../../lib/history/source';
import type { HistoryAnswer } from '../../lib/history/stretch';
import { PatchError } from '../../lib/stream/apply';
import type { Held } from '../../lib/stream/receive';
import type { BoardStore } from './boardStore';
import type { ServerClock } from './serverClock';

/**
 * The past of one namespace, and what is added to it while somebody looks: asked for once, then continued by what the stream
 * brings. After a break in the stream that steps cannot bridge it is asked for anew.
 */
export class HistoryStore implements HistorySource {
  private state: HistoryState = {};
  private readonly listeners = new Set<() => void>();
  private leave: (() => void)[] = [];
  private isReading = false;
  /** What came while the answer was on its way. */
  private received: Change[] = [];

  constructor(
    private readonly board: BoardStore,
    private readonly read: () => Promise<HistoryAnswer>,
    private readonly clock: ServerClock,
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

  private readonly taken = (held: Held, changes: readonly Change[]): void => {
    if (this.isReading) return void this.received.push(...changes);
    this.join(held, changes);
  };

  private join(held: Held, changes: readonly Change[]): void {
    const history = this.state.history && joined(this.state.history, changes, held.position);
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
      this.set({ history: (held && joined(history, this.received, held.position)) ?? history });
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
