import type { Clock } from '../clock';
import { openJournal, type Journal } from './journal';
import { createStorage, type Storage } from './storage';

/** The log may grow to this before it is folded into a snapshot. */
const compactAtBytes = 32 * 1024 * 1024;
const checkEveryMs = 30_000;

export interface DurableStorage {
  storage: Storage;
  journal: Journal;
  /** Stops compacting and closes the journal; writes fail from then on. */
  close(): void;
}

/** A storage whose writes are kept in a directory, which it folds together now and then. */
export function openStorage(directory: string, clock: Clock): DurableStorage {
  const journal = openJournal(directory);
  const storage = createStorage({ clock, log: journal, state: journal.state });
  let timer = clock.after(checkEveryMs, () => void check());
  async function check(): Promise<void> {
    try {
      if (journal.logBytes > compactAtBytes) await journal.compact(storage.state(), () => clock.sleep(0));
    } finally {
      timer = clock.after(checkEveryMs, () => void check());
    }
  }
  return {
    storage,
    journal,
    close: () => {
      timer.cancel();
      journal.close();
    },
  };
}
