import { ageSince } from '../../../../lib/kubernetes/age';
import type { Event } from '../../../../lib/kubernetes/cluster';
import { fieldColumn, nameColumn, nameOf, wide } from './columns';
import type { Kind } from './kind';
import { validateEvent } from './validation/event';
import { validateDnsSubdomain } from './validation/names';

const message = 'k8s.io.api.core.v1.Event';

export const eventKind: Kind<Event> = {
  group: '',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  singular: 'event',
  shortNames: ['ev'],
  namespaced: true,
  message,
  columns: [
    fieldColumn('Last Seen', message, 'lastTimestamp'),
    fieldColumn('Type', message, 'type'),
    fieldColumn('Reason', message, 'reason'),
    { name: 'Object', description: 'The object that this event is about.' },
    fieldColumn('Subobject', 'k8s.io.api.core.v1.ObjectReference', 'fieldPath', wide),
    {
      name: 'Source',
      description: 'The component reporting this event. Should be a short machine understandable string.',
      ...wide,
    },
    fieldColumn('Message', message, 'message'),
    fieldColumn('First Seen', message, 'firstTimestamp', wide),
    fieldColumn('Count', message, 'count', wide),
    { ...nameColumn, ...wide },
  ],
  row(event, { now }) {
    const first = ageSince(event.firstTimestamp ?? event.eventTime, now);
    const last = event.lastTimestamp ? ageSince(event.lastTimestamp, now) : first;
    return [
      event.series ? ageSince(event.series.lastObservedTime, now) : last,
      event.type ?? '',
      event.reason ?? '',
      objectText(event),
      event.involvedObject.fieldPath ?? '',
      sourceText(event),
      (event.message ?? '').trim(),
      first,
      event.series ? (event.series.count ?? 0) : event.count || 1,
      nameOf(event),
    ];
  },
  defaults(draft) {
    draft.source ??= {};
    draft.firstTimestamp ??= null;
    draft.lastTimestamp ??= null;
    draft.eventTime ??= null;
    draft.reportingComponent ??= '';
    draft.reportingInstance ??= '';
  },
  validateName: validateDnsSubdomain,
  validate: (event) => validateEvent(event),
  validateUpdate: (event) => validateEvent(event),
  fieldSelectors: {
    'involvedObject.kind': (event) => event.involvedObject.kind ?? '',
    'involvedObject.namespace': (event) => event.involvedObject.namespace ?? '',
    'involvedObject.name': (event) => event.involvedObject.name ?? '',
    'involvedObject.uid': (event) => event.involvedObject.uid ?? '',
    'involvedObject.apiVersion': (event) => event.involvedObject.apiVersion ?? '',
    'involvedObject.resourceVersion': (event) => event.involvedObject.resourceVersion ?? '',
    'involvedObject.fieldPath': (event) => event.involvedObject.fieldPath ?? '',
    reason: (event) => event.reason ?? '',
    reportingComponent: (event) => event.reportingComponent ?? '',
    source: (event) => event.source?.component || (event.reportingComponent ?? ''),
    type: (event) => event.type ?? '',
  },
  createOnUpdate: true,
};

function objectText({ involvedObject: { kind = '', name } }: Event): string {
  return name ? `${kind.toLowerCase()}/${name}` : kind.toLowerCase();
}

function sourceText({ source, reportingComponent, reportingInstance }: Event): string {
  const component = source?.component || (reportingComponent ?? '');
  const instance = source?.host || reportingInstance;
  return instance ? `${component}, ${instance}` : component;
}
