import type { Clock } from '../clock';

/**
 * When a frame may go: at once after a quiet moment, and never more than 20 in any second. A bucket of 5 that fills with 15 a
 * second: the few changes that one action causes go out as they come, and a storm is gathered into a frame each 67 ms.
 */
export class Pace {
  private tokens = burst;
  private filledAt: number;
  private cancel: (() => void) | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly flush: () => void,
  ) {
    this.filledAt = clock.now();
  }

  /** Something is waiting to be sent. */
  request(): void {
    if (this.cancel) return;
    this.fill();
    // Not within the change itself: what the same chunk of a watch brought goes together.
    const delay = this.tokens >= 1 ? 0 : Math.ceil(((1 - this.tokens) * 1000) / perSecond);
    this.cancel = this.clock.after(delay, () => {
      this.cancel = undefined;
      this.fill();
      this.tokens = Math.max(0, this.tokens - 1);
      this.flush();
    });
  }

  stop(): void {
    this.cancel?.();
    this.cancel = undefined;
  }

  private fill(): void {
    const now = this.clock.now();
    this.tokens = Math.min(burst, this.tokens + (Math.max(0, now - this.filledAt) * perSecond) / 1000);
    this.filledAt = now;
  }
}

const burst = 5;
const perSecond = 15;
