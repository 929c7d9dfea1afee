import type { Event } from '../../../../lib/kubernetes/cluster';
import type { KubernetesObject, ObjectMeta } from '../../../../lib/kubernetes/metadata';
import { eventKind } from './event';
import type { FieldReader, Kind } from './kind';
import { validateEventV1, validateEventV1Update } from './validation/eventsV1';
import { validateDnsSubdomain } from './validation/names';

/** The newer form of an Event: the same objects under other names. */
export interface EventV1 extends KubernetesObject {
  eventTime?: Event['eventTime'];
  series?: Event['series'];
  reportingController?: string;
  reportingInstance?: string;
  action?: string;
  reason?: string;
  regarding?: Partial<Event['involvedObject']>;
  related?: Event['related'];
  note?: string;
  type?: string;
  deprecatedSource?: Event['source'];
  deprecatedFirstTimestamp?: string | null;
  deprecatedLastTimestamp?: string | null;
  deprecatedCount?: number;
}

export const eventsV1Kind: Kind<EventV1> = {
  group: 'events.k8s.io',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  singular: 'event',
  shortNames: ['ev'],
  namespaced: true,
  message: 'k8s.io.api.events.v1.Event',
  columns: eventKind.columns,
  row: (event, at) => eventKind.row(stored(event), at),
  defaults(draft) {
    draft.eventTime ??= null;
    draft.regarding ??= {};
    draft.deprecatedSource ??= {};
    draft.deprecatedFirstTimestamp ??= null;
    draft.deprecatedLastTimestamp ??= null;
  },
  validateName: validateDnsSubdomain,
  validate: (event) => validateEventV1(stored(event)),
  validateUpdate: (event, old) => validateEventV1Update(stored(event), stored(old)),
  fieldSelectors: {
    reason: (event) => event.reason ?? '',
    reportingController: (event) => event.reportingController ?? '',
    type: (event) => event.type ?? '',
    ...Object.fromEntries(
      ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'].map((name) => [
        `regarding.${name}`,
        regardingReader(name),
      ]),
    ),
  },
  createOnUpdate: true,
  view: { of: eventKind, shown, stored },
};

function regardingReader(name: string): FieldReader<EventV1> {
  return ({ regarding }) => String((regarding as Record<string, unknown> | undefined)?.[name] ?? '');
}

/** Convert_core_Event_To_v1_Event of pkg/apis/events/v1/conversion.go, with the fields in their order. */
function shown(object: KubernetesObject): EventV1 {
  const event = object as Event;
  return {
    kind: 'Event',
    apiVersion: 'events.k8s.io/v1',
    metadata: event.metadata,
    ...given({
      eventTime: event.eventTime ?? null,
      series: event.series,
      reportingController: event.reportingComponent || undefined,
      reportingInstance: event.reportingInstance || undefined,
      action: event.action,
      reason: event.reason,
      regarding: event.involvedObject,
      related: event.related,
      note: event.message,
      type: event.type,
      deprecatedSource: event.source ?? {},
      deprecatedFirstTimestamp: event.firstTimestamp ?? null,
      deprecatedLastTimestamp: event.lastTimestamp ?? null,
      deprecatedCount: event.count || undefined,
    }),
  };
}

/** Convert_v1_Event_To_core_Event. */
function stored(object: KubernetesObject): Event {
  const event = object as EventV1;
  const metadata: ObjectMeta = event.metadata;
  return {
    kind: 'Event',
    apiVersion: 'v1',
    metadata,
    involvedObject: { ...event.regarding },
    ...given({
      reason: event.reason,
      message: event.note,
      source: event.deprecatedSource ?? {},
      firstTimestamp: event.deprecatedFirstTimestamp ?? null,
      lastTimestamp: event.deprecatedLastTimestamp ?? null,
      count: event.deprecatedCount || undefined,
      type: event.type as Event['type'],
      eventTime: event.eventTime ?? null,
      series: event.series,
      action: event.action,
      related: event.related,
      reportingComponent: event.reportingController ?? '',
      reportingInstance: event.reportingInstance ?? '',
    }),
  };
}

/** Without what is undefined. */
function given<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}
