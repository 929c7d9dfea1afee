import type {
  ClaimView,
  EndpointView,
  EventView,
  PodView,
  Reason,
  ServiceView,
  StatefulSetView,
  VolumeView,
} from '../model';

/**
 * What the dashboard keeps of the cluster's objects: about a tenth of them, and of what is shown the very parts that go into
 * the board, so that an object that did not change is the same part of every board.
 */
export interface Facts {
  uid: string;
  name: string;
  /** Empty for what belongs to no namespace. */
  namespace: string;
  resourceVersion: string;
}

export interface NamespaceFacts extends Facts {
  terminating: boolean;
  createdAt: number;
}

export interface SetFacts extends Facts {
  /** All of the view that stands in the set's own object. */
  view: Omit<StatefulSetView, 'service' | 'slots'>;
  /** Names of `volumeClaimTemplates`, in order. */
  claimTemplates: string[];
  matchLabels: Record<string, string>;
}

export interface PodFacts extends Facts {
  view: PodView;
  owner: { kind: string; uid: string } | undefined;
  /** Why it is not ready, as far as the pod itself says. */
  trouble: Reason | undefined;
  /** No node has been found for it, and this is what the scheduler says. */
  unscheduled: string | undefined;
  claims: string[];
}

export interface ServiceFacts extends Facts {
  view: Omit<ServiceView, 'ready' | 'notReady'>;
}

export interface SliceFacts extends Facts {
  service: string;
  ready: EndpointView[];
  notReady: EndpointView[];
}

export interface ClaimFacts extends Facts {
  view: Omit<ClaimView, 'template' | 'volume' | 'kept' | 'waitsFor'>;
  labels: Record<string, string>;
}

export interface VolumeFacts extends Facts {
  view: VolumeView;
  claimNamespace: string;
}

export interface EventFacts extends Facts {
  view: EventView;
}
