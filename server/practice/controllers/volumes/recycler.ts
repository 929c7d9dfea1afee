import type { Event } from '../../../../lib/kubernetes/cluster';
import { isPodTerminal, type Pod } from '../../../../lib/kubernetes/pod';
import { quantityValue } from '../../../../lib/kubernetes/quantity';
import type { PersistentVolume } from '../../../../lib/kubernetes/storage';
import { isAlreadyExists, isNotFound } from '../../status';
import type { VolumeDeps } from './volumeDeps';

const gib = 2 ** 30;

/** How the recycler's pod empties a volume; it fails when anything is left. */
const script = 'test -e /scrub && find /scrub -mindepth 1 -delete && test -z "$(ls -A /scrub)" || exit 1';

/** Empties volumes with a pod in `default`, as pkg/volume/util/recyclerclient does. */
export class Recycler {
  private readonly waiting = new Map<string, (pod: Pod | undefined) => void>();

  constructor(private readonly deps: VolumeDeps) {
    deps.informers.for('pods').on({
      modified: (pod) => isPodTerminal(pod) && this.settle(pod, pod),
      deleted: (pod) => this.settle(pod, undefined),
    });
    deps.signal.addEventListener('abort', () => {
      for (const settle of this.waiting.values()) settle(undefined);
    });
  }

  /** Resolves with undefined when the volume is empty, else with the reason why it is not. */
  async scrub(volume: PersistentVolume): Promise<string | undefined> {
    const { client } = this.deps;
    const pod = recyclerPod(volume);
    const name = pod.metadata.name ?? '';
    const ended = new Promise<Pod | undefined>((resolve) => this.waiting.set(name, resolve));
    try {
      const { uid } = (await client.create('pods', pod, 'default')).metadata;
      const telling = this.relayEvents(volume, uid);
      const last = await ended;
      telling.stop();
      if (last) await this.removePod(name);
      if (last?.status.phase === 'Succeeded') return undefined;
      const unknown = last ? 'pod failed, pod.Status.Message unknown' : 'recycler pod was deleted';
      return `failed to recycle volume: ${last?.status.message || unknown}`;
    } catch (error) {
      if (!isAlreadyExists(error)) return `unexpected error creating recycler pod:  ${messageOf(error)}`;
      await this.removePod(name);
      return 'old recycler pod found, will retry later';
    } finally {
      this.waiting.delete(name);
    }
  }

  private settle(pod: Pod, outcome: Pod | undefined): void {
    if (pod.metadata.namespace === 'default') this.waiting.get(pod.metadata.name ?? '')?.(outcome);
  }

  /** The pod's events are told of the volume too: nobody would look for them at the pod. */
  private relayEvents(volume: PersistentVolume, podUid: string | undefined): { stop(): void } {
    const relay = ({ involvedObject, type, message }: Event) => {
      if (involvedObject.uid === podUid)
        this.deps.events.event(volume, type ?? 'Normal', 'RecyclerPod', `Recycler pod: ${message}`);
    };
    return this.deps.client.watch('events', { added: relay, modified: () => {}, deleted: () => {} });
  }

  private async removePod(name: string): Promise<void> {
    await this.deps.client.delete('pods', name, 'default').catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
  }
}

/** The pod that empties a volume (pkg/volume/plugins.go NewPersistentVolumeRecyclerPodTemplate): half a minute for each whole GiB, or the least. */
export function recyclerPod(volume: PersistentVolume): Pod {
  const { nfs, hostPath, capacity } = volume.spec;
  const leastSeconds = nfs ? 300 : 60;
  const seconds = Math.max(leastSeconds, 30 * Math.floor(quantityValue(capacity?.storage) / gib));
  // Where the files are, and nothing else that the volume says of it.
  const source = nfs ? { nfs: { server: nfs.server, path: nfs.path } } : { hostPath: { path: hostPath?.path ?? '' } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `recycler-for-${volume.metadata.name}`, namespace: 'default' },
    spec: {
      activeDeadlineSeconds: seconds,
      restartPolicy: 'Never',
      volumes: [{ name: 'vol', ...source }],
      containers: [
        {
          name: 'pv-recycler',
          image: 'registry.k8s.io/build-image/debian-base:bookworm-v1.0.6',
          command: ['/bin/sh'],
          args: ['-c', script],
          volumeMounts: [{ name: 'vol', mountPath: '/scrub' }],
        },
      ],
    },
    status: {},
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
