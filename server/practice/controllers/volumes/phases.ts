import { isDeepStrictEqual } from 'node:util';
import type { PersistentVolume, PersistentVolumeClaim } from '../../../../lib/kubernetes/storage';
import { timestamp } from '../../clock';
import type { VolumeDeps } from './volumeDeps';

type VolumePhase = NonNullable<NonNullable<PersistentVolume['status']>['phase']>;
type ClaimPhase = NonNullable<NonNullable<PersistentVolumeClaim['status']>['phase']>;
export interface PhaseEvent {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
}

/** Writes a volume's phase, if it is another; an event tells of the change, never of its repetition. */
export async function setVolumePhase(
  deps: VolumeDeps,
  volume: PersistentVolume,
  phase: VolumePhase,
  message = '',
  event?: PhaseEvent,
): Promise<PersistentVolume> {
  const { status } = volume;
  if (status?.phase === phase && (status.message ?? '') === message) return volume;
  const isNewPhase = status?.phase !== phase;
  const changed: PersistentVolume = {
    ...volume,
    status: {
      phase,
      ...(message ? { message } : {}),
      lastPhaseTransitionTime: isNewPhase ? timestamp(deps.clock.now()) : status?.lastPhaseTransitionTime,
    },
  };
  const written = deps.cache.note(await deps.client.update('persistentvolumes', changed, 'status'));
  if (event && isNewPhase) deps.events.event(written, event.type, event.reason, event.message);
  return written;
}

/** Writes a claim's phase; a bound claim shows its volume's modes and capacity, not those it asked for. */
export async function setClaimPhase(
  deps: VolumeDeps,
  claim: PersistentVolumeClaim,
  phase: ClaimPhase,
  volume?: PersistentVolume,
  event?: PhaseEvent,
): Promise<PersistentVolumeClaim> {
  const { accessModes: _modes, capacity: _capacity, ...rest } = claim.status ?? {};
  const wasBound = claim.status?.phase === 'Bound';
  const capacity =
    wasBound && claim.status?.capacity ? claim.status.capacity : { storage: volume?.spec.capacity?.storage ?? '0' };
  const status = { ...rest, phase, ...(volume ? { accessModes: volume.spec.accessModes, capacity } : {}) };
  if (isDeepStrictEqual(status, claim.status ?? {})) return claim;
  const isNewPhase = claim.status?.phase !== phase;
  const written = deps.cache.note(await deps.client.update('persistentvolumeclaims', { ...claim, status }, 'status'));
  if (event && isNewPhase) deps.events.event(written, event.type, event.reason, event.message);
  return written;
}
