import type { Clock } from '../clock';

export interface ProbeOptions {
  /** Rejects when the API server does not answer in time. */
  ping: (timeoutMs: number) => Promise<void>;
  clock: Clock;
  /** It answers again, or it does not any more. */
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
  answeredAt: number | undefined;
  failure: string | undefined;
  private cancel: (() => void) | undefined;
  private isStopped = false;

  constructor(private readonly options: ProbeOptions) {}

  start(): void {
    void this.ask();
  }

  stop(): void {
    this.isStopped = true;
    this.cancel?.();
  }

  private async ask(): Promise<void> {
    const { ping, clock, changed } = this.options;
    const askedAt = clock.now();
    let failure: string | undefined;
    try {
      await ping(probeTimeoutMs);
      this.answeredAt = askedAt;
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
    }
    if (this.isStopped) return;
    const before = this.failure;
    this.failure = failure;
    if ((before === undefined) !== (failure === undefined)) changed(failure === undefined);
    const pauseMs = failure === undefined ? probePeriodMs : 500;
    this.cancel = clock.after(pauseMs, () => void this.ask());
  }
}
