import type { FreshnessCause, KindFreshness } from '../../lib/stream/freshness';
import type { HealthFrame } from '../../lib/stream/protocol';
import type { ClusterError } from '../kubernetes/errors';
import type { WatchStatus } from '../kubernetes/listWatch';
import type { WatchView } from './clusterWatch';
import { isOptional } from './kinds';
import type { Probe } from './probe';

type Told = 'state' | 'cause' | 'of' | 'message' | 'trueAt' | 'lastEventAt' | 'lastSyncAt' | 'kinds';
export type Health = Pick<HealthFrame, Told>;

/**
 * How far a board can be trusted, from the watches it rests on. It is live while every watch is open and speaks, and the API
 * server answered the last time it was asked. It is as old as the watch of which nothing has been heard, nor confirmed by a
 * list, for the longest. That a kind is refused which the board can do without is no fault.
 */
export function healthOf(views: readonly WatchView[], probe: Pick<Probe, 'failure'>): Health {
  const needed = views.filter((view) => view.status.state !== 'refused' || !isOptional(view.kind));
  const known = needed.map(({ status }) => knownAt(status));
  const trueAt = known.some((at) => at === undefined) ? undefined : Math.min(...known.map((at) => at ?? 0));
  const events = needed.flatMap(({ status }) => status.lastEventAt ?? []);
  const syncs = needed.flatMap(({ status }) => status.lastSyncAt ?? []);
  const fault = faultOf(needed, probe);
  return {
    state: fault ? 'stale' : 'live',
    ...fault,
    ...(trueAt === undefined || known.length === 0 ? {} : { trueAt }),
    ...(events.length === 0 ? {} : { lastEventAt: Math.max(...events) }),
    ...(syncs.length === 0 ? {} : { lastSyncAt: Math.min(...syncs) }),
    kinds: views.map(kindFreshness),
  };
}

/** When what is known of a kind was last known to be so: a list, a word on its watch, or a comparison that agreed. */
function knownAt({ lastHeardAt, checkedAt }: WatchStatus): number | undefined {
  return lastHeardAt === undefined ? checkedAt : Math.max(lastHeardAt, checkedAt ?? 0);
}

type Fault = Pick<Health, 'cause' | 'of' | 'message'>;

/** The gravest first: what explains the others is said alone. */
const order: readonly FreshnessCause[] = ['watchCut', 'watchUnknown', 'watchRefused', 'watchSilent', 'connecting'];

function faultOf(views: readonly WatchView[], { failure }: Pick<Probe, 'failure'>): Fault | undefined {
  if (failure) return { cause: failure.kind === 'timeout' ? 'clusterSilent' : 'clusterGone', message: failure.message };
  for (const cause of order) {
    const found = views.filter(({ status }) => stateOf(status) === cause);
    if (found.length === 0) continue;
    const message = found.find(({ status }) => status.error)?.status.error?.message;
    const of = [...new Set(found.map(({ kind }) => kind))];
    return { cause, ...(of.length < views.length ? { of } : {}), ...(message === undefined ? {} : { message }) };
  }
  return undefined;
}

function stateOf({ state, error }: WatchStatus): KindFreshness['state'] {
  switch (state) {
    case 'gone':
      return 'watchCut';
    case 'refused':
      return isUnknown(error) ? 'watchUnknown' : 'watchRefused';
    case 'silent':
      return 'watchSilent';
    case 'live':
    case 'connecting':
      return state;
  }
}

function isUnknown(error: ClusterError | undefined): boolean {
  return error?.code === 401;
}

function kindFreshness({ kind, status, objects }: WatchView): KindFreshness {
  const { lastEventAt, lastSyncAt, checkedAt, error } = status;
  return {
    kind,
    state: stateOf(status),
    objects,
    ...(lastEventAt === undefined ? {} : { lastEventAt }),
    ...(lastSyncAt === undefined ? {} : { lastSyncAt }),
    ...(checkedAt === undefined ? {} : { checkedAt }),
    ...(error === undefined ? {} : { message: error.message }),
  };
}
