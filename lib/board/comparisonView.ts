import type { ClaimUse } from './storage';

/** The same app both ways, as far as it was seen. */
export interface ComparisonView {
  /** The Deployment's. */
  uid: string;
  set: ComparedSide;
  deployment: ComparedSide;
}

/** What is named here is at most 6 of each. */
export interface ComparedSide {
  name: string;
  pods: string[];
  count: number;
  /** The last pod that another one was seen to come for, under the same name or another. Its IP may not be known yet. */
  replaced?: { former: string; formerIp: string; successor: string; ip: string; at: number };
  /** A set's slots, and those without a pod: their place is kept. */
  places: number;
  emptyPlaces: string[];
  /** A Deployment's pods that were seen to leave; the last 12 are remembered. */
  gone?: number;
  claims: { name: string; use?: ClaimUse }[];
  claimCount: number;
  /** Its first pods, as they were created. Absent where fewer than two are known. */
  created?: Created[];
  /** A name of a pod's own, and what DNS answers to it. */
  dns?: { name: string; addresses: string[] };
  /** The Service that leads to its pods. */
  service?: { name: string; clusterIP: string; ready: number };
}

export interface Created {
  name: string;
  /** After the first of them. */
  afterMs: number;
}
