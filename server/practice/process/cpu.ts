import type { Clock } from '../clock';

/** Whose turns are counted together: one container's. */
export interface CpuAccount {
  readonly waiting: (() => void)[];
}

export interface CpuOptions {
  clock: Clock;
  /** How much of the thread all containers together may take in the long run. */
  share?: number;
  /** The longest a turn lasts before the loop goes on with other work. */
  sliceMs?: number;
  /** The most steps in a turn, for when the clock does not move within it. */
  stepsPerTurn?: number;
  /** Time saved up while idle, spent at full speed, so that a short command is not slowed by the share. */
  burstMs?: number;
}

/**
 * Shares one thread between containers and the rest of the practice cluster. Programs take a step at each command, read and
 * write; when a turn's slice is used up, all that want to go on wait for the next turn, which comes the later the more
 * was used. In each turn every container gets a go, however many of its processes are waiting: a pod with a hundred busy
 * loops slows its own loops, not its neighbours. What a program does between two steps cannot be interrupted.
 */
export class CpuScheduler {
  private readonly clock: Clock;
  private readonly share: number;
  private readonly sliceMs: number;
  private readonly stepsPerTurn: number;
  private readonly burstMs: number;
  private queue: CpuAccount[] = [];
  private isTurn = false;
  private isDue = false;
  private turnStart = 0;
  private lastStep = 0;
  private steps = 0;
  private creditMs: number;
  private creditAt: number;
  /** How many turns there have been, for tests. */
  turns = 0;

  constructor(options: CpuOptions) {
    this.clock = options.clock;
    this.share = options.share ?? 0.25;
    this.sliceMs = options.sliceMs ?? 4;
    this.stepsPerTurn = options.stepsPerTurn ?? 400;
    this.burstMs = this.creditMs = options.burstMs ?? 200;
    this.creditAt = this.clock.now();
  }

  account(): CpuAccount {
    return { waiting: [] };
  }

  /** Undefined: go on. Else go on when it resolves. */
  step(account: CpuAccount): Promise<void> | undefined {
    if (!this.isTurn && this.queue.length === 0 && !this.isDue) this.begin();
    if (this.isTurn && this.takesStep()) return undefined;
    return new Promise((resolve) => {
      if (account.waiting.length === 0) this.queue.push(account);
      account.waiting.push(resolve);
    });
  }

  private takesStep(): boolean {
    this.lastStep = this.clock.now();
    return ++this.steps <= this.stepsPerTurn && this.lastStep - this.turnStart < this.sliceMs;
  }

  private begin(): void {
    this.isTurn = true;
    this.turns++;
    this.steps = 0;
    this.turnStart = this.lastStep = this.clock.now();
    this.clock.after(0, () => this.end());
  }

  private end(): void {
    this.isTurn = false;
    // A clock of whole milliseconds sees most turns as nothing, so steps count as well: ten microseconds each.
    const usedMs = Math.max(this.lastStep - this.turnStart, Math.min(this.steps, this.stepsPerTurn) * 0.01);
    const now = this.clock.now();
    this.creditMs = Math.min(this.burstMs, this.creditMs + (now - this.creditAt) * this.share) - usedMs;
    this.creditAt = now;
    if (this.queue.length === 0) return;
    this.isDue = true;
    this.clock.after(this.creditMs > 0 ? 0 : Math.ceil(usedMs / this.share - (now - this.turnStart)), () =>
      this.resume(),
    );
  }

  private resume(): void {
    this.isDue = false;
    this.begin();
    const queue = this.queue;
    this.queue = [];
    for (const account of queue) {
      const go = account.waiting.shift();
      if (account.waiting.length > 0) this.queue.push(account);
      go?.();
    }
  }
}
