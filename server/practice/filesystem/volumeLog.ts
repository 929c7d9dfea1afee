import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { FileSystemError } from './filesystem';
import { decodeEntries, encodeEntry } from './journal';
import type { Change, Entry } from './journal';

/**
 * The append-only log of one volume, `FOLDER/log`. Each change is one write call, made before it is acknowledged: once the
 * call is back, the bytes are the host kernel's, and survive the end of this process by any signal. They are not flushed
 * to the disk itself each time: a power cut may cost the last moments, as on any machine.
 */
export class VolumeLog {
  private handle: number;
  private isClosed = false;

  private constructor(
    private readonly folder: string,
    private length: number,
  ) {
    this.handle = openSync(join(folder, 'log'), 'r+');
  }

  /** Creates the folder and a log that holds these entries; atomic, so that a crash leaves the old log or the new one. */
  static create(folder: string, entries: Iterable<Entry>): VolumeLog {
    mkdirSync(folder, { recursive: true });
    return new VolumeLog(folder, replaceLog(folder, entries));
  }

  /** Opens what is there and cuts off a torn end. Undefined when no entry is whole: then nothing was acknowledged. */
  static open(folder: string): { log: VolumeLog; entries: Entry[] } | undefined {
    const { entries, end } = decodeEntries(readLog(folder));
    if (entries.length === 0) return undefined;
    const log = new VolumeLog(folder, end);
    ftruncateSync(log.handle, end);
    return { log, entries };
  }

  get sizeBytes(): number {
    return this.length;
  }

  /** Throws ENOSPC, with the log as before, when the host cannot take it. */
  append(change: Change, bytes?: Uint8Array): void {
    // A volume destroyed under a running container: its files live on in memory until the container has gone.
    if (this.isClosed) return;
    const record = encodeEntry(change, bytes);
    try {
      writeAll(this.handle, record, this.length);
    } catch {
      // Half a record in the middle would hide all that follow it.
      ftruncateSync(this.handle, this.length);
      throw new FileSystemError('ENOSPC', '');
    }
    this.length += record.length;
  }

  replace(entries: Iterable<Entry>): void {
    if (this.isClosed) return;
    const length = replaceLog(this.folder, entries);
    closeSync(this.handle);
    this.handle = openSync(join(this.folder, 'log'), 'r+');
    this.length = length;
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    closeSync(this.handle);
  }
}

function readLog(folder: string): Buffer {
  try {
    return readFileSync(join(folder, 'log'));
  } catch {
    return Buffer.alloc(0);
  }
}

function replaceLog(folder: string, entries: Iterable<Entry>): number {
  const next = join(folder, 'log.next');
  const handle = openSync(next, 'w', 0o600);
  let length = 0;
  try {
    for (const { change, bytes } of entries) {
      const record = encodeEntry(change, bytes);
      writeAll(handle, record, length);
      length += record.length;
    }
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(next, join(folder, 'log'));
  return length;
}

function writeAll(handle: number, record: Buffer, position: number): void {
  let written = 0;
  while (written < record.length) {
    written += writeSync(handle, record, written, record.length - written, position + written);
  }
}
