import type { Endpoints, EndpointSlice, Service } from '../../../../lib/kubernetes/network';
import { createRateLimiter } from '../runtime/backOff';
import { Controller, splitKey } from '../runtime/controller';
import { isNamespaceTerminating } from '../runtime/errors';
import { createEventRecorder } from '../runtime/events';
import { keyOf } from '../runtime/informer';
import { OwnWrites } from '../runtime/ownWrites';
import type { EndpointControllerOptions } from './endpointSliceController';
import { maxPerSubset, mirrorController, planMirrors } from './mirrors';
import { managedByLabel, serviceNameLabel } from './slices';

const skipLabel = 'endpointslice.kubernetes.io/skip-mirror';
const leaderAnnotation = 'control-plane.alpha.kubernetes.io/leader';

/**
 * Keeps EndpointSlices for Endpoints that somebody made by hand, for a Service that selects no pods: what reads slices only (the network
 * here, too) sees them then (pkg/controller/endpointslicemirroring).
 */
export function startEndpointSliceMirroringController(options: EndpointControllerOptions): { stop(): Promise<void> } {
  const { client, informers, clock } = options;
  const services = informers.for('services');
  const endpoints = informers.for('endpoints');
  const slices = informers.for('endpointslices');
  const writes = new OwnWrites(informers);
  const recorder = createEventRecorder({ ...options, component: 'endpoint-slice-mirroring-controller' });
  slices.addIndex('mirrored', (slice) => (isOurs(slice) ? [ownerKeyOf(slice)] : []));

  const reconcile = async (key: string) => {
    const { namespace, name } = splitKey(key);
    const mirrored = endpoints.get(name, namespace);
    const service = services.get(name, namespace);
    const existing = slices.by('mirrored', key).filter((slice) => !slice.metadata.deletionTimestamp);
    if (!mirrored || !service || !isMirrored(mirrored) || selects(service)) {
      writes.forget(key);
      for (const { metadata } of existing) await client.delete('endpointslices', metadata.name ?? '', namespace);
      return;
    }
    writes.ensureVisible(key);
    const { create, update, remove, leftOut } = planMirrors(mirrored, existing);
    if (leftOut > 0) {
      const message = `A max of ${maxPerSubset} addresses can be mirrored to EndpointSlices per Endpoints subset. ${leftOut} addresses were skipped`;
      recorder.event(mirrored, 'Warning', 'TooManyAddressesToMirror', message);
    }
    const note = (slice: EndpointSlice) => writes.note(key, 'endpointslices', slice);
    try {
      if (!mirrored.metadata.deletionTimestamp)
        for (const slice of create) note(await client.create('endpointslices', slice, namespace));
    } catch (error) {
      if (isNamespaceTerminating(error)) return;
      throw error;
    }
    for (const slice of update) note(await client.update('endpointslices', slice));
    for (const { metadata } of remove) await client.delete('endpointslices', metadata.name ?? '', namespace);
  };

  const limiter = createRateLimiter(clock, { baseMs: 1000, longestMs: 100_000 });
  const ready = informers.synced();
  const controller = new Controller({ ...options, name: 'endpointslicemirroring', reconcile, limiter, ready });
  const wakeEndpoints = (object: Endpoints) => isMirrored(object) && controller.enqueue(keyOf(object));
  endpoints.on({
    added: wakeEndpoints,
    modified: (object, previous) => (isMirrored(object) || isMirrored(previous)) && controller.enqueue(keyOf(object)),
    deleted: wakeEndpoints,
  });
  const wakeService = (service: Service) => !selects(service) && controller.enqueue(keyOf(service));
  services.on({
    added: wakeService,
    modified: (service, previous) => selects(service) !== selects(previous) && controller.enqueue(keyOf(service)),
    deleted: wakeService,
  });
  const wakeOwner = (slice: EndpointSlice) => isOurs(slice) && controller.enqueue(ownerKeyOf(slice));
  slices.on({
    modified: (slice, previous) => {
      wakeOwner(previous);
      wakeOwner(slice);
    },
    deleted: wakeOwner,
  });
  return { stop: () => controller.stop() };
}

const selects = ({ spec }: Service) => spec.selector !== undefined;

const isOurs = ({ metadata }: EndpointSlice) => metadata.labels?.[managedByLabel] === mirrorController;

/** Those of the endpoints controller say that their slices are made by another; locks are no addresses at all. */
function isMirrored({ metadata }: Endpoints): boolean {
  return metadata.labels?.[skipLabel] !== 'true' && metadata.annotations?.[leaderAnnotation] === undefined;
}

function ownerKeyOf({ metadata }: EndpointSlice): string {
  return `${metadata.namespace}/${metadata.labels?.[serviceNameLabel]}`;
}
