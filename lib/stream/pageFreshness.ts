import type { Freshness, FreshnessCause, KindFreshness } from './freshness';
import { serverSilenceMs, type HealthFrame } from './protocol';

/** What a page knows about how fresh it is; times in the page's clock but for those inside `health`, which are the server's. */
export interface FreshnessFacts {
  connected: boolean;
  /** How the connection was lost, or the last try to make one failed: closed at once, or without any answer. */
  lost: 'closed' | 'unanswered';
  /** What the browser says of its network. True says little: there is some network, and perhaps not the right one. */
  onLine: boolean;
  /** Whether this page has ever been connected. */
  everConnected: boolean;
  /** Something, anything, last came from the server. */
  heardAt: number | undefined;
  health: HealthFrame | undefined;
  hasBoard: boolean;
  latencyMs: number | undefined;
  /** Page time minus server time. */
  offset: number;
}

/**
 * The state that the page shows. A connection that is open and brings nothing counts as none: a server that was stopped, a
 * network that was pulled and a laptop that slept all look like that.
 */
export function pageFreshness(facts: FreshnessFacts, now: number): Freshness {
  const { health, offset, heardAt } = facts;
  const toPage = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : ms + offset);
  const shared = {
    ...optional('lastEventAt', toPage(health?.lastEventAt)),
    ...optional('lastSyncAt', toPage(health?.lastSyncAt)),
    ...optional('latencyMs', facts.latencyMs),
    ...optional('trueAt', toPage(health?.trueAt)),
    ...optional(
      'kinds',
      health?.kinds?.map((kind) => kindToPage(kind, toPage)),
    ),
    viewers: health?.viewers ?? 0,
  };
  const silentFor = heardAt === undefined ? 0 : now - heardAt;
  if (!facts.connected || silentFor > serverSilenceMs) return { ...shared, state: 'offline', cause: whyOffline(facts) };
  if (!health || !facts.hasBoard) return { ...shared, state: 'stale', cause: 'connecting' };
  if (health.state === 'live') return { ...shared, state: 'live' };
  const { cause, of, message } = health;
  return {
    ...shared,
    state: 'stale',
    ...optional('cause', cause),
    ...optional('of', of),
    ...optional('message', message),
  };
}

/** A network that is there says nothing; one that is not explains everything, and is believed only when nothing comes either. */
function whyOffline({ connected, everConnected, lost, onLine }: FreshnessFacts): FreshnessCause {
  if (!onLine) return 'pageOffline';
  if (!everConnected && !connected) return 'connecting';
  return connected || lost === 'unanswered' ? 'serverSilent' : 'serverGone';
}

function kindToPage(kind: KindFreshness, toPage: (ms: number | undefined) => number | undefined): KindFreshness {
  const { lastEventAt, lastSyncAt, checkedAt, ...rest } = kind;
  return {
    ...rest,
    ...optional('lastEventAt', toPage(lastEventAt)),
    ...optional('lastSyncAt', toPage(lastSyncAt)),
    ...optional('checkedAt', toPage(checkedAt)),
  };
}

/** When the state may change by the mere passing of time. */
export function freshUntil(facts: FreshnessFacts): number | undefined {
  return facts.connected && facts.heardAt !== undefined ? facts.heardAt + serverSilenceMs + 1 : undefined;
}

function optional<K extends string, V>(name: K, value: V | undefined): { [N in K]?: V } {
  const result: { [N in K]?: V } = {};
  if (value !== undefined) result[name] = value;
  return result;
}
