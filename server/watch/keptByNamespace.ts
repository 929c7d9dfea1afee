import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../clock';
import { isRecord } from '../kubernetes/json';
import { log, wordsOf } from '../log';

export interface KeptOptions<T> {
  path: string;
  clock: Clock;
  /** What is kept in it, for the one warning where it cannot be. */
  what: string;
  /** Changes wait so long for each other, in ms, and are lost with a server that is killed. */
  gatherMs: number;
  isOne: (value: unknown) => value is T;
  isNothing: (value: T) => boolean;
}

/**
 * Something that is known of each namespace, kept beside the past of the cluster for the server's next life: one small file
 * for all of them, written anew each time. One that cannot be read is begun anew.
 */
export class KeptByNamespace<T> {
  private namespaces: Record<string, T> = {};
  /** Asked only when it is written: a list of a thousand pods is a thousand changes. */
  private readonly changed = new Map<string, () => T>();
  private cancel: (() => void) | undefined;
  private work: Promise<void> = Promise.resolve();
  private hasWarned = false;

  constructor(private readonly options: KeptOptions<T>) {}

  /** What an earlier life of the server has left, by namespace. Never rejects. */
  async read(): Promise<Readonly<Record<string, T>>> {
    const text = await readFile(this.options.path, 'utf8').catch(() => '{}');
    this.namespaces = { ...parseKept(text, this.options.isOne), ...this.namespaces };
    return this.namespaces;
  }

  /** What is to be kept of this namespace is different now; `read` gives all of it. */
  keep(namespace: string, read: () => T): void {
    this.changed.set(namespace, read);
    this.cancel ??= this.options.clock.after(this.options.gatherMs, () => this.flush());
  }

  /** Resolves when it is on disk, or cannot be. */
  saved(): Promise<void> {
    if (this.cancel) this.flush();
    return this.work;
  }

  private flush(): void {
    this.cancel?.();
    this.cancel = undefined;
    for (const [namespace, read] of this.changed) this.take(namespace, read());
    this.changed.clear();
    this.work = this.work.then(() => this.write());
  }

  private take(namespace: string, value: T): void {
    const { [namespace]: _, ...others } = this.namespaces;
    this.namespaces = this.options.isNothing(value) ? others : { ...others, [namespace]: value };
  }

  private async write(): Promise<void> {
    const { path, what } = this.options;
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFile(`${path}.new`, JSON.stringify(this.namespaces), { mode: 0o600 });
      await rename(`${path}.new`, path);
    } catch (error) {
      if (!this.hasWarned) log.warn(`${what} is not kept, as ${path} cannot be written: ${wordsOf(error)}`);
      this.hasWarned = true;
    }
  }
}

/** Nothing at all where it is no such file: half of it would be believed for the whole. */
export function parseKept<T>(text: string, isOne: (value: unknown) => value is T): Record<string, T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {};
  }
  return isRecord(value) && Object.values(value).every(isOne) ? (value as Record<string, T>) : {};
}
