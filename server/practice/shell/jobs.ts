import type { ChildProcess, ExitStatus } from '../process/program';

export type JobState = { type: 'running' } | { type: 'stopped' } | { type: 'done'; status: ExitStatus };

/** A pipeline in the background, or stopped. */
export class Job {
  state: JobState = { type: 'running' };
  /** The user has been told of this state. */
  isReported = false;
  readonly done: Promise<ExitStatus>;
  private readonly listeners = new Set<() => void>();

  constructor(
    readonly number: number,
    readonly children: readonly ChildProcess[],
    readonly text: string,
    isBackground: boolean,
  ) {
    this.isBackground = isBackground;
    this.done = this.watch();
    for (const child of children) {
      child.onStateChange((state) => this.change({ type: state }));
    }
  }

  isBackground: boolean;

  get group(): number {
    return this.children[0]?.group ?? 0;
  }

  get lastPid(): number {
    return this.children.at(-1)?.pid ?? 0;
  }

  /** Resolves when it is done or stopped. */
  async settled(): Promise<JobState> {
    while (this.state.type === 'running') {
      await new Promise<void>((resolve) => this.listeners.add(resolve));
      this.listeners.clear();
    }
    return this.state;
  }

  signal(name: Parameters<ChildProcess['signal']>[0]): void {
    for (const child of this.children) child.signal(name);
  }

  private async watch(): Promise<ExitStatus> {
    const statuses = await Promise.all(this.children.map((child) => child.exited));
    const status = statuses.at(-1) ?? { code: 0 };
    this.change({ type: 'done', status });
    return status;
  }

  private change(state: JobState): void {
    this.state = state;
    this.isReported = false;
    for (const listener of [...this.listeners]) listener();
  }
}

/** The jobs of one shell; the most recent is `%+`. */
export class JobTable {
  private readonly jobs: Job[] = [];
  /** Of jobs that are gone, for `wait PID`. */
  private readonly statuses = new Map<number, ExitStatus>();

  add(children: readonly ChildProcess[], text: string, isBackground: boolean): Job {
    const number = Math.max(0, ...this.jobs.map((job) => job.number)) + 1;
    const job = new Job(number, children, text, isBackground);
    this.jobs.push(job);
    return job;
  }

  all(): readonly Job[] {
    return [...this.jobs].sort((a, b) => a.number - b.number);
  }

  get current(): Job | undefined {
    const stopped = this.jobs.filter((job) => job.state.type === 'stopped');
    return stopped.at(-1) ?? this.jobs.at(-1);
  }

  get previous(): Job | undefined {
    const { current } = this;
    return this.jobs.filter((job) => job !== current).at(-1);
  }

  /** `%1`, `%%`, `%+`, `%-`, `%name`, `%?text`, or a pid. */
  find(word: string): Job | undefined {
    if (!word.startsWith('%')) return this.jobs.find((job) => job.children.some((child) => child.pid === Number(word)));
    const name = word.slice(1);
    if (name === '' || name === '%' || name === '+') return this.current;
    if (name === '-') return this.previous;
    if (/^\d+$/.test(name)) return this.jobs.find((job) => job.number === Number(name));
    return this.jobs.find((job) =>
      name.startsWith('?') ? job.text.includes(name.slice(1)) : job.text.startsWith(name),
    );
  }

  remove(job: Job): void {
    const index = this.jobs.indexOf(job);
    if (index >= 0) this.jobs.splice(index, 1);
    if (job.state.type === 'done') this.statuses.set(job.lastPid, job.state.status);
    // A script that starts jobs for ever and never waits must not fill the memory.
    for (const pid of this.statuses.keys()) {
      if (this.statuses.size <= 1024) break;
      this.statuses.delete(pid);
    }
  }

  /** Drops jobs that have ended, as a shell without a prompt does. */
  reap(): void {
    for (const job of [...this.jobs]) if (job.state.type === 'done') this.remove(job);
  }

  statusOf(pid: number): ExitStatus | undefined {
    return this.statuses.get(pid);
  }
}
