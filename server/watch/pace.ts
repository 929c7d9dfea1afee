import type { Clock } from '../clock';

/** A pod is what everybody looks at: its changes are prompt. All else (events, endpoints, DNS answers) is by the way. */
export type Urgency = 'prompt' | 'byTheWay';

/**
 * When a frame may go: at once after a quiet moment, and never more than 20 in any second. A bucket of 5 that fills with 15 a
 * second: the few changes that one action causes go out as they come, and a storm is gathered into a frame each 67 ms.
 *
 * One pod that comes or goes brings a dozen events, endpoints and answers with it. They may not use up what the pod's next
 * change will need, so they take only what is above `kept`, and else travel with the next frame. And what comes within 10 ms
 * of a frame (a pod created, scheduled, and taken up by its node) is one step to a reader, and one frame.
 */
export class Pace {
  private tokens = burst;
  private filledAt: number;
  private sentAt = Number.NEGATIVE_INFINITY;
  private dueAt = Number.POSITIVE_INFINITY;
  private cancel: (() => void) | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly flush: () => void,
  ) {
    this.filledAt = clock.now();
  }

  /** Something is waiting to be sent. */
  request(urgency: Urgency): void {
    this.fill();
    const now = this.clock.now();
    const needed = urgency === 'prompt' ? 1 : 1 + kept;
    const refill = Math.ceil((Math.max(0, needed - this.tokens) * 1000) / perSecond);
    const dueAt = Math.max(now + refill, this.sentAt + gapMs);
    if (dueAt >= this.dueAt) return;
    this.cancel?.();
    this.dueAt = dueAt;
    // Not within the change itself, even when it is due: what the same chunk of a watch brought goes together.
    this.cancel = this.clock.after(dueAt - now, () => this.send());
  }

  stop(): void {
    this.cancel?.();
    this.cancel = undefined;
  }

  private send(): void {
    this.cancel = undefined;
    this.dueAt = Number.POSITIVE_INFINITY;
    this.fill();
    this.tokens = Math.max(0, this.tokens - 1);
    this.sentAt = this.filledAt;
    this.flush();
  }

  private fill(): void {
    const now = this.clock.now();
    this.tokens = Math.min(burst, this.tokens + (Math.max(0, now - this.filledAt) * perSecond) / 1000);
    this.filledAt = now;
  }
}

const burst = 5;
const perSecond = 15;
const kept = 3;
const gapMs = 10;
