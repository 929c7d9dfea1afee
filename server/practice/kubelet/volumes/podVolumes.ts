import { createHash } from 'node:crypto';
import type { Pod, Volume as VolumeSpec } from '../../../../lib/kubernetes/pod';
import { quantityValue } from '../../../../lib/kubernetes/quantity';
import type { Timer } from '../../clock';
import { nfsId, nodeFolderId, sharedFolderId, volumeIdOf } from '../../controllers/volumes/volumeId';
import type { Volume } from '../../filesystem/volume';
import type { NodeDeps } from '../kubeletDeps';
import { bytesOf, isRendered, MountError, renderVolume, type Files } from './sources';

/** Upstream re-reads ConfigMaps, Secrets and fields about once a minute, each pod at its own moment. */
const refreshMs = 60_000;

/**
 * The volumes of one pod (pkg/kubelet/volumemanager): waits for each until it can be mounted, saying why it cannot, and
 * keeps rendered ones up to date. Attaching is not simulated: a bound claim's files are at hand on every node.
 */
export class PodVolumes {
  private readonly mounted = new Map<string, Volume>();
  private readonly rendered = new Map<string, { spec: VolumeSpec; set(files: Files): void; last: string }>();
  private refreshing: Timer | undefined;
  private isReleased = false;

  constructor(
    private readonly deps: NodeDeps,
    private pod: () => Pod,
  ) {}

  /** The volume of this name; throws when it is asked for before it was mounted. */
  get(name: string): Volume {
    const volume = this.mounted.get(name);
    if (!volume) throw new Error(`volume ${name} is not mounted`);
    return volume;
  }

  has(name: string): boolean {
    return this.mounted.has(name);
  }

  /** Tries every volume that is not mounted yet. The failures, by volume; empty when all are there. */
  async mountAll(): Promise<Map<string, string>> {
    const failures = new Map<string, string>();
    for (const spec of this.pod().spec.volumes ?? []) {
      if (this.mounted.has(spec.name)) continue;
      try {
        this.mounted.set(spec.name, await this.mount(spec));
      } catch (error) {
        if (!(error instanceof MountError)) throw error;
        failures.set(spec.name, error.message);
      }
    }
    if (failures.size === 0 && this.rendered.size > 0) this.scheduleRefresh();
    return failures;
  }

  release(): void {
    this.isReleased = true;
    this.refreshing?.cancel();
    this.rendered.clear();
    this.mounted.clear();
  }

  private async mount(spec: VolumeSpec): Promise<Volume> {
    const { volumes, nodeName } = this.deps;
    if (spec.persistentVolumeClaim) return this.claimed(spec.persistentVolumeClaim.claimName);
    if (spec.hostPath)
      return volumes.persistent(this.folderId(nodeName, spec.hostPath.path), { owner: nodeFolder(spec.hostPath.path) });
    if (spec.nfs) return volumes.persistent(nfsId(spec.nfs.server, spec.nfs.path), { owner: this.owner() });
    if (isRendered(spec)) return this.render(spec);
    const limit = quantityValue(spec.emptyDir?.sizeLimit);
    return volumes.temporary(this.idOf(spec), {
      inMemory: spec.emptyDir?.medium === 'Memory',
      ...this.group(),
      ...(limit > 0 ? { capacityBytes: limit } : {}),
    });
  }

  private claimed(claimName: string): Volume {
    const { informers, volumes } = this.deps;
    const namespace = this.pod().metadata.namespace ?? '';
    const claim = informers.for('persistentvolumeclaims').get(claimName, namespace);
    if (!claim)
      throw new MountError(
        `error processing PVC ${namespace}/${claimName}: persistentvolumeclaims "${claimName}" not found`,
      );
    if (claim.status?.phase !== 'Bound' || !claim.spec.volumeName)
      throw new MountError(`error processing PVC ${namespace}/${claimName}: PVC is not bound`);
    const volume = informers.for('persistentvolumes').get(claim.spec.volumeName);
    if (!volume)
      throw new MountError(
        `failed to fetch PV ${claim.spec.volumeName} from API server: persistentvolumes "${claim.spec.volumeName}" not found`,
      );
    const capacityBytes = quantityValue(volume.spec.capacity?.storage);
    return volumes.persistent(volumeIdOf(volume), {
      ...(capacityBytes > 0 ? { capacityBytes } : {}),
      owner: this.owner(),
    });
  }

  /** The folder of a PersistentVolume is the same on all nodes; any other belongs to one node. */
  private folderId(node: string, path: string): string {
    const all = this.deps.informers.for('persistentvolumes').list();
    const isOfVolume = all.some((volume) => volume.spec.hostPath?.path === path);
    return isOfVolume ? sharedFolderId(path) : nodeFolderId(node, path);
  }

  /** A new volume belongs to root and is open to all, as provisioners leave it; with an fsGroup, to that group. */
  private owner(): { uid: number; gid: number; mode: number } {
    const group = this.pod().spec.securityContext?.fsGroup;
    return group === undefined ? { uid: 0, gid: 0, mode: 0o777 } : { uid: 0, gid: group, mode: 0o2777 };
  }

  private group(): { group?: number } {
    const group = this.pod().spec.securityContext?.fsGroup;
    return group === undefined ? {} : { group };
  }

  private async render(spec: VolumeSpec): Promise<Volume> {
    const files = await this.filesOf(spec);
    const { volume, set } = this.deps.volumes.rendered(this.idOf(spec), {
      // A ConfigMap's files lie on the node's disk, all others in memory (wrappedVolumeSpec of pkg/volume).
      inMemory: !spec.configMap,
      ...this.group(),
    });
    set(files);
    this.rendered.set(spec.name, { spec, set, last: fingerprint(files) });
    return volume;
  }

  private async filesOf(spec: VolumeSpec): Promise<Files> {
    const pod = this.pod();
    const { informers, allocatable } = this.deps;
    const namespace = pod.metadata.namespace ?? '';
    return renderVolume(pod, spec, {
      configMap: (name) => informers.for('configmaps').get(name, namespace),
      secret: (name) => informers.for('secrets').get(name, namespace),
      allocatable,
      tokens: await this.mintTokens(spec),
    });
  }

  /** As the files hold them: the very same bytes. */
  private readonly tokens = new Map<string, { bytes: Uint8Array; renewAt: number }>();

  /** Tokens are renewed when four fifths of their life are over, as upstream's token manager does. */
  private async mintTokens(spec: VolumeSpec): Promise<Map<string, Uint8Array>> {
    const { clock, mintToken, nodeName } = this.deps;
    const { metadata, spec: podSpec } = this.pod();
    const minted = new Map<string, Uint8Array>();
    for (const { serviceAccountToken: wanted } of spec.projected?.sources ?? []) {
      if (!wanted) continue;
      const seconds = wanted.expirationSeconds ?? 3600;
      const key = `${spec.name}/${wanted.path}`;
      let held = this.tokens.get(key);
      if (!held || clock.now() >= held.renewAt) {
        const boundTo = { podName: metadata.name ?? '', podUid: metadata.uid ?? '', nodeName };
        const account = podSpec.serviceAccountName ?? 'default';
        const token = await mintToken(metadata.namespace ?? '', account, wanted.audience, seconds, boundTo);
        this.tokens.set(key, (held = { bytes: bytesOf(token), renewAt: clock.now() + seconds * 800 }));
      }
      minted.set(wanted.path, held.bytes);
    }
    return minted;
  }

  private scheduleRefresh(): void {
    const { clock, ids } = this.deps;
    if (this.refreshing || this.isReleased) return;
    const delay = refreshMs * (0.5 + ids.fraction() / 2);
    this.refreshing = clock.after(delay, () => {
      this.refreshing = undefined;
      void this.refresh().finally(() => this.scheduleRefresh());
    });
  }

  private async refresh(): Promise<void> {
    for (const entry of this.rendered.values()) {
      const files = await this.filesOf(entry.spec).catch(() => undefined);
      // A source that has gone leaves the files as they were.
      if (!files || this.isReleased || fingerprint(files) === entry.last) continue;
      entry.set(files);
      entry.last = fingerprint(files);
    }
  }

  private idOf(spec: VolumeSpec): string {
    return `${this.pod().metadata.uid}/${spec.name}`;
  }
}

/** A folder of the node's belongs to its root; everybody may write where everybody may on any machine. */
function nodeFolder(path: string): { uid: number; gid: number; mode: number } {
  return { uid: 0, gid: 0, mode: /^\/(var\/)?tmp\/?$/.test(path) ? 0o1777 : 0o755 };
}

/** To tell whether anything has changed; kept for each volume of each pod, so it is short. */
function fingerprint(files: Files): string {
  const hash = createHash('sha256');
  for (const [path, { bytes, mode }] of files) hash.update(JSON.stringify([path, mode, bytes.length])).update(bytes);
  return hash.digest('base64');
}
