import type { EndpointSlice } from '../../../../lib/kubernetes/network';
import type { Pod } from '../../../../lib/kubernetes/pod';
import type { ApiClient } from '../../client';
import type { Clock } from '../../clock';
import type { Ids } from '../../ids';
import { createRateLimiter } from '../runtime/backOff';
import { Controller, splitKey, type ReconcileFailure } from '../runtime/controller';
import { isNamespaceTerminating, joinErrors, messageOf } from '../runtime/errors';
import { createEventRecorder } from '../runtime/events';
import type { Informers } from '../runtime/informer';
import { OwnWrites } from '../runtime/ownWrites';
import { hasManagedEndpoints, podsBehind, triggerTimeAnnotation, watchMembers } from './membership';
import { managedByLabel, planSlices, serviceNameLabel, sliceController, type SliceWrites } from './slices';
import { TriggerTimes, withTriggerTime } from './triggerTimes';

export interface EndpointControllerOptions {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  ids: Ids;
  onError?: (failure: ReconcileFailure) => void;
}

/**
 * Keeps the EndpointSlices of every Service that selects pods (pkg/controller/endpointslice). No topology hints are given.
 */
export function startEndpointSliceController(options: EndpointControllerOptions): { stop(): Promise<void> } {
  const { client, informers, clock } = options;
  const services = informers.for('services');
  const slices = informers.for('endpointslices');
  const nodes = informers.for('nodes');
  const pods = informers.for('pods');
  const writes = new OwnWrites(informers);
  const times = new TriggerTimes();
  const recorder = createEventRecorder({ ...options, component: 'endpoint-slice-controller' });
  slices.addIndex('service', (slice) => (isOurs(slice) ? [serviceKeyOf(slice)] : []));

  const reconcile = async (key: string) => {
    const { namespace, name } = splitKey(key);
    const service = services.get(name, namespace);
    if (!service) {
      times.forget(key);
      return writes.forget(key);
    }
    if (!hasManagedEndpoints(service)) return;
    writes.ensureVisible(key);
    const members = podsBehind(service, pods);
    const plan = planSlices({
      service,
      pods: members,
      existing: slices.by('service', key).filter((slice) => !slice.metadata.deletionTimestamp),
      zoneOf: (node) => {
        const found = nodes.get(node);
        return found && { zone: found.metadata.labels?.['topology.kubernetes.io/zone'] };
      },
    });
    const time = times.observe(key, service, members);
    try {
      await write(client, plan, time, {
        isGoing: service.metadata.deletionTimestamp !== undefined,
        note: (slice) => writes.note(key, 'endpointslices', slice),
      });
      refuseSkipped(plan.skipped, key);
    } catch (error) {
      const message = `Error updating Endpoint Slices for Service ${key}: ${messageOf(error)}`;
      recorder.event(service, 'Warning', 'FailedToUpdateEndpointSlices', message);
      throw error;
    }
  };

  // Upstream's own back-off for this controller: 1 s to 100 s.
  const limiter = createRateLimiter(clock, { baseMs: 1000, longestMs: 100_000 });
  const ready = informers.synced();
  const controller = new Controller({ ...options, name: 'endpointslice', reconcile, limiter, ready });
  watchMembers(services, pods, controller);
  const wakeService = (slice: EndpointSlice) => isOurs(slice) && controller.enqueue(serviceKeyOf(slice));
  slices.on({
    modified: (slice, previous) => {
      wakeService(previous);
      wakeService(slice);
    },
    deleted: wakeService,
  });
  return { stop: () => controller.stop() };
}

/** Pods on nodes that are not known are left out for now: failing brings the Service again. */
function refuseSkipped(skipped: readonly Pod[], key: string): void {
  if (skipped.length === 0) return;
  throw joinErrors(
    skipped.map(({ metadata, spec }) => {
      return new Error(`skipping Pod ${metadata.name} for Service ${key}: Node ${spec.nodeName} Not Found`);
    }),
  );
}

const isOurs = ({ metadata }: EndpointSlice) => metadata.labels?.[managedByLabel] === sliceController;

function serviceKeyOf({ metadata }: EndpointSlice): string {
  return `${metadata.namespace}/${metadata.labels?.[serviceNameLabel]}`;
}

async function write(
  client: ApiClient,
  { create, update, remove }: SliceWrites,
  time: string | undefined,
  { isGoing, note }: { isGoing: boolean; note(slice: EndpointSlice): void },
): Promise<void> {
  const dated = (slice: EndpointSlice): EndpointSlice => {
    const { annotations: _, ...metadata } = slice.metadata;
    const annotations = withTriggerTime(slice.metadata.annotations, triggerTimeAnnotation, time);
    return {
      ...slice,
      metadata: { ...metadata, ...(annotations ? { annotations } : {}) },
      endpoints: orNull(slice.endpoints),
      ports: orNull(slice.ports),
    };
  };
  try {
    if (!isGoing)
      for (const slice of create) note(await client.create('endpointslices', dated(slice), slice.metadata.namespace));
  } catch (error) {
    if (isNamespaceTerminating(error)) return;
    throw error;
  }
  for (const slice of update) note(await client.update('endpointslices', dated(slice)));
  for (const { metadata } of remove) await client.delete('endpointslices', metadata.name ?? '', metadata.namespace);
}

/** The API keeps an empty list of a slice as null. */
function orNull<T>(list: T[] | null): T[] | null {
  return list && list.length > 0 ? list : null;
}
