import type { Event } from '../../../../../lib/kubernetes/cluster';
import { invalid, required, type FieldError } from '../../fieldError';
import { equalJson } from '../../json';
import { validateEvent } from './event';
import { immutable } from './fields';

/**
 * pkg/apis/core/validation/events.go: what comes by events.k8s.io/v1 is held to more than by v1. Fields are named as in v1, whose form is
 * the one that is stored.
 */
export function validateEventV1(event: Event): FieldError[] {
  const { firstTimestamp, lastTimestamp, count, source, type } = event;
  const unset = (field: string, value: unknown) => (value ? [invalid(field, '', 'needs to be unset')] : []);
  return [
    ...validateEvent(event, 'reportingController'),
    ...seriesErrors(event),
    ...(event.eventTime ? [] : [required('eventTime')]),
    ...(type === 'Normal' || type === 'Warning' ? [] : [invalid('type', '', `has invalid value: ${type ?? ''}`)]),
    ...unset('firstTimestamp', firstTimestamp),
    ...unset('lastTimestamp', lastTimestamp),
    ...unset('count', count),
    ...unset('source', source?.component || source?.host),
  ];
}

/** An Event may go on, as a series; what it told is told. */
export function validateEventV1Update(event: Event, old: Event): FieldError[] {
  return [
    ...validateEvent(event, 'reportingController'),
    ...(equalJson(event.series ?? null, old.series ?? null) ? [] : seriesErrors(event)),
    ...(['involvedObject', 'reason', 'message', 'source', 'firstTimestamp', 'lastTimestamp', 'count'] as const).flatMap(
      (name) => immutable(name, event[name], old[name]),
    ),
    ...(['reason', 'type', 'eventTime', 'action', 'related'] as const).flatMap((name) =>
      immutable(name, event[name], old[name]),
    ),
    ...immutable('reportingController', event.reportingComponent, old.reportingComponent),
    ...immutable('reportingInstance', event.reportingInstance, old.reportingInstance),
  ];
}

function seriesErrors({ series }: Event): FieldError[] {
  if (!series) return [];
  return [
    ...((series.count ?? 0) < 2 ? [invalid('series.count', '', 'should be at least 2')] : []),
    ...(series.lastObservedTime ? [] : [required('series.lastObservedTime')]),
  ];
}
