import { closeSync, fdatasync, fdatasyncSync, fsync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { ftruncateSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { frame, readFrames } from './frames';
import { readRecord, readSnapshotHead, recordText } from './records';
import type { StoredState, WriteLog, WriteRecord } from './storage';

/**
 * What survives a restart: a directory with one `snapshot` and the `log.N` written since. A write is in the log, by one
 * call to the operating system, before it is acknowledged, so that killing the process loses nothing a client was told.
 *
 * A crash of the whole machine may lose the newest moments, since waiting for the disk on each write would make a class
 * wait too; the log is flushed when the journal is closed or compacted. After such a loss revisions would repeat: each
 * start therefore leaves a gap.
 */
export interface Journal extends WriteLog {
  /** What the directory held when it was opened. */
  readonly state: StoredState;
  /** Bytes in the log since the last snapshot. */
  readonly logBytes: number;
  /**
   * Writes the whole state into a new snapshot and begins a new log. `records` is read a slice at a time; `pause` is awaited
   * in between, so that requests are served meanwhile.
   */
  compact(current: StoredState, pause: () => Promise<void>): Promise<void>;
  close(): void;
}

/** Revisions skipped at each start. */
const restartGap = 1_000;
/** Records between two pauses of a compaction. */
const sliceLength = 25;

/** Throws when the directory cannot be used, or a file that is not the newest is damaged. */
export function openJournal(directory: string): Journal {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return new FileJournal(directory);
}

class FileJournal implements Journal {
  readonly state: StoredState;
  logBytes: number;
  private number: number;
  private file: number;
  /** The log before, while it is being flushed. */
  private before: number | undefined;
  private isCompacting = false;
  private isClosed = false;

  constructor(private readonly directory: string) {
    rmSync(this.path('snapshot.new'), { force: true });
    const recovered = new Recovery(directory).run();
    this.state = recovered.state;
    this.number = recovered.lastLog;
    this.file = openSync(this.path(`log.${this.number}`), 'a', 0o600);
    // A torn tail would hide every record written after it.
    ftruncateSync(this.file, recovered.lastLogEnd);
    this.logBytes = recovered.lastLogEnd;
  }

  append(record: WriteRecord): void {
    if (this.isClosed) throw new Error('the journal is closed');
    const bytes = frame(recordText(record));
    const before = this.logBytes;
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(this.file, bytes, written);
    } catch (error) {
      // A full disk may have taken half a record. The write fails; the next one must not stand behind that half.
      ftruncateSync(this.file, before);
      throw error;
    }
    this.logBytes = before + bytes.length;
  }

  async compact(current: StoredState, pause: () => Promise<void>): Promise<void> {
    if (this.isCompacting || this.isClosed) return;
    this.isCompacting = true;
    try {
      await Promise.all([this.beginLog(), this.writeSnapshot(current, pause)]);
      this.dropOldLogs();
    } finally {
      this.isCompacting = false;
    }
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    if (this.before !== undefined) fdatasyncSync(this.before);
    fdatasyncSync(this.file);
    closeSync(this.file);
  }

  /**
   * What is written from here on goes to a new log, which the snapshot names as the first to read after it. Resolves when the old one
   * is on the disk: nobody waits for that, as it is in the system's hands since each of its writes.
   */
  private beginLog(): Promise<void> {
    const next = openSync(this.path(`log.${this.number + 1}`), 'a', 0o600);
    const old = this.file;
    this.before = old;
    this.file = next;
    this.number++;
    this.logBytes = 0;
    return flushed(old).finally(() => {
      this.before = undefined;
      closeSync(old);
    });
  }

  private async writeSnapshot(current: StoredState, pause: () => Promise<void>): Promise<void> {
    const file = openSync(this.path('snapshot.new'), 'w', 0o600);
    const firstLog = this.number;
    try {
      writeAll(file, [JSON.stringify({ revision: current.revision, firstLog })]);
      let slice: string[] = [];
      for (const record of current.records) {
        slice.push(recordText(record, JSON.stringify));
        if (slice.length < sliceLength) continue;
        writeAll(file, slice);
        slice = [];
        await pause();
        if (this.isClosed) return;
      }
      writeAll(file, slice);
      await synced(file);
      if (this.isClosed) return;
    } finally {
      closeSync(file);
    }
    renameSync(this.path('snapshot.new'), this.path('snapshot'));
  }

  private dropOldLogs(): void {
    if (this.isClosed) return;
    for (const number of logNumbers(this.directory)) if (number < this.number) rmSync(this.path(`log.${number}`));
  }

  private path(name: string): string {
    return join(this.directory, name);
  }
}

const synced = promisify(fsync);
const flushed = promisify(fdatasync);

function writeAll(file: number, texts: string[]): void {
  const bytes = Buffer.concat(texts.map(frame));
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
}

function logNumbers(directory: string): number[] {
  const numbers = readdirSync(directory).map((name) => Number(/^log\.(\d+)$/.exec(name)?.[1] ?? NaN));
  return numbers.filter((number) => !Number.isNaN(number)).sort((a, b) => a - b);
}

/** Reads snapshot and logs back into the newest state of every key. */
class Recovery {
  private readonly objects = new Map<string, WriteRecord>();
  private revision = 0;
  private firstLog = 0;

  constructor(private readonly directory: string) {}

  run(): { state: StoredState; lastLog: number; lastLogEnd: number } {
    this.readSnapshot();
    const logs = logNumbers(this.directory).filter((number) => number >= this.firstLog);
    let lastLogEnd = 0;
    for (const [i, number] of logs.entries()) lastLogEnd = this.readLog(number, i === logs.length - 1);
    const revision = this.revision === 0 ? 0 : this.revision + restartGap;
    return {
      state: { revision, records: this.objects.values() },
      lastLog: logs.at(-1) ?? this.firstLog,
      lastLogEnd,
    };
  }

  private readSnapshot(): void {
    const bytes = readIfThere(join(this.directory, 'snapshot'));
    if (!bytes) return;
    const { records, end } = readFrames(bytes);
    // It was renamed into place only when complete; damage is the disk's, and going on would lose what it held.
    if (end !== bytes.length || records.length === 0) throw new Error(`${this.directory}/snapshot is damaged`);
    const head = readSnapshotHead(records[0] ?? '');
    this.revision = head.revision;
    this.firstLog = head.firstLog;
    for (const text of records.slice(1)) this.apply(readRecord(text));
  }

  private readLog(number: number, isLast: boolean): number {
    const bytes = readFileSync(join(this.directory, `log.${number}`));
    const { records, end } = readFrames(bytes);
    if (end !== bytes.length && !isLast) throw new Error(`${this.directory}/log.${number} is damaged`);
    for (const text of records) this.apply(readRecord(text));
    return end;
  }

  private apply(record: WriteRecord): void {
    const id = `${record.resource}/${record.key}`;
    if (record.object) this.objects.set(id, record);
    else this.objects.delete(id);
    this.revision = Math.max(this.revision, record.revision);
  }
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
