/** Tasks in the order in which they came. */
class Line {
  private tasks: (() => void)[] = [];
  private next = 0;

  add(task: () => void): void {
    this.tasks.push(task);
  }

  get isEmpty(): boolean {
    return this.tasks.length === 0;
  }

  take(): (() => void) | undefined {
    const task = this.tasks[this.next++];
    if (this.next >= this.tasks.length) {
      this.tasks = [];
      this.next = 0;
    } else if (this.next > 1_000 && this.next > this.tasks.length / 2) {
      this.tasks = this.tasks.slice(this.next);
      this.next = 0;
    }
    return task;
  }
}

/**
 * One thing a turn of the event loop. Thousands of pods fall due at the same moment, and what wakes all of them in one go keeps
 * every request waiting until the last has done its part. Here they stand in line, and between any two of them the loop
 * serves what has come in. Requests that write have a line of their own, and every other turn: many that come at once are no longer
 * than one of them in the way of those that only read, and never wait for all that the cluster itself has to do.
 */
class Turns {
  private readonly own = new Line();
  private readonly requests = new Line();
  private isRequestNext = true;
  private isScheduled = false;

  add(task: () => void, isRequest = false): void {
    (isRequest ? this.requests : this.own).add(task);
    this.schedule();
  }

  get isEmpty(): boolean {
    return this.own.isEmpty && this.requests.isEmpty;
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => this.runOne());
  }

  private runOne(): void {
    this.isScheduled = false;
    const line = this.requests.isEmpty || (!this.isRequestNext && !this.own.isEmpty) ? this.own : this.requests;
    this.isRequestNext = line === this.own;
    const task = line.take();
    if (!this.isEmpty) this.schedule();
    task?.();
  }
}

/** A process has one event loop, so all its clusters share the turns. */
const turns = new Turns();

/** Runs `task` in a later turn, after all that were in line before it. */
export function inLaterTurn(task: () => void): void {
  turns.add(task);
}

/** Resolves in a turn of its own. */
export function laterTurn(): Promise<void> {
  return new Promise((resolve) => turns.add(resolve));
}

/** Resolves in a turn of its own, for a request that is going to write. */
export function turnForRequest(): Promise<void> {
  return new Promise((resolve) => turns.add(resolve, true));
}

/** Whether nobody waits for a turn. */
export function isLineEmpty(): boolean {
  return turns.isEmpty;
}
