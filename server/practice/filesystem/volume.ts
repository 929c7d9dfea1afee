import type { RenderedFiles } from './renderedVolume';

/**
 * A volume: a tree of files that containers mount. One volume mounted twice is the same files. Volumes that belong to a
 * PersistentVolume outlive pods and restarts of the practice cluster; an emptyDir lives as long as its pod.
 */
export interface Volume {
  readonly id: string;
  /** Undefined: no quota. */
  readonly capacityBytes?: number;
  readonly usedBytes: number;
  /** The root folder's node; only `server/practice/filesystem` looks inside. */
  readonly root: unknown;
}

export interface Medium {
  /** Seen as a tmpfs, whose root has the sticky bit. */
  inMemory?: boolean;
  /** The pod's fsGroup, to which all of it is given. */
  group?: number;
}

/** Where volumes come from. Persistent ones are written to the data folder before a write to them is acknowledged. */
export interface VolumeStore {
  /** Opens or creates the persistent volume of this id. `fsGroup`-like ownership is set with `owner` at creation. */
  persistent(
    id: string,
    options?: { capacityBytes?: number; owner?: { uid: number; gid: number; mode: number } },
  ): Volume;
  /** Removes it and its files for good. Removing one that is not there is not an error. */
  destroy(id: string): void;
  /** The ids of all persistent volumes. */
  ids(): string[];
  /** An empty volume that is kept nowhere. */
  temporary(id: string, options?: { capacityBytes?: number } & Medium): Volume;
  /** A read-only volume with this content (ConfigMap, Secret, projected, downward API); `set` replaces all of it. */
  rendered(id: string, options?: Medium): { volume: Volume; set(files: RenderedFiles): void };
}
