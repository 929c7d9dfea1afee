import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ManualClock } from './clock';
import { lockFolder } from './lock';

const folder = () => mkdtempSync(join(tmpdir(), 'lock-'));

it('is held until it is released', async () => {
  const directory = folder();
  const lock = await lockFolder(directory, new ManualClock());
  expect(readFileSync(join(directory, 'lock'), 'utf8')).toBe(String(process.pid));
  lock.release();
  expect(() => readFileSync(join(directory, 'lock'))).toThrow();
});

// No process has a number as large as the first; process 1 is another program.
it.each([2 ** 22 + 1, 1])('is taken over from %d, which is gone or no practice cluster', async (pid) => {
  const directory = folder();
  writeFileSync(join(directory, 'lock'), String(pid));
  await lockFolder(directory, new ManualClock());
  expect(readFileSync(join(directory, 'lock'), 'utf8')).toBe(String(process.pid));
});
