import { createHash } from 'node:crypto';
import { readdirSync, renameSync, rmSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock';
import type { Ids } from '../ids';
import { giveToGroup } from './groupOwnership';
import type { Change } from './journal';
import { render } from './renderedVolume';
import type { RenderedFiles } from './renderedVolume';
import { replay, snapshot } from './replay';
import { Tree } from './tree';
import type { StorageBudget, TreeOptions } from './tree';
import type { Medium, Volume, VolumeStore } from './volume';
import { VolumeLog } from './volumeLog';

export interface VolumeStoreOptions {
  /** Where persistent volumes are kept; without it they live in memory only. */
  directory?: string;
  clock: Clock;
  ids: Ids;
  /** What all volumes together may hold in memory. */
  budgetBytes?: number;
}

/** What the runtime mounts. */
export class TreeVolume implements Volume {
  constructor(
    readonly id: string,
    readonly tree: Tree,
    /** ConfigMaps and Secrets: no container may write to them. */
    readonly readOnly: boolean,
    readonly inMemory: boolean,
    private readonly log?: VolumeLog,
  ) {}

  get capacityBytes(): number | undefined {
    return this.tree.capacityBytes;
  }

  get usedBytes(): number {
    return this.tree.usedBytes;
  }

  get root(): unknown {
    return this.tree.root;
  }

  /** Brings the log to what the tree is now. */
  rewrite(): void {
    this.log?.replace(snapshot(this.id, this.tree));
  }

  discard(): void {
    this.log?.close();
    this.tree.discard();
  }
}

const defaultBudgetBytes = 2 * 2 ** 30;
/** A log is written anew when it is this much larger than what it leads to. */
const slackBytes = 2 ** 20;

export function createVolumeStore(options: VolumeStoreOptions): VolumeStore {
  return new Store(options);
}

class Store implements VolumeStore {
  private readonly volumes = new Map<string, TreeVolume>();
  private readonly budget: StorageBudget;
  private nextDevice = 0x10000;

  constructor(private readonly options: VolumeStoreOptions) {
    this.budget = { limitBytes: options.budgetBytes ?? defaultBudgetBytes, usedBytes: 0 };
    if (options.directory !== undefined) this.load(options.directory);
  }

  persistent(
    id: string,
    options: { capacityBytes?: number; owner?: { uid: number; gid: number; mode: number } } = {},
  ): Volume {
    const known = this.volumes.get(id);
    const { capacityBytes, owner } = options;
    if (known) {
      if (capacityBytes !== undefined && capacityBytes !== known.tree.capacityBytes) this.resize(known, capacityBytes);
      return known;
    }
    const root = { mode: owner?.mode ?? 0o777, uid: owner?.uid ?? 0, gid: owner?.gid ?? 0 };
    const volume = this.open(id, root, capacityBytes);
    this.volumes.set(id, volume);
    return volume;
  }

  destroy(id: string): void {
    const volume = this.volumes.get(id);
    this.volumes.delete(id);
    volume?.discard();
    const { directory } = this.options;
    if (!volume || directory === undefined) return;
    // Renamed first: a crash in the middle of the removal must not bring half a volume back.
    const gone = join(directory, `gone-${this.options.ids.hex(16)}`);
    renameSync(join(directory, folderNameOf(id)), gone);
    rmSync(gone, { recursive: true, force: true });
  }

  ids(): string[] {
    return [...this.volumes.keys()];
  }

  temporary(id: string, options: { capacityBytes?: number } & Medium = {}): Volume {
    const { capacityBytes, inMemory = false, group } = options;
    const tree = this.tree({ root: { mode: rootMode(inMemory) }, capacityBytes });
    if (group !== undefined) giveToGroup(tree, group, false);
    return new TreeVolume(id, tree, false, inMemory);
  }

  rendered(id: string, { inMemory = false, group }: Medium = {}) {
    const { clock, ids } = this.options;
    let at: number | undefined;
    const tree = this.tree({ root: { mode: rootMode(inMemory) }, now: () => at ?? clock.now() });
    if (group !== undefined) giveToGroup(tree, group, true);
    let hasBeenSeen = false;
    const set = (files: RenderedFiles) => {
      const suffix = String(Math.floor(ids.fraction() * 1e9));
      const setAt = clock.now();
      tree.root.fill = () => {
        hasBeenSeen = true;
        at = setAt;
        try {
          render(tree, files, setAt, suffix);
          if (group !== undefined) giveToGroup(tree, group, true);
        } finally {
          at = undefined;
        }
      };
      // Who has a file open, or stands in a folder, must see it change.
      if (hasBeenSeen) tree.names(tree.root);
    };
    return { volume: new TreeVolume(id, tree, true, inMemory), set };
  }

  private tree(options: Pick<TreeOptions, 'root' | 'capacityBytes' | 'journal'> & { now?: () => number }): Tree {
    return new Tree({
      now: () => this.options.clock.now(),
      ...options,
      device: this.nextDevice++,
      budget: this.budget,
    });
  }

  private open(id: string, root: { mode: number; uid: number; gid: number }, capacityBytes?: number): TreeVolume {
    const { directory } = this.options;
    if (directory === undefined) return new TreeVolume(id, this.tree({ root, capacityBytes }), false, false);
    const folder = join(directory, folderNameOf(id));
    const change: Change = { do: 'volume', id, capacityBytes, root, at: this.options.clock.now() };
    const log = VolumeLog.create(folder, [{ change, bytes: new Uint8Array(0) }]);
    const journal = keepJournal(id, log);
    const tree = this.tree({ root, capacityBytes, journal: journal.append });
    journal.start(tree);
    return new TreeVolume(id, tree, false, false, log);
  }

  private load(directory: string): void {
    mkdirSync(directory, { recursive: true });
    for (const name of readdirSync(directory)) {
      const folder = join(directory, name);
      if (name.startsWith('gone-')) rmSync(folder, { recursive: true, force: true });
      else this.reopen(folder);
    }
  }

  private reopen(folder: string): void {
    const opened = VolumeLog.open(folder);
    const first = opened?.entries[0]?.change;
    if (!opened || first?.do !== 'volume') return;
    let at: number | undefined = first.at;
    const journal = keepJournal(first.id, opened.log);
    const tree = new Tree({
      device: this.nextDevice++,
      budget: this.budget,
      root: first.root,
      now: () => at ?? this.options.clock.now(),
      journal: journal.append,
    });
    replay(tree, opened.entries, (moment) => (at = moment));
    at = undefined;
    journal.start(tree);
    this.volumes.set(first.id, new TreeVolume(first.id, tree, false, false, opened.log));
  }

  private resize(volume: TreeVolume, capacityBytes: number): void {
    volume.tree.capacityBytes = capacityBytes;
    volume.rewrite();
  }
}

function rootMode(inMemory: boolean): number {
  return inMemory ? 0o1777 : 0o777;
}

/** Writes down what a tree tells, once it is started, and shortens the log when most of it is history. */
function keepJournal(id: string, log: VolumeLog) {
  let tree: Tree | undefined;
  let shortest = 0;
  const append = (change: Change, bytes?: Uint8Array) => {
    if (!tree) return;
    if (log.sizeBytes > slackBytes + 4 * Math.max(shortest, tree.usedBytes)) {
      log.replace(snapshot(id, tree));
      shortest = log.sizeBytes;
    }
    log.append(change, bytes);
  };
  return { append, start: (of: Tree) => void (tree = of) };
}

/**
 * A folder name of letters, digits and `-` for any id: other characters as `_XX`, and what would be too long (or begin
 * like a removed volume) as a digest. The id itself stands in the log.
 */
function folderNameOf(id: string): string {
  const escaped = Buffer.from(id)
    .toString('latin1')
    .replace(/[^A-Za-z0-9-]/g, (c) => `_${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
  const isPlain = escaped.length <= 120 && escaped !== '' && !escaped.startsWith('gone-');
  return isPlain ? `v-${escaped}` : `d-${createHash('sha256').update(JSON.stringify(id)).digest('hex')}`;
}
