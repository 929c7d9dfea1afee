import type { Clock } from '../clock';
import type { CpuAccount } from './cpu';

export interface LaneOptions {
  clock: Clock;
  /** How much of the thread this lane may take in the long run, all its containers together. */
  share: number;
  /** The longest a turn lasts before the loop goes on with other work. */
  sliceMs: number;
  /** The most steps in a turn, for when the clock does not move within it. */
  stepsPerTurn: number;
  /** Time saved up while idle, spent at full speed, so that a short command is not slowed by the share. */
  burstMs: number;
  /** Told what each container used of a turn that has ended. */
  used: (account: CpuAccount, ms: number) => void;
}

/**
 * Containers that take turns on one budget. When a turn's slice is used up, all that want to go on wait for the next turn,
 * which comes the later the more was used. In each turn every container gets a go, however many of its processes are
 * waiting: a pod with a hundred busy loops slows its own loops, not its neighbours.
 */
export class CpuLane {
  private queue: CpuAccount[] = [];
  private isTurn = false;
  private isDue = false;
  private turnStart = 0;
  private lastStep = 0;
  private steps = 0;
  private readonly stepsOf = new Map<CpuAccount, number>();
  private creditMs: number;
  private creditAt: number;

  constructor(private readonly options: LaneOptions) {
    this.creditMs = options.burstMs;
    this.creditAt = options.clock.now();
  }

  /** Undefined: go on. Else go on when it resolves. */
  step(account: CpuAccount): Promise<void> | undefined {
    if (!this.isTurn && this.queue.length === 0 && !this.isDue) this.begin();
    if (this.isTurn && this.takesStep(account)) return undefined;
    return new Promise((resolve) => {
      account.waiting.push(resolve);
      if (account.waiting.length === 1) this.queue.push(account);
    });
  }

  /** Takes over a container whose processes waited in another lane. */
  adopt(account: CpuAccount): void {
    this.queue.push(account);
    if (!this.isTurn && !this.isDue) this.resumeAfter(0);
  }

  private takesStep(account: CpuAccount): boolean {
    const { clock, stepsPerTurn, sliceMs } = this.options;
    this.lastStep = clock.now();
    if (++this.steps > stepsPerTurn || this.lastStep - this.turnStart >= sliceMs) return false;
    this.stepsOf.set(account, (this.stepsOf.get(account) ?? 0) + 1);
    return true;
  }

  private begin(): void {
    this.isTurn = true;
    this.steps = 0;
    this.stepsOf.clear();
    this.turnStart = this.lastStep = this.options.clock.now();
    this.options.clock.after(0, () => this.end());
  }

  private end(): void {
    const { clock, share, burstMs } = this.options;
    this.isTurn = false;
    const usedMs = this.usedMs();
    const now = clock.now();
    this.creditMs = Math.min(burstMs, this.creditMs + (now - this.creditAt) * share) - usedMs;
    this.creditAt = now;
    this.charge(usedMs);
    if (this.queue.length === 0) return;
    this.resumeAfter(this.creditMs > 0 ? 0 : Math.ceil(usedMs / share - (now - this.turnStart)));
  }

  /** A clock of whole milliseconds sees most turns as nothing, so steps count as well: ten microseconds each. */
  private usedMs(): number {
    return Math.max(this.lastStep - this.turnStart, Math.min(this.steps, this.options.stepsPerTurn) * 0.01);
  }

  private charge(usedMs: number): void {
    const taken = [...this.stepsOf.values()].reduce((sum, steps) => sum + steps, 0);
    for (const [account, steps] of this.stepsOf) this.options.used(account, (usedMs * steps) / taken);
  }

  private resumeAfter(delayMs: number): void {
    this.isDue = true;
    this.options.clock.after(delayMs, () => this.resume());
  }

  private resume(): void {
    this.isDue = false;
    this.begin();
    const queue = this.queue;
    this.queue = [];
    for (const account of queue) this.resumeOne(account);
  }

  private resumeOne(account: CpuAccount): void {
    if (account.lane !== this) return account.lane.adopt(account);
    const go = account.waiting.shift();
    if (account.waiting.length > 0) this.queue.push(account);
    go?.();
  }
}
