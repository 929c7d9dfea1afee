import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { WrittenFile } from '../../lib/board/model';
import type { OwnWrite, Written } from '../../lib/board/writes';
import type { Clock } from '../clock';
import { isRecord } from '../kubernetes/json';
import { log, wordsOf } from '../log';

/** Writes of files wait so long for each other, and are lost with a server that is killed. */
const gatherMs = 500;

/**
 * Who wrote which file last, kept beside the past of the cluster, but as long as the claims and pods that hold them: what lies
 * there outlives every life of this server. One small file for all namespaces, written anew each time. One that cannot be read is begun anew.
 */
export class WrittenStore {
  private namespaces: Record<string, Written> = {};
  private cancel: (() => void) | undefined;
  private work: Promise<void> = Promise.resolve();
  private hasWarned = false;

  constructor(
    private readonly path: string,
    private readonly clock: Clock,
  ) {}

  /** What an earlier life of the server has left, by namespace. Never rejects. */
  async read(): Promise<Readonly<Record<string, Written>>> {
    const text = await readFile(this.path, 'utf8').catch(() => '{}');
    this.namespaces = { ...parseWritten(text), ...this.namespaces };
    return this.namespaces;
  }

  /** All that is to be kept of this namespace. */
  keep(namespace: string, written: Written): void {
    const { [namespace]: _, ...others } = this.namespaces;
    const isNothing = Object.keys({ ...written.onClaims, ...written.inPods }).length === 0;
    this.namespaces = isNothing ? others : { ...others, [namespace]: written };
    this.cancel ??= this.clock.after(gatherMs, () => this.flush());
  }

  /** Resolves when it is on disk, or cannot be. */
  saved(): Promise<void> {
    if (this.cancel) this.flush();
    return this.work;
  }

  private flush(): void {
    this.cancel?.();
    this.cancel = undefined;
    this.work = this.work.then(() => this.write());
  }

  private async write(): Promise<void> {
    try {
      await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
      await writeFile(`${this.path}.new`, JSON.stringify(this.namespaces), { mode: 0o600 });
      await rename(`${this.path}.new`, this.path);
    } catch (error) {
      if (!this.hasWarned)
        log.warn(`who wrote a file is not kept, as ${this.path} cannot be written: ${wordsOf(error)}`);
      this.hasWarned = true;
    }
  }
}

/** Nothing at all where it is no such file: half of it would be believed for the whole. */
export function parseWritten(text: string): Record<string, Written> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {};
  }
  return isRecord(value) && Object.values(value).every(isWritten) ? (value as Record<string, Written>) : {};
}

function isWritten(value: unknown): value is Written {
  return isRecord(value) && areListsOf(value.onClaims, isFile) && areListsOf(value.inPods, isOwnWrite);
}

function areListsOf(value: unknown, isOne: (value: unknown) => boolean): boolean {
  return isRecord(value) && Object.values(value).every((list) => Array.isArray(list) && list.every(isOne));
}

function isOwnWrite(value: unknown): value is OwnWrite {
  if (!isRecord(value) || !isFile(value.file)) return false;
  return typeof value.podUid === 'string' && typeof value.containerId === 'string' && 'place' in value.file;
}

function isFile(value: unknown): value is WrittenFile {
  if (!isRecord(value)) return false;
  const { name, path, bytes, at, pod, container } = value;
  return (
    [name, path, pod, container].every((text) => typeof text === 'string') &&
    typeof bytes === 'number' &&
    typeof at === 'number'
  );
}
