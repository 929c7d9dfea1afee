import type { Volume, VolumeStore } from '../../filesystem/volume';

export interface FakeVolume extends Volume {
  files: Map<string, { bytes: Uint8Array; mode: number }>;
}

/** A volume store for tests: volumes are names and what was rendered into them. */
export class FakeVolumes implements VolumeStore {
  readonly kept = new Map<string, FakeVolume>();
  readonly destroyed: string[] = [];

  persistent(id: string): Volume {
    let volume = this.kept.get(id);
    if (!volume) this.kept.set(id, (volume = fakeVolume(id)));
    return volume;
  }

  destroy(id: string): void {
    this.kept.delete(id);
    this.destroyed.push(id);
  }

  ids(): string[] {
    return [...this.kept.keys()];
  }

  temporary(id: string): Volume {
    return fakeVolume(id);
  }

  rendered(id: string) {
    const volume = fakeVolume(id);
    return { volume, set: (files: FakeVolume['files']) => void (volume.files = files) };
  }
}

function fakeVolume(id: string): FakeVolume {
  return { id, usedBytes: 0, root: undefined, files: new Map() };
}
