import type { PersistentVolume, PersistentVolumeClaim } from '../../../../lib/kubernetes/storage';
import type { ApiClient } from '../../client';
import type { Clock } from '../../clock';
import type { VolumeStore } from '../../filesystem/volume';
import type { Ids } from '../../ids';
import type { Pace } from '../../pace';
import type { EventRecorder } from '../runtime/events';
import type { Informers } from '../runtime/informer';

export interface VolumeControllersOptions {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  ids: Ids;
  volumes: VolumeStore;
  pace: Pace;
}

export interface VolumeDeps extends VolumeControllersOptions {
  /** Of `persistentvolume-controller`. */
  events: EventRecorder;
  cache: LatestVolumes;
  signal: AbortSignal;
}

/**
 * Claims and volumes as last seen or written, whichever is newer: two claims must never be given the same volume because
 * the cache is a moment behind our own writes.
 */
export class LatestVolumes {
  private readonly written = new Map<string, PersistentVolume | PersistentVolumeClaim>();

  constructor(private readonly informers: Informers) {}

  claim(namespace: string, name: string): PersistentVolumeClaim | undefined {
    return this.newer(`${namespace}/${name}`, this.informers.for('persistentvolumeclaims').get(name, namespace));
  }

  volume(name: string): PersistentVolume | undefined {
    return this.newer(`/${name}`, this.informers.for('persistentvolumes').get(name));
  }

  claims(): PersistentVolumeClaim[] {
    return this.informers
      .for('persistentvolumeclaims')
      .list()
      .map((claim) => this.newer(keyFor(claim), claim) ?? claim);
  }

  volumes(): PersistentVolume[] {
    return this.informers
      .for('persistentvolumes')
      .list()
      .map((volume) => this.newer(keyFor(volume), volume) ?? volume);
  }

  note<T extends PersistentVolume | PersistentVolumeClaim>(object: T): T {
    this.written.set(keyFor(object), object);
    return object;
  }

  private newer<T extends PersistentVolume | PersistentVolumeClaim>(key: string, seen: T | undefined): T | undefined {
    const own = this.written.get(key);
    if (!own || !seen || own.metadata.uid !== seen.metadata.uid || revision(own) <= revision(seen)) {
      this.written.delete(key);
      return seen;
    }
    // The key holds only objects of this kind: claims have a namespace, volumes have none.
    return own as T;
  }
}

function keyFor({ metadata }: PersistentVolume | PersistentVolumeClaim): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function revision({ metadata }: PersistentVolume | PersistentVolumeClaim): number {
  return Number(metadata.resourceVersion ?? 0);
}
