import type { Event } from '../../../../../lib/kubernetes/cluster';
import { invalid, required, type FieldError } from '../../fieldError';
import { invalidEach } from './fields';
import { validateQualifiedName } from './names';

/** legacyValidateEvent of pkg/apis/core/validation/events.go: events with an eventTime are held to more. One field has two names. */
export function validateEvent(event: Event, controllerField = 'reportingComponent'): FieldError[] {
  const about = event.involvedObject?.namespace ?? '';
  const namespace = event.metadata.namespace ?? '';
  const mismatch = invalid('involvedObject.namespace', about, 'does not match event.namespace');
  if (!event.eventTime) {
    const isFine = about === '' ? namespace === '' || namespace === 'default' : about === namespace;
    return isFine ? [] : [mismatch];
  }
  const isFine = about !== '' || namespace === 'default' || namespace === 'kube-system';
  return [...(isFine ? [] : [mismatch]), ...newEventErrors(event, controllerField)];
}

function newEventErrors(event: Event, controllerField: string): FieldError[] {
  const component = event.reportingComponent ?? '';
  return [
    ...(component === '' ? [required(controllerField)] : []),
    ...invalidEach(controllerField, component, validateQualifiedName(component)),
    ...bounded('reportingInstance', event.reportingInstance, 128),
    ...bounded('action', event.action, 128),
    ...bounded('reason', event.reason, 128),
    ...((event.message ?? '').length > 1024 ? [tooManyCharacters('message', 1024)] : []),
  ];
}

function bounded(field: string, text: string | undefined, most: number): FieldError[] {
  if (!text) return [required(field)];
  return text.length > most ? [tooManyCharacters(field, most)] : [];
}

function tooManyCharacters(field: string, most: number): FieldError {
  return invalid(field, '', `can have at most ${most} characters`);
}
