import type { Clock } from '../clock';
import { errorFromNetwork, type ClusterError } from '../kubernetes/errors';

export interface ProbeOptions {
  /** Rejects with a ClusterError when the API server does not answer in time. */
  ping: (timeoutMs: number) => Promise<void>;
  clock: Clock;
  /** It answers again, or it does not any more, or not for another reason. */
  changed: (isBack: boolean) => void;
}

/** Well under 5 s together, so that a page that shows stale data says so within 5 s on a busy machine too. */
export const probePeriodMs = 1500;
const probeTimeoutMs = 2300;

/**
 * Asks the API server every 1.5 seconds whether it is there. A watch alone cannot tell: one that brings nothing is a quiet
 * cluster, or a cable that somebody pulled. When the server answers again after a time without, every watch is opened anew
 * at once, because a connection that lived through an outage may go on being silent for a minute of TCP's own patience.
 */
export class Probe {
  failure: ClusterError | undefined;
  private cancel: (() => void) | undefined;
  private isStopped = false;
  private isAsking = false;

  constructor(private readonly options: ProbeOptions) {}

  start(): void {
    void this.ask();
  }

  stop(): void {
    this.isStopped = true;
    this.cancel?.();
  }

  /** Something looks wrong: do not wait for the next turn. */
  askNow(): void {
    if (this.isAsking || this.isStopped || this.failure) return;
    this.cancel?.();
    void this.ask();
  }

  private async ask(): Promise<void> {
    this.isAsking = true;
    const { ping, clock, changed } = this.options;
    let failure: ClusterError | undefined;
    try {
      await ping(probeTimeoutMs);
    } catch (error) {
      failure = errorFromNetwork(error, 'the given address');
    }
    if (this.isStopped) return;
    const before = this.failure;
    this.failure = failure;
    this.isAsking = false;
    // A server that refused and now hangs is out of reach as before, but for another reason.
    if (before?.kind !== failure?.kind) changed(before !== undefined && failure === undefined);
    const pauseMs = failure === undefined ? probePeriodMs : 500;
    this.cancel = clock.after(pauseMs, () => void this.ask());
  }
}
