import { appendFile, mkdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Moment } from '../../lib/history/change';
import { lastAt, type Step, type Stretch } from '../../lib/history/stretch';
import { isBoard } from '../../lib/stream/apply';
import type { Clock } from '../clock';
import { isRecord } from '../kubernetes/json';
import { log, wordsOf } from '../log';

/** Steps wait so long for each other, and are lost with a server that is killed. */
const gatherMs = 500;
/** Below this a file is left alone, however little of it still counts. */
const smallBytes = 1024 * 1024;

/**
 * The past of one namespace on disk: a line for each board that a stretch begins with, each step, and each end. Appended to
 * off the path of a change, and written anew once half of it is too old to be kept. A server that was killed leaves a torn
 * last line, which is cut off; a file that cannot be read is begun anew, since what it holds is a convenience.
 */
export class HistoryFile {
  private waiting: unknown[] = [];
  private cancel: (() => void) | undefined;
  /** One thing at a time, in order: reading first. */
  private work: Promise<void> = Promise.resolve();
  private bytes = 0;
  private bytesWhenCompact = 0;
  private isBroken = false;

  /** `kept` says what is still to be kept, for when the file is written anew. */
  constructor(
    private readonly path: string,
    private readonly clock: Clock,
    private readonly kept: () => readonly Stretch[],
  ) {}

  /** What an earlier life of the server has left, oldest first; nothing where there is no file. Never rejects. */
  read(): Promise<Stretch[]> {
    const reading = this.work.then(() => this.readNow());
    this.work = reading.then(() => undefined);
    return reading;
  }

  begin({ position, at, board }: Moment): void {
    this.put({ ...position, at, board });
  }

  append(step: Step): void {
    this.put(step);
  }

  end(until: number): void {
    this.put({ until });
  }

  /** Resolves when all of it is on disk, or cannot be. */
  saved(): Promise<void> {
    this.flush();
    return this.work;
  }

  /** What is there does not fit together: it is begun anew. */
  discard(): void {
    this.work = this.work.then(() => this.rewrite());
  }

  private put(line: unknown): void {
    if (this.isBroken) return;
    this.waiting.push(line);
    this.cancel ??= this.clock.after(gatherMs, () => this.flush());
  }

  private flush(): void {
    this.cancel?.();
    this.cancel = undefined;
    if (this.waiting.length === 0) return;
    this.work = this.work.then(() => this.write());
  }

  private async write(): Promise<void> {
    const text = this.waiting.map(lineOf).join('');
    this.waiting = [];
    if (text === '' || this.isBroken) return;
    try {
      await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
      await appendFile(this.path, text, { mode: 0o600 });
      this.bytes += Buffer.byteLength(text);
    } catch (error) {
      this.isBroken = true;
      log.warn(`the past is kept in memory only, as ${this.path} cannot be written: ${wordsOf(error)}`);
    }
    if (this.bytes > Math.max(smallBytes, 2 * this.bytesWhenCompact)) await this.rewrite();
  }

  private async rewrite(): Promise<void> {
    // What waits is in `kept` already.
    this.waiting = [];
    const text = this.kept().map(linesOf).join('');
    try {
      await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
      await writeFile(`${this.path}.new`, text, { mode: 0o600 });
      await rename(`${this.path}.new`, this.path);
      this.bytes = this.bytesWhenCompact = Buffer.byteLength(text);
    } catch (error) {
      this.isBroken = true;
      log.warn(`the past is kept in memory only, as ${this.path} cannot be written: ${wordsOf(error)}`);
    }
  }

  private async readNow(): Promise<Stretch[]> {
    let text: string;
    try {
      text = await readFile(this.path, 'utf8');
    } catch {
      return [];
    }
    const { stretches, length } = parseHistory(text);
    const bytes = Buffer.byteLength(text.slice(0, length));
    try {
      if (length < text.length) await truncate(this.path, bytes);
      this.bytes = this.bytesWhenCompact = bytes;
    } catch {
      await rm(this.path, { force: true }).catch(() => undefined);
    }
    return stretches;
  }
}

function linesOf({ steps, until, ...begin }: Stretch): string {
  const lines: unknown[] = [begin, ...steps];
  if (until !== undefined) lines.push({ until });
  return lines.map(lineOf).join('');
}

function lineOf(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

/** What can be read, and how much of the text that is: from the first line that is none, nothing is believed. */
export function parseHistory(text: string): { stretches: Stretch[]; length: number } {
  const stretches: Stretch[] = [];
  let length = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', length)) {
    if (!take(stretches, text.slice(length, end))) break;
    length = end + 1;
  }
  // Without its end nobody knows how long it was watched after its last step.
  for (const stretch of stretches) stretch.until ??= lastAt(stretch);
  return { stretches, length };
}

function take(stretches: Stretch[], line: string): boolean {
  const value = parsed(line);
  if (!isRecord(value)) return false;
  const { epoch, version, at, board, patch, until, cut } = value;
  if (isBoard(board) && typeof epoch === 'string' && typeof version === 'number' && typeof at === 'number') {
    stretches.push({ epoch, version, at, board, steps: [], ...(cut === true ? { cut } : {}) });
    return true;
  }
  const last = stretches.at(-1);
  if (!last) return false;
  if (typeof until === 'number') last.until = until;
  else if (typeof at === 'number' && isRecord(patch)) last.steps.push({ at, patch: patch as unknown as Step['patch'] });
  else return false;
  return true;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
