import type { Clock } from '../clock';
import { CpuLane } from './cpuLane';

/** Whose turns are counted together: one container's. */
export interface CpuAccount {
  /** Processes that want to go on, in their order. */
  readonly waiting: (() => void)[];
  lane: CpuLane;
  /** What it may still use before it counts as a runaway, and when that was worked out. */
  creditMs: number;
  creditAt: number;
}

export interface CpuOptions {
  clock: Clock;
  /** How much of the thread all containers that rest now and then may take together in the long run. */
  share?: number;
  /** How much of it all runaways together. */
  runawayShare?: number;
  sliceMs?: number;
  stepsPerTurn?: number;
  burstMs?: number;
  /** How much a container may use beyond `restShare` before it counts as a runaway. */
  patienceMs?: number;
}

/** A container that takes less of the thread than this in the long run never counts as a runaway. */
const restShare = 0.05;

/**
 * Shares one thread between containers and the rest of the practice cluster. Programs take a step at each command, read and
 * write, and wait for their container's turn when the slice is used up (`CpuLane`). A container that never rests (a loop
 * without end) is moved, after a few seconds of work, to a second lane with a small budget of its own, so that the turns of all
 * others come as if it were not there; once it has rested for a while it is moved back. What a program does between two
 * steps cannot be interrupted.
 */
export class CpuScheduler {
  private readonly clock: Clock;
  private readonly patienceMs: number;
  private readonly front: CpuLane;
  private readonly back: CpuLane;

  constructor(options: CpuOptions) {
    const { clock, share = 0.25, runawayShare = 0.1, sliceMs = 4, stepsPerTurn = 400, burstMs = 200 } = options;
    this.clock = clock;
    this.patienceMs = options.patienceMs ?? 1000;
    const lane = { clock, sliceMs, stepsPerTurn, used: this.used.bind(this) };
    this.front = new CpuLane({ ...lane, share, burstMs });
    this.back = new CpuLane({ ...lane, share: runawayShare, burstMs: 0 });
  }

  account(): CpuAccount {
    return { waiting: [], lane: this.front, creditMs: this.patienceMs, creditAt: this.clock.now() };
  }

  /** Undefined: go on. Else go on when it resolves. */
  step(account: CpuAccount): Promise<void> | undefined {
    if (account.lane === this.back) this.used(account, 0);
    return account.lane.step(account);
  }

  isRunaway(account: CpuAccount): boolean {
    return account.lane === this.back;
  }

  /** It moves back only with half of its patience regained, so that it does not go to and fro. */
  private used(account: CpuAccount, ms: number): void {
    const now = this.clock.now();
    const saved = account.creditMs + (now - account.creditAt) * restShare;
    account.creditMs = Math.max(0, Math.min(this.patienceMs, saved) - ms);
    account.creditAt = now;
    if (account.creditMs === 0) account.lane = this.back;
    else if (account.creditMs >= this.patienceMs / 2) account.lane = this.front;
  }
}
