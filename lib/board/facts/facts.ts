import type { LabelSelector } from '../../kubernetes/metadata';
import type {
  ClaimView,
  DeploymentView,
  EndpointView,
  EventView,
  PodView,
  Reason,
  ReplicaSetView,
  ServiceView,
  StatefulSetView,
  StorageClassView,
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
  view: Omit<StatefulSetView, 'service' | 'revisions' | 'slots'>;
  /** Names of `volumeClaimTemplates`, in order. */
  claimTemplates: string[];
  matchLabels: Record<string, string>;
}

export interface DeploymentFacts extends Facts {
  /** All of the view that stands in the Deployment's own object. */
  view: Omit<DeploymentView, 'replicaSets' | 'pods' | 'departed' | 'claims'>;
  /** Claims that the template mounts, by name. */
  claims: string[];
}

export interface ReplicaSetFacts extends Facts {
  view: ReplicaSetView;
  owner: { kind: string; uid: string } | undefined;
  trouble: Reason | undefined;
  availableReplicas: number;
  claims: string[];
}

export interface PodFacts extends Facts {
  view: PodView;
  owner: { kind: string; uid: string } | undefined;
  /** Why it is not ready, as far as the pod itself says. */
  trouble: Reason | undefined;
  /** No node has been found for it, and this is what the scheduler says. */
  unscheduled: string | undefined;
  /** It is ended from outside, and by whom: the reason of its DisruptionTarget condition. */
  disruption: string | undefined;
  claims: string[];
  /** By container; only of those that have been started. */
  containerIds: Record<string, string>;
}

export interface RevisionFacts extends Facts {
  /** The uid of the set it belongs to. */
  owner: string;
  number: number;
  createdAt: number;
  images: string[];
}

export interface ServiceFacts extends Facts {
  view: Omit<ServiceView, 'ready' | 'notReady'>;
}

export interface SliceFacts extends Facts {
  service: string;
  ready: EndpointView[];
  notReady: EndpointView[];
  ports: ServiceView['ports'];
}

export interface ClaimFacts extends Facts {
  view: Omit<ClaimView, 'template' | 'volume' | 'kept' | 'use' | 'waitsFor' | 'unbound' | 'files'>;
  /** What a volume is chosen by, beside size and access modes. */
  wants: {
    /** Undefined: none was given, and a default one may still be put in. `''` asks for a volume without a class. */
    className: string | undefined;
    selector: LabelSelector | undefined;
    volumeMode: string;
    attributesClass: string;
    /** The scheduler has chosen a node for its pod, so its class need not wait any more. */
    isOnNode: boolean;
  };
}

export interface VolumeFacts extends Facts {
  view: VolumeView;
  /** Of its `claimRef`; each empty where it has none. A reference without a uid was made by hand, for whoever has the name. */
  claimNamespace: string;
  claimName: string;
  claimUid: string;
  labels: Record<string, string>;
  volumeMode: string;
  attributesClass: string;
}

export interface ClassFacts extends Facts {
  view: StorageClassView;
  createdAt: number;
}

export interface EventFacts extends Facts {
  view: EventView;
}
