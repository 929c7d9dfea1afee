import { equalJson } from '../../../../lib/kubernetes/equal';
import type { Endpoints, Service } from '../../../../lib/kubernetes/network';
import { isNotFound } from '../../status';
import { Controller, splitKey } from '../runtime/controller';
import { isNamespaceTerminating, messageOf } from '../runtime/errors';
import { createEventRecorder } from '../runtime/events';
import { keyOf } from '../runtime/informer';
import { OwnWrites } from '../runtime/ownWrites';
import type { EndpointControllerOptions } from './endpointSliceController';
import {
  hasClusterAddress,
  hasManagedEndpoints,
  headlessLabel,
  podsBehind,
  triggerTimeAnnotation,
  watchMembers,
} from './membership';
import { subsetsOf, withinCapacity, type Subset } from './subsets';
import { TriggerTimes, withTriggerTime } from './triggerTimes';

const managedBy = 'endpoints.kubernetes.io/managed-by';
const overCapacity = 'endpoints.kubernetes.io/over-capacity';
/** What holds a leader's lock looks like Endpoints without a Service, and is not. */
const leaderAnnotation = 'control-plane.alpha.kubernetes.io/leader';

/** Keeps the (older) Endpoints of every Service that selects pods (pkg/controller/endpoint). */
export function startEndpointsController(options: EndpointControllerOptions): { stop(): Promise<void> } {
  const { client, informers } = options;
  const services = informers.for('services');
  const endpoints = informers.for('endpoints');
  const pods = informers.for('pods');
  const writes = new OwnWrites(informers);
  const times = new TriggerTimes();
  const recorder = createEventRecorder({ ...options, component: 'endpoint-controller' });

  const reconcile = async (key: string) => {
    const { namespace, name } = splitKey(key);
    const service = services.get(name, namespace);
    if (!service) {
      times.forget(key);
      writes.forget(key);
      if (endpoints.get(name, namespace)) await remove(name, namespace);
      return;
    }
    if (!hasManagedEndpoints(service)) return;
    writes.ensureVisible(key);
    const members = podsBehind(service, pods);
    const time = times.observe(key, service, members);
    const { subsets, isCut } = withinCapacity(subsetsOf(service, members));
    const current = endpoints.get(name, namespace);
    if (current && isUpToDate(current, service, subsets, isCut)) return;
    const next = endpointsFor(service, current, subsets, { time, isCut });
    try {
      const written = current
        ? await client.update('endpoints', next)
        : await client.create('endpoints', next, namespace);
      writes.note(key, 'endpoints', written);
    } catch (error) {
      if (!current && isNamespaceTerminating(error)) return;
      const [reason, what] = current
        ? ['FailedToUpdateEndpoint', 'update endpoint']
        : ['FailedToCreateEndpoint', 'create endpoint for service'];
      recorder.event(next, 'Warning', reason ?? '', `Failed to ${what} ${key}: ${messageOf(error)}`);
      throw error;
    }
  };

  const remove = async (name: string, namespace: string) => {
    try {
      await client.delete('endpoints', name, namespace);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  };

  const ready = informers.synced();
  const controller = new Controller({ ...options, name: 'endpoint', reconcile, ready });
  watchMembers(services, pods, controller);
  endpoints.on({ deleted: (object) => controller.enqueue(keyOf(object)) });
  // Endpoints of Services that went while nobody looked.
  void ready.then(() => {
    for (const object of endpoints.list())
      if (!(leaderAnnotation in (object.metadata.annotations ?? {}))) controller.enqueue(keyOf(object));
  });
  return { stop: () => controller.stop() };
}

function labelsFor(service: Service): Record<string, string> {
  const { [headlessLabel]: _, ...labels } = service.metadata.labels ?? {};
  const headless: Record<string, string> = hasClusterAddress(service) ? {} : { [headlessLabel]: '' };
  return { ...labels, ...headless, [managedBy]: 'endpoint-controller' };
}

function isUpToDate(current: Endpoints, service: Service, subsets: readonly Subset[], isCut: boolean): boolean {
  return (
    equalJson(current.subsets ?? [], subsets) &&
    equalJson(current.metadata.labels ?? {}, labelsFor(service)) &&
    (current.metadata.annotations?.[overCapacity] === 'truncated') === isCut
  );
}

function endpointsFor(
  service: Service,
  current: Endpoints | undefined,
  subsets: Subset[],
  { time, isCut }: { time: string | undefined; isCut: boolean },
): Endpoints {
  const { name, namespace } = service.metadata;
  const { annotations: old, ...metadata } = current?.metadata ?? { name, namespace };
  const dated = withTriggerTime(old, triggerTimeAnnotation, time);
  const annotations = withTriggerTime(dated, overCapacity, isCut ? 'truncated' : undefined);
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { ...metadata, ...(annotations ? { annotations } : {}), labels: labelsFor(service) },
    ...(subsets.length > 0 ? { subsets } : {}),
  };
}
