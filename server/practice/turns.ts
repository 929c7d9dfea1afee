/**
 * One thing a turn of the event loop. Thousands of pods fall due at the same moment, and what wakes all of them in one go keeps
 * every request waiting until the last has done its part. Here they stand in line, and between any two of them the loop
 * serves what has come in.
 */
class TurnQueue {
  private tasks: (() => void)[] = [];
  private next = 0;
  private isScheduled = false;

  /** Runs `task` in a later turn, after all that were in line before it. */
  add(task: () => void): void {
    this.tasks.push(task);
    this.schedule();
  }

  get isEmpty(): boolean {
    return this.tasks.length === 0;
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => this.runOne());
  }

  private runOne(): void {
    this.isScheduled = false;
    const task = this.tasks[this.next++];
    if (this.next >= this.tasks.length) {
      this.tasks = [];
      this.next = 0;
    } else {
      this.schedule();
      if (this.next > 1_000 && this.next > this.tasks.length / 2) {
        this.tasks = this.tasks.slice(this.next);
        this.next = 0;
      }
    }
    task?.();
  }
}

/** A process has one event loop, so all its clusters stand in one line. */
const line = new TurnQueue();

export function inLaterTurn(task: () => void): void {
  line.add(task);
}

/** Resolves in a turn of its own. */
export function laterTurn(): Promise<void> {
  return new Promise((resolve) => line.add(resolve));
}

/** Whether nobody waits for a turn. */
export function isLineEmpty(): boolean {
  return line.isEmpty;
}
