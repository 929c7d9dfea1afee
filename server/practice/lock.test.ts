import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { ManualClock, settle } from './clock';
import { FolderInUseError, lockFolder } from './lock';

let holder: ChildProcess | undefined;
afterEach(() => void holder?.kill('SIGKILL'));

/** A folder whose lock names a process that looks like a practice cluster. */
function heldFolder() {
  const directory = mkdtempSync(join(tmpdir(), 'lock-'));
  const child = spawn('sleep', ['600'], { argv0: 'practice', stdio: 'ignore' });
  holder = child;
  writeFileSync(join(directory, 'lock'), String(child.pid));
  const gone = new Promise((done) => child.once('exit', done));
  return {
    directory,
    async end() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

it('waits for the one before to end', async () => {
  const { directory, end } = heldFolder();
  const clock = new ManualClock();
  const locking = lockFolder(directory, clock);
  await clock.advance(1000);
  expect(readFileSync(join(directory, 'lock'), 'utf8')).not.toBe(String(process.pid));
  await end();
  await clock.advance(25);
  const lock = await locking;
  expect(readFileSync(join(directory, 'lock'), 'utf8')).toBe(String(process.pid));
  lock.release();
  expect(() => readFileSync(join(directory, 'lock'))).toThrow();
});

it('gives up on one that stays', async () => {
  const { directory } = heldFolder();
  const clock = new ManualClock();
  const locking = lockFolder(directory, clock);
  locking.catch(() => undefined);
  await clock.advance(5_000);
  await settle();
  await expect(locking).rejects.toThrow(FolderInUseError);
});

it('does not mind a lock whose process is gone, or is another program', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'lock-'));
  const clock = new ManualClock();
  for (const content of ['', 'nonsense', '1', '4194303']) {
    writeFileSync(join(directory, 'lock'), content);
    await expect(lockFolder(directory, clock)).resolves.toBeDefined();
  }
});
