import type { Event } from '../../../../lib/kubernetes/cluster';
import type { Draft } from '../../client';
import { timestamp, type Clock } from '../../clock';
import { createBucket } from './backOff';
import { Lru } from './lru';

const cacheSize = 4096;
/** From this many different messages of one reason on, events are combined into one. */
const similarEvents = 10;
const similarIntervalMs = 600_000;

interface Observation {
  count: number;
  firstTimestamp?: string | null;
  name?: string;
  resourceVersion?: string;
}

/**
 * What becomes of an event (k8s.io/client-go/tools/record/events_cache.go): the tenth different message of the same
 * reason is combined with those that follow; the same event again raises a count; and one source may say only so much of
 * one object (25 at once, then one in five minutes).
 */
export class EventCorrelator {
  private readonly aggregates = new Lru<{ messages: Set<string>; lastAt: number }>(cacheSize);
  private readonly observations = new Lru<Observation>(cacheSize);
  private readonly buckets = new Lru<ReturnType<typeof createBucket>>(cacheSize);

  constructor(
    private readonly clock: Clock,
    private readonly nameFor: (objectName: string) => string,
  ) {}

  /** The event to create, or, with a count above 1, the one to patch; undefined when it is not to be written. */
  correlate(event: Draft<Event>): Draft<Event> | undefined {
    const { combined, key } = this.combine(event);
    const observed = this.observe(combined, key);
    return this.isSpam(observed) ? undefined : observed;
  }

  /** Notes what the API holds now, so that the next one of its kind patches it. */
  written(event: Event): void {
    this.observations.set(eventKey(event), observationOf(event));
  }

  private combine(event: Draft<Event>): { combined: Draft<Event>; key: string } {
    const now = this.clock.now();
    const key = [sourceKey(event), event.reason, event.reportingComponent, event.reportingInstance].join('');
    let record = this.aggregates.get(key);
    if (!record || now - record.lastAt > similarIntervalMs) record = { messages: new Set(), lastAt: now };
    record.messages.add(event.message ?? '');
    record.lastAt = now;
    this.aggregates.set(key, record);
    if (record.messages.size < similarEvents) return { combined: event, key: eventKey(event) };
    // One message is forgotten, so that the record stays just below the limit and the next new one is combined again.
    const [oldest] = record.messages;
    if (oldest !== undefined) record.messages.delete(oldest);
    const at = timestamp(now);
    const combined: Draft<Event> = {
      ...event,
      metadata: {
        name: this.nameFor(event.involvedObject.name ?? ''),
        namespace: event.metadata.namespace,
      },
      message: `(combined from similar events): ${event.message}`,
      count: 1,
      firstTimestamp: at,
      lastTimestamp: at,
      // Upstream builds the combined event anew and leaves these two out.
      reportingComponent: '',
      reportingInstance: '',
    };
    return { combined, key };
  }

  private observe(event: Draft<Event>, key: string): Draft<Event> {
    const last = this.observations.get(key);
    const observed: Draft<Event> = !last
      ? event
      : {
          ...event,
          metadata: { ...event.metadata, name: last.name, resourceVersion: last.resourceVersion },
          firstTimestamp: last.firstTimestamp,
          count: last.count + 1,
        };
    this.observations.set(key, observationOf(observed));
    return observed;
  }

  private isSpam(event: Draft<Event>): boolean {
    const key = sourceKey(event);
    const bucket = this.buckets.get(key) ?? createBucket(this.clock, { size: 25, perSecond: 1 / 300 });
    this.buckets.set(key, bucket);
    return !bucket.take();
  }
}

function observationOf(event: Draft<Event>): Observation {
  const { name, resourceVersion } = event.metadata;
  return { count: event.count ?? 1, firstTimestamp: event.firstTimestamp, name, resourceVersion };
}

function sourceKey({ source, involvedObject: of, type }: Draft<Event>): string {
  return [source?.component, source?.host, of.kind, of.namespace, of.name, of.uid, of.apiVersion, type].join('');
}

function eventKey(event: Draft<Event>): string {
  return [sourceKey(event), event.involvedObject.fieldPath, event.reason, event.message].join('');
}
