import { ManualClock } from '../../clock';
import { seededIds } from '../../ids';
import { createInformers } from '../runtime/informer';
import { FakeApi } from './fakeApi';

/** A clock, names, an API in memory and caches on it: what a controller's test starts from. */
export function fakeCluster(seed = 1) {
  const clock = new ManualClock();
  const ids = seededIds(seed);
  const client = new FakeApi({ clock, ids });
  const informers = createInformers(client);
  const failures: unknown[] = [];
  const onError = ({ error }: { error: unknown }) => void failures.push(error);
  return { clock, ids, client, informers, failures, onError };
}

/** `reason: message` of each event, oldest first, with `(xN)` for a count. */
export function eventsOf(client: FakeApi): string[] {
  return client
    .all('events')
    .sort((a, b) => Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion))
    .map((e) => `${e.reason}: ${e.message}${(e.count ?? 1) > 1 ? ` (x${e.count})` : ''}`);
}
