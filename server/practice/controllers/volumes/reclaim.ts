import type { PersistentVolume } from '../../../../lib/kubernetes/storage';
import { isNotFound } from '../../status';
import { inTreeProtection, provisionedBy } from './annotations';
import { unbindVolume } from './binding';
import { setVolumePhase } from './phases';
import { isSimulated } from './provisioning';
import { Recycler } from './recycler';
import type { VolumeDeps } from './volumeDeps';
import { volumeIdOf } from './volumeId';

/** Removing a volume's files takes about this long. */
const deleteMs = 250;

/** What becomes of a volume whose claim has gone (pv_controller reclaimVolume). */
export class Reclaimer {
  /** Volumes being deleted or recycled: a sync meanwhile must not begin again. */
  private readonly underWay = new Set<string>();
  private readonly recycler: Recycler;

  constructor(private readonly deps: VolumeDeps) {
    this.recycler = new Recycler(deps);
  }

  async reclaim(volume: PersistentVolume): Promise<void> {
    const uid = volume.metadata.uid ?? '';
    const policy = volume.spec.persistentVolumeReclaimPolicy ?? 'Retain';
    if (policy === 'Retain' || this.underWay.has(uid)) return;
    this.underWay.add(uid);
    const work = policy === 'Delete' ? this.remove(volume) : this.recycle(volume);
    // What fails is tried again by the next resync; the volume's phase and events say so.
    void work.catch(() => undefined).finally(() => this.underWay.delete(uid));
  }

  private async remove(volume: PersistentVolume): Promise<void> {
    const { client, clock, pace, volumes, signal } = this.deps;
    const refusal = refusalToDelete(volume);
    if (refusal === 'external') return;
    if (refusal) {
      const event = { type: 'Warning', reason: 'VolumeFailedDelete', message: refusal } as const;
      return void (await setVolumePhase(this.deps, volume, 'Failed', refusal, event));
    }
    await clock.sleep(pace.delay(deleteMs), signal);
    const latest = this.deps.cache.volume(volume.metadata.name ?? '');
    if (signal.aborted || !latest || latest.status?.phase === 'Bound') return;
    volumes.destroy(volumeIdOf(latest));
    const preconditions = { uid: latest.metadata.uid };
    const finalizers = latest.metadata.finalizers ?? [];
    if (finalizers.includes(inTreeProtection)) {
      const left = finalizers.filter((finalizer) => finalizer !== inTreeProtection);
      await client.update('persistentvolumes', { ...latest, metadata: { ...latest.metadata, finalizers: left } });
    }
    await client
      .delete('persistentvolumes', latest.metadata.name ?? '', undefined, { preconditions })
      .catch((error) => {
        if (!isNotFound(error)) throw error;
      });
  }

  private async recycle(volume: PersistentVolume): Promise<void> {
    const { events, cache } = this.deps;
    const fail = (message: string) =>
      setVolumePhase(this.deps, volume, 'Failed', message, { type: 'Warning', reason: 'VolumeFailedRecycle', message });
    const users = this.podsUsing(volume);
    if (users.length > 0 && !this.claimOf(volume)) {
      events.event(volume, 'Normal', 'VolumeFailedRecycle', `Volume is used by pods: ${users.join(',')}`);
      return;
    }
    if (!volume.spec.nfs && !volume.spec.hostPath) return void (await fail('No recycler plugin found for the volume!'));
    const failure = await this.recycler.scrub(volume);
    if (this.deps.signal.aborted) return;
    if (failure !== undefined) return void (await fail(`Recycle failed: ${failure}`));
    const latest = cache.volume(volume.metadata.name ?? '');
    if (!latest) return;
    events.event(latest, 'Normal', 'VolumeRecycled', 'Volume recycled');
    await unbindVolume(this.deps, latest);
  }

  private claimOf(volume: PersistentVolume) {
    const { namespace = '', name = '' } = volume.spec.claimRef ?? {};
    return this.deps.cache.claim(namespace, name);
  }

  private podsUsing(volume: PersistentVolume): string[] {
    const { namespace, name } = volume.spec.claimRef ?? {};
    return this.deps.informers
      .for('pods')
      .list(namespace)
      .filter((pod) => pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed')
      .filter((pod) => pod.spec.volumes?.some((v) => v.persistentVolumeClaim?.claimName === name))
      .map((pod) => `${pod.metadata.namespace}/${pod.metadata.name}`);
  }
}

/** Why a released volume cannot be deleted here; `external`: its driver, which is not here, would do it. */
export function refusalToDelete(volume: PersistentVolume): string | undefined {
  const provisioner = volume.metadata.annotations?.[provisionedBy];
  const { hostPath, csi } = volume.spec;
  if (isSimulated(provisioner)) return undefined;
  if (provisioner !== undefined || csi) return 'external';
  if (hostPath)
    return /^\/tmp\/.+/.test(hostPath.path)
      ? undefined
      : `host_path deleter only supports /tmp/.+ but received provided ${hostPath.path}`;
  return `error getting deleter volume plugin for volume "${volume.metadata.name}": no deletable volume plugin matched`;
}
