import type { Event } from '../../../../lib/kubernetes/cluster';
import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { ApiClient, Draft } from '../../client';
import { timestamp, type Clock } from '../../clock';
import type { Ids } from '../../ids';
import { isNotFound, StatusError } from '../../status';
import { EventCorrelator } from './eventCorrelator';

/** What a recorder is given. Events never fail the work that they tell of: what the API refuses is dropped. */
export interface EventRecorder {
  /** `fieldPath` names a part of the object, as the kubelet does: `spec.containers{nginx}`. */
  event(
    object: KubernetesObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    fieldPath?: string,
  ): void;
  /** Resolves when everything recorded so far is written or dropped. */
  flushed(): Promise<void>;
}

export interface EventRecorderOptions {
  client: Pick<ApiClient, 'create' | 'patch'>;
  clock: Clock;
  ids: Ids;
  /** `statefulset-controller`: the source, and what kubectl prints under FROM. */
  component: string;
  /** The node, for a kubelet. */
  host?: string;
  /** Told of what is not a refusal by the API: a fault in the cluster itself. */
  onFailure?: (error: unknown) => void;
}

/** k8s.io/client-go/tools/record: more waiting events than this are dropped. */
const maxQueued = 1000;

/** client-go's recorder and broadcaster: correlates events, then writes them one after the other. */
export function createEventRecorder(options: EventRecorderOptions): EventRecorder {
  const { client, clock } = options;
  const correlator = new EventCorrelator(clock, (name) => eventName(name, options));
  let queued = 0;
  let writing: Promise<void> = Promise.resolve();
  const write = async (event: Draft<Event>) => {
    const observed = correlator.correlate(event);
    if (!observed) return;
    try {
      correlator.written(await store(client, observed));
    } catch (error) {
      // The API's refusal (a namespace that is going, a name taken) is final, as in upstream; and whatever else goes
      // wrong here must not keep the events behind this one from being written.
      if (!(error instanceof StatusError)) options.onFailure?.(error);
    }
  };
  return {
    event(object, type, reason, message, fieldPath) {
      if (queued >= maxQueued) return;
      queued++;
      const event = draft(object, { type, reason, message, fieldPath }, options);
      writing = writing.then(() => write(event)).finally(() => queued--);
    },
    flushed: () => writing,
  };
}

async function store(client: EventRecorderOptions['client'], event: Draft<Event>): Promise<Event> {
  const { namespace } = event.metadata;
  const { count, lastTimestamp, message } = event;
  if ((count ?? 1) > 1)
    try {
      const change = { count, lastTimestamp, message };
      return await client.patch('events', event.metadata.name ?? '', namespace, change, { type: 'strategic' });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  const { resourceVersion: _, ...metadata } = event.metadata;
  return client.create('events', { ...event, metadata }, namespace);
}

function draft(
  object: KubernetesObject,
  said: { type: 'Normal' | 'Warning'; reason: string; message: string; fieldPath?: string },
  { clock, component, host, ids }: EventRecorderOptions,
): Draft<Event> {
  const { name = '', namespace, uid, resourceVersion } = object.metadata;
  const now = timestamp(clock.now());
  const { type, reason, message, fieldPath } = said;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: eventName(name, { clock, ids }), namespace: namespace || 'default' },
    involvedObject: {
      kind: object.kind,
      ...(namespace ? { namespace } : {}),
      name,
      uid,
      apiVersion: object.apiVersion,
      ...(resourceVersion ? { resourceVersion } : {}),
      ...(fieldPath ? { fieldPath } : {}),
    },
    reason,
    message,
    source: { component, ...(host ? { host } : {}) },
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
    type,
    eventTime: null,
    reportingComponent: component,
    reportingInstance: host ?? '',
  };
}

/** `web-0.18ea36169a08d1f2`: nanoseconds in hex. The host's clock gives milliseconds, so chance fills in the rest. */
function eventName(objectName: string, { clock, ids }: { clock: Clock; ids: Ids }): string {
  const nanoseconds = BigInt(Math.floor(clock.now())) * 1_000_000n + BigInt(Math.floor(ids.fraction() * 1e6));
  return `${objectName}.${nanoseconds.toString(16)}`;
}
