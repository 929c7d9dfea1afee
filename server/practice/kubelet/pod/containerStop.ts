import type { Clock } from '../../clock';
import type { RunningContainer } from '../../containers/runtime';
import type { SignalName } from '../../process/program';

/** However short the grace period, a container gets this long after its preStop hook. */
const minimumAfterHookMs = 2000;

/** The moment by which a pod's containers must be gone. A second, shorter delete brings it nearer. */
export class Deadline {
  private changed = new AbortController();

  constructor(
    private readonly clock: Clock,
    private at: number,
  ) {}

  get leftMs(): number {
    return this.at - this.clock.now();
  }

  bringForward(at: number): void {
    if (at >= this.at) return;
    this.at = at;
    this.changed.abort();
    this.changed = new AbortController();
  }

  /** Resolves at the deadline, or when `done` does, whichever comes first; says whether `done` was first. */
  async before(done: Promise<unknown>): Promise<boolean> {
    let isDone = false;
    const ended = new AbortController();
    void done.then(() => {
      isDone = true;
      ended.abort();
    });
    while (!isDone && this.leftMs > 0)
      await this.clock.sleep(this.leftMs, AbortSignal.any([ended.signal, this.changed.signal]));
    await Promise.resolve();
    return isDone;
  }
}

/**
 * Ends a container as the kubelet does (pkg/kubelet/kuberuntime killContainer): preStop hook, the image's stop signal to
 * process 1, and SIGKILL when the grace period is over.
 */
export async function stopContainer(
  run: RunningContainer,
  signal: SignalName,
  clock: Clock,
  deadline: Deadline,
  preStop: (() => Promise<void>) | undefined,
): Promise<void> {
  let last = deadline;
  if (preStop) {
    await deadline.before(Promise.race([preStop(), run.exited]));
    if (deadline.leftMs < minimumAfterHookMs) last = new Deadline(clock, clock.now() + minimumAfterHookMs);
  }
  run.signal(signal);
  if (!(await last.before(run.exited))) run.signal('SIGKILL');
  await run.exited;
}
