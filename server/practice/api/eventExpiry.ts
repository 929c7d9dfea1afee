import { isJsonObject } from './json';
import type { Core } from './core';

/** `--event-ttl` of the real API server: an Event goes an hour after it was last written. */
const eventTtlMs = 60 * 60_000;
const sweepEveryMs = 60_000;

/** Removes old Events now and then, as etcd's leases would. Call what is returned to stop. */
export function expireEvents(core: Core): () => void {
  const written = new Map<string, number>();
  for (const object of core.storage.list('events').objects) {
    const at = Date.parse(lastWritten(object) ?? '');
    written.set(
      `${object.metadata.namespace ?? ''}/${object.metadata.name ?? ''}`,
      Number.isNaN(at) ? core.clock.now() : at,
    );
  }
  const watch = core.storage.watch('events', core.storage.revision, ({ type, key }) => {
    if (type === 'DELETED') written.delete(key);
    else written.set(key, core.clock.now());
  });
  const sweep = () => {
    const limit = core.clock.now() - eventTtlMs;
    for (const [key, at] of [...written]) {
      const object = at < limit ? core.storage.get('events', key) : undefined;
      if (object) core.storage.remove('events', key, object);
    }
    timer = core.clock.after(sweepEveryMs, sweep);
  };
  let timer = core.clock.after(sweepEveryMs, sweep);
  return () => {
    timer.cancel();
    watch.stop();
  };
}

/** After a restart, what the Event itself says of its last write. */
function lastWritten(event: object): string | undefined {
  const { lastTimestamp, eventTime, metadata } = event as Record<string, unknown>;
  const created = isJsonObject(metadata) ? metadata.creationTimestamp : undefined;
  return [lastTimestamp, eventTime, created].find((time): time is string => typeof time === 'string');
}
