import { copyFileSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../clock';
import { seededIds } from '../ids';
import { openJournal } from './journal';
import { createStorage, type Storage } from './storage';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'journal-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function open(path = directory) {
  const journal = openJournal(path);
  return { journal, storage: createStorage({ clock: new ManualClock(), log: journal, state: journal.state }) };
}

/** Creates, changes and removes at random; what each step left, with the size of the log after it. */
function churn(storage: Storage, steps: number, seed: number, size: () => number) {
  const ids = seededIds(seed);
  const trail: { bytes: number; revision: number; names: string }[] = [];
  for (let i = 0; i < steps; i++) {
    const key = `default/c${Math.floor(ids.fraction() * 12)}`;
    const old = storage.get('configmaps', key);
    const object = { kind: 'ConfigMap', metadata: { name: key.slice(8) }, data: { text: `é${ids.suffix(20)}` } };
    if (!old) storage.create('configmaps', key, object);
    else if (ids.fraction() < 0.3) storage.remove('configmaps', key, old);
    else storage.replace('configmaps', key, old, object);
    trail.push({ bytes: size(), revision: storage.revision, names: fingerprint(storage) });
  }
  return trail;
}

function fingerprint(storage: Storage): string {
  return JSON.stringify(storage.list('configmaps').objects);
}

describe('the journal', () => {
  it('brings everything back, and revisions go on growing', () => {
    const { journal, storage } = open();
    churn(storage, 200, 1, () => 0);
    const before = { revision: storage.revision, objects: fingerprint(storage) };
    journal.close();
    const again = open();
    expect(fingerprint(again.storage)).toBe(before.objects);
    expect(again.storage.revision).toBeGreaterThan(before.revision);
    const made = again.storage.create('configmaps', 'default/new', { metadata: { name: 'new' } });
    expect(Number(made.metadata.resourceVersion)).toBeGreaterThan(before.revision);
    again.journal.close();
  });

  it('keeps every acknowledged write, wherever the log is cut', () => {
    const { journal, storage } = open();
    const trail = churn(storage, 200, 2, () => journal.logBytes);
    journal.close();
    const log = join(directory, 'log.0');
    const ids = seededIds(3);
    for (let round = 0; round < 60; round++) {
      const cut = Math.floor(ids.fraction() * (statSync(log).size + 1));
      const copy = join(directory, `cut${round}`);
      openJournal(copy).close();
      copyFileSync(log, join(copy, 'log.0'));
      truncateSync(join(copy, 'log.0'), cut);
      const kept = trail.filter((step) => step.bytes <= cut).at(-1);
      const survived = open(copy);
      expect(fingerprint(survived.storage)).toBe(kept?.names ?? '[]');
      // What is written after a torn tail is found again too.
      survived.storage.create('configmaps', 'default/after', { metadata: { name: 'after' } });
      survived.journal.close();
      const again = open(copy);
      expect(again.storage.get('configmaps', 'default/after')).toBeDefined();
      again.journal.close();
    }
  });

  it('stops at a damaged record instead of reading nonsense', () => {
    const { journal, storage } = open();
    const trail = churn(storage, 20, 4, () => journal.logBytes);
    journal.close();
    const last = trail.at(-2)?.bytes ?? 0;
    writeFileSync(join(directory, 'log.0'), Buffer.from([1, 2, 3, 255]), { flag: 'r+', flush: true });
    expect(fingerprint(open().storage)).toBe('[]');
    expect(last).toBeGreaterThan(0);
  });

  it('compacts while writes go on, and loses nothing at any moment of it', async () => {
    const { journal, storage } = open();
    for (let i = 0; i < 900; i++) storage.create('secrets', `default/s${i}`, { metadata: { name: `s${i}` } });
    let pauses = 0;
    const moments: string[] = [];
    await journal.compact(storage.state(), async () => {
      storage.create('configmaps', `default/c${pauses}`, { metadata: { name: `c${pauses}` } });
      const copy = join(directory, `moment${pauses++}`);
      openJournal(copy).close();
      for (const name of readdirSync(directory))
        if (/^(log|snapshot)/.test(name)) copyFileSync(join(directory, name), join(copy, name));
      moments.push(copy);
    });
    expect(pauses).toBeGreaterThan(2);
    for (const [i, copy] of moments.entries()) {
      const { storage: found, journal: its } = open(copy);
      expect(found.count('secrets')).toBe(900);
      expect(found.count('configmaps')).toBe(i + 1);
      its.close();
    }
    journal.close();
    expect(readdirSync(directory).filter((name) => name.startsWith('log'))).toEqual(['log.1']);
    const { storage: found } = open();
    expect([found.count('secrets'), found.count('configmaps')]).toEqual([900, pauses]);
  });
});
