import type { Event, Namespace } from '../../kubernetes/cluster';
import { isTerminating } from '../../kubernetes/pod';
import type { EventFacts, NamespaceFacts } from './facts';
import { identityOf, timeOf } from './identity';

/** Events come from two APIs: the older fills `lastTimestamp` and `count`, the newer `eventTime` and `series`. */
export function eventFacts(event: Event): EventFacts {
  const made = timeOf(event.metadata.creationTimestamp) ?? 0;
  const firstAt = timeOf(event.firstTimestamp) ?? timeOf(event.eventTime) ?? made;
  const lastAt = timeOf(event.series?.lastObservedTime) ?? timeOf(event.lastTimestamp) ?? firstAt;
  return {
    ...identityOf(event),
    view: {
      uid: event.metadata.uid ?? '',
      type: event.type ?? 'Normal',
      reason: event.reason ?? '',
      object: `${event.involvedObject.kind ?? ''}/${event.involvedObject.name ?? ''}`,
      message: event.message ?? '',
      count: event.series?.count ?? event.count ?? 1,
      firstAt,
      lastAt,
      source: event.source?.component ?? event.reportingComponent ?? '',
    },
  };
}

export function namespaceFacts(namespace: Namespace): NamespaceFacts {
  return {
    ...identityOf(namespace),
    terminating: isTerminating(namespace),
    createdAt: timeOf(namespace.metadata.creationTimestamp) ?? 0,
  };
}
