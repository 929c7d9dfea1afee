import type { Timer } from '../../clock';
import { Controller } from '../runtime/controller';
import { createEventRecorder } from '../runtime/events';
import { keyOf } from '../runtime/informer';
import type { PersistentVolume } from '../../../../lib/kubernetes/storage';
import { isDelayed, syncClaim } from './claimSync';
import { expandClaim } from './expansion';
import { findMatch } from './matching';
import { protectClaim, protectVolume } from './protection';
import { Provisioner } from './provisioning';
import { Reclaimer } from './reclaim';
import { LatestVolumes, type VolumeControllersOptions, type VolumeDeps } from './volumeDeps';
import { syncVolume } from './volumeSync';

/** Everything is looked at again this often (pv_controller's PVClaimBinderSyncPeriod). */
const resyncMs = 15_000;

/**
 * The controllers of claims and volumes: binding, provisioning, reclaiming, protection, expansion
 * (pkg/controller/volume). Not simulated: snapshots, data sources, volume attributes classes, attach and detach.
 */
export function startVolumeControllers(options: VolumeControllersOptions): { stop(): void } {
  const { informers, clock } = options;
  const stopped = new AbortController();
  for (const resource of ['persistentvolumes', 'persistentvolumeclaims', 'storageclasses', 'pods'] as const)
    informers.for(resource);
  const deps: VolumeDeps = {
    ...options,
    events: createEventRecorder({ ...options, component: 'persistentvolume-controller' }),
    cache: new LatestVolumes(informers),
    signal: stopped.signal,
  };
  let started: { stop(): void } | undefined;
  void informers.synced().then(() => {
    if (!stopped.signal.aborted) started = run(deps);
  });
  return {
    stop: () => {
      stopped.abort();
      started?.stop();
    },
  };

  function run(running: VolumeDeps): { stop(): void } {
    const provisioner = new Provisioner(running);
    const reclaimer = new Reclaimer(running);
    // One worker for claims and volumes together: two claims must never look for a volume at the same time.
    const binder = new Controller({
      name: 'persistentvolume-binder',
      clock,
      workers: 1,
      reconcile: (key) => reconcile(running, key, provisioner, reclaimer, enqueueClaim),
    });
    const enqueueClaim = (namespace: string, name: string) => binder.enqueue(`claim:${namespace}/${name}`);
    const stopWatching = watch(running, (key) => binder.enqueue(key));
    return {
      stop: () => {
        stopWatching();
        void binder.stop();
      },
    };
  }
}

async function reconcile(
  deps: VolumeDeps,
  key: string,
  provisioner: Provisioner,
  reclaimer: Reclaimer,
  enqueueClaim: (namespace: string, name: string) => void,
): Promise<void> {
  const [kind, path = ''] = key.split(':');
  const [namespace = '', name = ''] = path.split('/');
  if (kind === 'claim') {
    const claim = deps.cache.claim(namespace, name);
    if (!claim) return;
    await protectClaim(deps, claim);
    const current = deps.cache.claim(namespace, name);
    if (!current || current.metadata.uid !== claim.metadata.uid) return;
    await syncClaim(deps, provisioner, current);
    const bound = deps.cache.claim(namespace, name);
    return bound && expandClaim(deps, bound);
  }
  const volume = deps.cache.volume(name);
  if (!volume) return;
  await protectVolume(deps, volume);
  const current = deps.cache.volume(name);
  if (current) await syncVolume(deps, current, { enqueueClaim, reclaim: (v) => reclaimer.reclaim(v) });
}

function watch(deps: VolumeDeps, enqueue: (key: string) => void): () => void {
  const { informers, clock } = deps;
  const claims = informers.for('persistentvolumeclaims');
  const volumes = informers.for('persistentvolumes');
  const enqueueClaim = (claim: { metadata: { name?: string; namespace?: string } }) => enqueue(`claim:${keyOf(claim)}`);
  const enqueueVolume = (name: string | undefined) => name && enqueue(`volume:/${name}`);
  const enqueueUnbound = () => {
    for (const claim of claims.list()) if (claim.status?.phase !== 'Bound') enqueueClaim(claim);
  };
  // Upstream leaves these to the next resync; here nobody has to wait a quarter of a minute to see a claim bound.
  const enqueueFitting = (volume: PersistentVolume) => {
    if (volume.status?.phase !== 'Available') return;
    for (const claim of claims.list())
      if (!claim.spec.volumeName && findMatch(claim, [volume], { delayBinding: isDelayed(deps, claim) }))
        enqueueClaim(claim);
  };
  claims.on({
    added: enqueueClaim,
    modified: (claim) => (enqueueClaim(claim), enqueueVolume(claim.spec.volumeName)),
    deleted: (claim) => enqueueVolume(claim.spec.volumeName),
  });
  volumes.on({
    added: (volume) => enqueueVolume(volume.metadata.name),
    modified: (volume) => {
      enqueueVolume(volume.metadata.name);
      enqueueFitting(volume);
    },
    deleted: ({ spec: { claimRef } }) => claimRef?.name && enqueue(`claim:${claimRef.namespace}/${claimRef.name}`),
  });
  informers.for('storageclasses').on({ added: enqueueUnbound });
  informers.for('pods').on({
    deleted: (pod) => {
      for (const { persistentVolumeClaim: used } of pod.spec.volumes ?? [])
        if (used) enqueue(`claim:${pod.metadata.namespace}/${used.claimName}`);
    },
  });
  let timer: Timer;
  const resync = () => {
    for (const claim of claims.list()) enqueueClaim(claim);
    for (const volume of volumes.list()) enqueueVolume(volume.metadata.name);
    timer = clock.after(resyncMs, resync);
  };
  timer = clock.after(resyncMs, resync);
  return () => timer.cancel();
}
