import type { Clock } from '../clock';

/** Calls once when nothing has been heard for as long as was last expected. Cheap: one timer for each period, not for each event. */
export class Silence {
  private deadline = 0;
  private cancel: (() => void) | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly fell: () => void,
  ) {}

  expect(withinMs: number): void {
    const deadline = this.clock.now() + withinMs;
    const isSooner = deadline < this.deadline;
    this.deadline = deadline;
    if (isSooner || !this.cancel) this.arm();
  }

  end(): void {
    this.cancel?.();
    this.deadline = Number.POSITIVE_INFINITY;
  }

  private arm(): void {
    this.cancel?.();
    this.cancel = this.clock.after(Math.max(0, this.deadline - this.clock.now()), () => {
      this.cancel = undefined;
      if (this.clock.now() >= this.deadline) this.fell();
      else this.arm();
    });
  }
}
