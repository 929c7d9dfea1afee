/** What DNS said of one name, and when it was asked. */
export interface DnsAnswer {
  status: 'answered' | 'nxdomain' | 'nodata' | 'failed' | 'unknown';
  addresses: string[];
  /** Of a question for SRV: who offers the named port. */
  targets?: SrvTarget[];
  /** How long whoever heard the answer may keep it, a "no" included. */
  ttlSeconds?: number;
  askedAt?: number;
}

/** One SRV record. Clients take the lowest priority, and within it each target as often as its weight says. */
export interface SrvTarget {
  target: string;
  port: number;
  priority: number;
  weight: number;
}

/**
 * A pod's name leaving DNS and coming back, by the server's clock: when its endpoint was ready, by the EndpointSlices, beside
 * when DNS was heard to say so. What lies between is caches.
 */
export interface DnsAbsence {
  number: number;
  dnsName: string;
  /** Empty, and no `leftAt`, when the name was seen to come for the first time. */
  former: string[];
  /** No endpoint is ready behind the name any more. */
  leftAt?: number;
  /** Until when a cache that was asked before may go on giving the former addresses. */
  formerUntil?: number;
  /** An endpoint is ready again, at these addresses. */
  readyAt?: number;
  addresses: string[];
  /** Until when a cache goes on saying that there is no such name, because it was asked in between. */
  noUntil?: number;
  /** When DNS was first heard to answer with the new addresses. */
  answeredAt?: number;
}

export interface DnsView {
  /** `derived`: nobody could be asked, so it is worked out from EndpointSlices. */
  source: 'asked' | 'derived';
  /** Why nobody could be asked, in a sentence. */
  problem?: string;
  /** Headless Services' own names: the A set. */
  names: HeadlessName[];
  /** `_web._tcp.nginx.default.svc.cluster.local`: a headless Service's named ports. */
  ports: { name: string; answer: DnsAnswer }[];
  /** Newest first, at most `keptAbsences`. */
  absences: DnsAbsence[];
}

export interface HeadlessName {
  name: string;
  answer: DnsAnswer;
  /** Addresses of the answer that no endpoint has any more: a cache still gives them. */
  gone: string[];
}
