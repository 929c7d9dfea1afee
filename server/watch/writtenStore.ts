import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { WrittenFile } from '../../lib/board/model';
import type { Clock } from '../clock';
import { isRecord } from '../kubernetes/json';
import { log, wordsOf } from '../log';

/** What was last written onto each claim, by the claim's uid. */
export type WrittenOnClaims = Record<string, readonly WrittenFile[]>;

/** Writes of files wait so long for each other, and are lost with a server that is killed. */
const gatherMs = 500;

/**
 * Who wrote which file last, kept beside the past of the cluster, but as long as its claims: what lies on a claim outlives every
 * life of this server. One small file for all namespaces, written anew each time. One that cannot be read is begun anew.
 */
export class WrittenStore {
  private namespaces: Record<string, WrittenOnClaims> = {};
  private cancel: (() => void) | undefined;
  private work: Promise<void> = Promise.resolve();
  private hasWarned = false;

  constructor(
    private readonly path: string,
    private readonly clock: Clock,
  ) {}

  /** What an earlier life of the server has left, by namespace. Never rejects. */
  async read(): Promise<Readonly<Record<string, WrittenOnClaims>>> {
    const text = await readFile(this.path, 'utf8').catch(() => '{}');
    this.namespaces = { ...parseWritten(text), ...this.namespaces };
    return this.namespaces;
  }

  /** All that is to be kept of this namespace. */
  keep(namespace: string, onClaims: WrittenOnClaims): void {
    const { [namespace]: _, ...others } = this.namespaces;
    this.namespaces = Object.keys(onClaims).length === 0 ? others : { ...others, [namespace]: onClaims };
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
export function parseWritten(text: string): Record<string, WrittenOnClaims> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {};
  }
  return isRecord(value) && Object.values(value).every(isOnClaims) ? (value as Record<string, WrittenOnClaims>) : {};
}

function isOnClaims(value: unknown): value is WrittenOnClaims {
  return isRecord(value) && Object.values(value).every((files) => Array.isArray(files) && files.every(isWritten));
}

function isWritten(value: unknown): value is WrittenFile {
  if (!isRecord(value)) return false;
  const { name, path, bytes, at, pod, container } = value;
  return (
    [name, path, pod, container].every((text) => typeof text === 'string') &&
    typeof bytes === 'number' &&
    typeof at === 'number'
  );
}
