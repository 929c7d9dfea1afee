import type { Pod } from '../../../../lib/kubernetes/pod';
import type { NodeDeps } from '../kubeletDeps';
import type { PodVolumes } from './podVolumes';

/** Failing mounts are looked at again this often; the event about one comes at twice the distance each time. */
const retryMs = 500;
const maxEventMs = 122_000;
/** After this long without all volumes the kubelet gives up a sync, says so, and begins anew. */
const syncLimitMs = 123_000;

/** Resolves with true when all volumes of the pod are mounted, with false when `stopping` aborts first. */
export async function mountVolumes(
  volumes: PodVolumes,
  { clock, events }: NodeDeps,
  pod: () => Pod,
  stopping: AbortSignal,
): Promise<boolean> {
  const told = new Map<string, { next: number; wait: number }>();
  for (let limit = clock.now() + syncLimitMs; ;) {
    const failures = await volumes.mountAll();
    if (stopping.aborted) return false;
    if (failures.size === 0) return true;
    for (const [name, why] of failures) {
      const { next, wait } = told.get(name) ?? { next: clock.now(), wait: retryMs };
      if (clock.now() < next) continue;
      told.set(name, { next: clock.now() + wait, wait: Math.min(wait * 2, maxEventMs) });
      events.event(pod(), 'Warning', 'FailedMount', `MountVolume.SetUp failed for volume "${name}" : ${why}`);
    }
    if (clock.now() >= limit) {
      limit = clock.now() + syncLimitMs;
      const names = [...failures.keys()].join(' ');
      const text = `Unable to attach or mount volumes: unmounted volumes=[${names}], unattached volumes=[], failed to process volumes=[]: context deadline exceeded`;
      events.event(pod(), 'Warning', 'FailedMount', text);
    }
    await clock.sleep(retryMs, stopping);
  }
}
