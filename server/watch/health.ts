import type { FreshnessCause } from '../../lib/stream/freshness';
import type { HealthFrame } from '../../lib/stream/protocol';
import type { WatchView } from './clusterWatch';
import { isClusterKind } from './kinds';
import type { Probe } from './probe';

export type Health = Pick<HealthFrame, 'state' | 'cause' | 'message' | 'trueAt' | 'lastEventAt' | 'lastSyncAt'>;

/**
 * How far a board can be trusted, from the watches it rests on. It is live while every watch is open and the API server
 * answered the last time it was asked. The refusal of a kind that belongs to the whole cluster is no fault of the board's.
 */
export function healthOf(views: readonly WatchView[], probe: Pick<Probe, 'answeredAt' | 'failure'>): Health {
  const needed = views.filter((view) => view.status.state !== 'refused' || !isClusterKind(view.kind));
  const heard = needed.map((view) => view.status.lastHeardAt);
  const lastHeardAt = heard.some((at) => at === undefined) ? undefined : Math.min(...heard.map((at) => at ?? 0));
  const health: Health = {
    state: 'live',
    ...newest('lastEventAt', needed),
    ...oldest('lastSyncAt', needed),
  };
  const fault = faultOf(needed, probe);
  if (fault)
    return { ...health, ...fault, state: 'stale', ...(lastHeardAt === undefined ? {} : { trueAt: lastHeardAt }) };
  // Open watches and an answering server: nothing older than the last answer is missing.
  const trueAt = Math.max(lastHeardAt ?? 0, probe.answeredAt ?? 0);
  return trueAt > 0 ? { ...health, trueAt } : health;
}

function faultOf(
  views: readonly WatchView[],
  probe: Pick<Probe, 'failure'>,
): { cause: FreshnessCause; message?: string } | undefined {
  if (probe.failure !== undefined) return { cause: 'clusterGone', message: probe.failure };
  const order: [string, FreshnessCause][] = [
    ['gone', 'clusterGone'],
    ['refused', 'watchRefused'],
    ['silent', 'watchSilent'],
    ['connecting', 'connecting'],
  ];
  for (const [state, cause] of order) {
    const found = views.find((view) => view.status.state === state);
    if (!found) continue;
    const message = found.status.error?.message;
    return message === undefined ? { cause } : { cause, message };
  }
  return undefined;
}

function newest(name: 'lastEventAt', views: readonly WatchView[]): Partial<Health> {
  const times = views.flatMap((view) => view.status[name] ?? []);
  return times.length === 0 ? {} : { [name]: Math.max(...times) };
}

function oldest(name: 'lastSyncAt', views: readonly WatchView[]): Partial<Health> {
  const times = views.flatMap((view) => view.status[name] ?? []);
  return times.length === 0 ? {} : { [name]: Math.min(...times) };
}
