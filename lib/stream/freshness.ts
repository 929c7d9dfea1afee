/**
 * How far what is on the screen can be trusted. The server says how it stands with the cluster; the page adds how it stands
 * with the server. Silence is unknown, never fine.
 */
export interface Freshness {
  state: 'live' | 'stale' | 'offline';
  /** Why it is not live. */
  cause?: FreshnessCause;
  /** The kinds that `cause` is said of, when it is not said of all. */
  of?: string[];
  /** The cluster's or the system's own words, when there are some. */
  message?: string;
  /** When the newest thing on the screen was known to be true, in the page's clock: what its age is counted from. */
  trueAt?: number;
  /** The last change the cluster sent of any kind, and the oldest of the last whole lists, in the page's clock. */
  lastEventAt?: number;
  lastSyncAt?: number;
  /** The kinds that the board rests on. */
  kinds?: KindFreshness[];
  /** From the server's sending to the page's drawing, of the newest frame. */
  latencyMs?: number;
  viewers: number;
}

export type FreshnessCause =
  | 'connecting'
  /** The browser itself says that it has no network. */
  | 'pageOffline'
  /** Nobody takes this page's connection: the dashboard's server is not running. */
  | 'serverGone'
  /** The dashboard's server, or the network on the way to it, has fallen silent. */
  | 'serverSilent'
  /** Nobody is where the cluster's API should be, or it answers that it cannot work. */
  | 'clusterGone'
  /** The cluster's API takes the question and does not answer in time: it hangs, or the network on the way drops everything. */
  | 'clusterSilent'
  /** A watch was cut off, though the API answers; it is being opened again. */
  | 'watchCut'
  /** The cluster refuses a list or watch (403). */
  | 'watchRefused'
  /** The cluster does not know, or no longer, who the dashboard is (401). */
  | 'watchUnknown'
  /** A watch is open and the API answers, but what happens does not come through it. */
  | 'watchSilent';

/** How one kind of object is followed. Times are in the server's clock in a frame, in the page's on the screen. */
export interface KindFreshness {
  /** Kubernetes' plural: `endpointslices`. */
  kind: string;
  state: 'live' | FreshnessCause;
  /** How many objects of this kind are known, in all that the dashboard follows. */
  objects: number;
  lastEventAt?: number;
  /** The last whole list, and the last comparison of a quiet watch with one. */
  lastSyncAt?: number;
  checkedAt?: number;
  /** The cluster's own words. */
  message?: string;
}
