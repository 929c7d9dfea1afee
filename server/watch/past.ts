import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Board } from '../../lib/board/model';
import type { Moment } from '../../lib/history/change';
import { KeptHistory, limits } from '../../lib/history/kept';
import type { Step } from '../../lib/history/stretch';
import type { Clock } from '../clock';
import { log, wordsOf } from '../log';
import { HistoryFile } from './historyFile';

const pastSuffix = '.jsonl';

/** The past of one namespace, in memory and, where there is a folder for it, on disk. */
export class Past {
  readonly history = new KeptHistory();
  /** Resolves once what an earlier life of the server kept is there too. */
  readonly whole: Promise<void>;
  private readonly file: HistoryFile | undefined;

  constructor(
    private readonly clock: Clock,
    directory: string | undefined,
    namespace: string,
  ) {
    if (directory !== undefined)
      this.file = new HistoryFile(join(directory, `${namespace}${pastSuffix}`), clock, () => this.history.stretches);
    this.whole = this.file ? this.recall(this.file) : Promise.resolve();
  }

  begin(moment: Moment): void {
    this.history.begin(moment);
    this.file?.begin(moment);
  }

  append(step: Step, board: Board): void {
    this.history.append(step, board);
    this.file?.append(step);
  }

  end(): void {
    this.history.end(this.clock.now());
    this.file?.end(this.clock.now());
  }

  async saved(): Promise<void> {
    await this.file?.saved();
  }

  private async recall(file: HistoryFile): Promise<void> {
    const stretches = await file.read();
    try {
      this.history.prepend(stretches, this.clock.now());
    } catch (error) {
      log.warn(`the past on disk does not fit together and is forgotten: ${wordsOf(error)}`);
      file.discard();
    }
  }
}

/** Removes the files that hold nothing young enough to be kept. Never rejects: a folder that is not there holds none. */
export async function forgetOldFiles(directory: string, now: number): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  for (const name of names.filter((file) => file.endsWith(pastSuffix))) {
    const path = join(directory, name);
    const changedAt = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => now,
    );
    if (now - changedAt > limits.ms) await rm(path, { force: true }).catch(() => undefined);
  }
}
