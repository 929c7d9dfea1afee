import type {
  ClaimFacts,
  ClassFacts,
  DeploymentFacts,
  EventFacts,
  NamespaceFacts,
  PodFacts,
  ReplicaSetFacts,
  RevisionFacts,
  ServiceFacts,
  SetFacts,
  SliceFacts,
  VolumeFacts,
} from './facts/facts';
import type { Histories } from './history';
import type { LoosePods } from './loosePods';
import type { Board, DnsAbsence, DnsAnswer } from './model';
import type { Writes } from './writes';

/** All that is known of one namespace at one moment; maps are by object name. */
export interface NamespaceSnapshot {
  name: string;
  /** Undefined when it is not there; `hidden` when the cluster does not let us see namespaces. */
  namespace: NamespaceFacts | 'hidden' | undefined;
  sets: ReadonlyMap<string, SetFacts>;
  deployments: ReadonlyMap<string, DeploymentFacts>;
  replicaSets: ReadonlyMap<string, ReplicaSetFacts>;
  pods: ReadonlyMap<string, PodFacts>;
  revisions: ReadonlyMap<string, RevisionFacts>;
  services: ReadonlyMap<string, ServiceFacts>;
  slices: ReadonlyMap<string, SliceFacts>;
  claims: ReadonlyMap<string, ClaimFacts>;
  events: ReadonlyMap<string, EventFacts>;
  /** Of the whole cluster. */
  volumes: ReadonlyMap<string, VolumeFacts>;
  storageClasses: ReadonlyMap<string, ClassFacts>;
  /** Kinds that the cluster does not let us see; `deployments` also where it is ReplicaSets that we may not. */
  hidden: Board['hidden'];
  histories: Histories;
  writes: Writes;
  loosePods: LoosePods;
  /** `cluster.local` */
  clusterDomain: string;
  dns: DnsSnapshot;
}

export interface DnsSnapshot {
  /** Undefined while it can be asked; else why not, and answers are derived. */
  problem: string | undefined;
  answers: ReadonlyMap<string, DnsAnswer>;
  absences: readonly DnsAbsence[];
}
