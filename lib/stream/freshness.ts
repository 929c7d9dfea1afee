/**
 * How far what is on the screen can be trusted. The server says how it stands with the cluster; the page adds how it stands
 * with the server. Silence is unknown, never fine.
 */
export interface Freshness {
  state: 'live' | 'stale' | 'offline';
  /** Why it is not live. */
  cause?: FreshnessCause;
  /** The cluster's or the system's own words, when there are some. */
  message?: string;
  /** When the newest thing on the screen was known to be true, in the page's clock: what its age is counted from. */
  trueAt?: number;
  /** The last change the cluster sent, and the last time a whole list was compared, in the page's clock. */
  lastEventAt?: number;
  lastSyncAt?: number;
  /** From the server's sending to the page's drawing, of the newest frame. */
  latencyMs?: number;
  viewers: number;
}

export type FreshnessCause =
  | 'connecting'
  /** No connection from this page to the dashboard's server. */
  | 'serverGone'
  /** The dashboard's server cannot reach the cluster. */
  | 'clusterGone'
  /** The cluster refuses a list or watch (403). */
  | 'watchRefused'
  /** A watch is open but nothing, not even a bookmark, has come for too long. */
  | 'watchSilent';
