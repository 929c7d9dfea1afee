/**
 * What etcd's compaction forgets: every state older than the revision that was current so long ago, of every kind, whether or not the
 * kind itself has changed since. Watches do not mind, as the watch cache of each kind keeps its own changes; old lists do.
 */
export class Compaction {
  private marks: { at: number; revision: number }[] = [];

  constructor(
    /** States are kept for so long after they were the newest. */
    private readonly keepMs: number,
    /** Nothing before this is remembered in any case. */
    private compacted: number,
  ) {}

  /** Notes which revision is the newest now. A sixtieth of `keepMs` is precise enough, and few enough to keep. */
  mark(revision: number, now: number): void {
    const last = this.marks.at(-1);
    if (!last || now - last.at >= this.keepMs / 60) this.marks.push({ at: now, revision });
  }

  /** The oldest state that can still be listed. */
  floor(now: number): number {
    for (let oldest = this.marks[0]; oldest && now - oldest.at >= this.keepMs; oldest = this.marks[0]) {
      this.compacted = oldest.revision;
      this.marks.shift();
    }
    return this.compacted;
  }
}
