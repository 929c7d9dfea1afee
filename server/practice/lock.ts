import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from './clock';

/**
 * One practice cluster a data folder: two would each take the other's journal for damage. A lock whose process is gone (kill -9)
 * does not count; where `/proc` can tell, neither does one whose number another program has since been given.
 */
export class FolderInUseError extends Error {
  constructor(directory: string, pid: number) {
    super(
      `${directory} is in use by another practice cluster (process ${pid}). End that one, or give --data another folder.`,
    );
    this.name = 'FolderInUseError';
  }
}

/** For one that is ending: after a dashboard was killed, its cluster lets answers in the making finish before it goes. */
const patienceMs = 5_000;
const askEveryMs = 25;

/** Waits a few seconds for the one before to end. Rejects with a FolderInUseError when it stays. */
export async function lockFolder(directory: string, clock: Clock): Promise<{ release(): void }> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, 'lock');
  const deadline = clock.now() + patienceMs;
  for (;;) {
    const holder = holderOf(file);
    if (holder === undefined || holder === process.pid || !isPractice(holder)) break;
    if (clock.now() >= deadline) throw new FolderInUseError(directory, holder);
    await clock.sleep(askEveryMs);
  }
  writeFileSync(file, String(process.pid));
  return { release: () => holderOf(file) === process.pid && rmSync(file, { force: true }) };
}

function holderOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

function isPractice(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('practice');
  } catch {
    return true;
  }
}
