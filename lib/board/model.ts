import type { Mount } from '../kubernetes/mounts';
import type { ComparisonView } from './comparisonView';
import type { DnsAnswer, DnsView } from './dns';
import type { ClaimView, OwnFile, StorageClassView, VolumeView } from './storage';

export type * from './comparisonView';
export type * from './dns';
export type * from './storage';

/**
 * What the page shows of one namespace. Derived on the server from the cluster's own objects (`deriveBoard`), carried by
 * `lib/stream`, drawn by `components/board`. Times are milliseconds since the epoch; every text in it that a person reads
 * is either Kubernetes' own or a code the page words in its reader's language.
 */
export interface Board {
  namespace: string;
  /** False when the namespace is not there (any more). */
  exists: boolean;
  /** The namespace is being deleted. */
  terminating: boolean;
  sets: StatefulSetView[];
  deployments: DeploymentView[];
  services: ServiceView[];
  /** Volumes bound to a claim of this namespace, or free to be bound by one. */
  volumes: VolumeView[];
  /** Of the whole cluster, the default one first. */
  storageClasses: StorageClassView[];
  /** What the cluster does not let us see: its list here is empty for that reason alone. Pods of a Deployment then stand among the others. */
  hidden: ('deployments' | 'persistentvolumes' | 'storageclasses')[];
  /** Claims that belong to no slot. */
  otherClaims: ClaimView[];
  /** Pods that belong to no slot and to no Deployment: a debug pod, an orphan. */
  otherPods: PodView[];
  /** Deployments that run what a set here runs, each beside it. Absent: none does. */
  comparisons?: ComparisonView[];
  events: EventView[];
  dns: DnsView;
}

export interface StatefulSetView {
  name: string;
  uid: string;
  replicas: number;
  readyReplicas: number;
  start: number;
  serviceName: string;
  /** The governing Service is there and headless: without it no pod has a name in DNS. */
  service: 'headless' | 'missing' | 'notHeadless';
  policy: 'OrderedReady' | 'Parallel';
  strategy: 'RollingUpdate' | 'OnDelete';
  partition: number;
  currentRevision: string;
  updateRevision: string;
  image: string;
  terminating: boolean;
  createdAt: number;
  /** What becomes of the claims when the set is deleted, or scaled down. Absent: both are kept. */
  claimRetention?: { whenDeleted: 'Retain' | 'Delete'; whenScaled: 'Retain' | 'Delete' };
  /** Containers of the template, and their images. */
  containers: { name: string; image: string }[];
  /** Newest first: the one that is rolled out, then by number. */
  revisions: RevisionView[];
  slots: Slot[];
}

/**
 * A Deployment, or a ReplicaSet that no Deployment seen here controls. Its pods can stand in for each other: none has a slot, a
 * name that returns, a DNS name or a claim of its own.
 */
export interface DeploymentView {
  kind: 'Deployment' | 'ReplicaSet';
  name: string;
  uid: string;
  replicas: number;
  readyReplicas: number;
  updatedReplicas: number;
  availableReplicas: number;
  /** A Deployment's; a ReplicaSet replaces no pod because its template changed. */
  strategy?: { type: 'RollingUpdate'; maxSurge: string; maxUnavailable: string } | { type: 'Recreate' };
  paused: boolean;
  /** Of the template, in order. */
  containers: { name: string; image: string }[];
  /** As `kubectl rollout history` counts; 0 before the controller has given one, and for a ReplicaSet. */
  revision: number;
  terminating: boolean;
  createdAt: number;
  /** Why it has not the pods it should have, as its conditions say. */
  trouble?: Reason;
  /** Newest revision first. */
  replicaSets: ReplicaSetView[];
  /** In the order of their creation: a new one is last, and never takes the place of one that left. */
  pods: LoosePod[];
  /** Newest first, at most 12. */
  departed: DepartedPod[];
  /** What its template mounts: each claim once, for all pods together. */
  claims: ClaimView[];
}

export interface ReplicaSetView {
  name: string;
  uid: string;
  /** `pod-template-hash`: the middle of its pods' names. */
  hash: string;
  revision: number;
  replicas: number;
  readyReplicas: number;
  containers: { name: string; image: string }[];
  createdAt: number;
  terminating: boolean;
}

export interface LoosePod extends PodView {
  state: SlotState;
  waitsFor?: Reason;
  replicaSet: string;
  /** The name of the pod that left just before its ReplicaSet made this one. */
  replaces?: string;
}

/** A pod that is gone for good: its name is not given again. */
export interface DepartedPod {
  name: string;
  uid: string;
  ip: string;
  node: string;
  from: number;
  until: number;
  /** The name of the pod that its ReplicaSet made when this one left; absent when none was wanted. */
  instead?: string;
}

/** A remembered template of a set, and who runs it. */
export interface RevisionView {
  /** `web-6c5c7fd59b`: what a pod's label says. */
  name: string;
  /** As `kubectl rollout history` counts; absent where ControllerRevisions may not be read. */
  number?: number;
  createdAt?: number;
  images: string[];
  /** Of the pods that run it. */
  ordinals: number[];
  /** What pods are made of that the update has not reached. */
  isCurrent: boolean;
  /** What the set is being brought to. */
  isUpdate: boolean;
}

export type SlotState =
  | 'ready'
  /** Held back by another ordinal. */
  | 'waiting'
  /** The pod is there but not on a node yet, or its claim is not bound. */
  | 'pending'
  | 'starting'
  /** Was ready in this life, and is not now. */
  | 'unready'
  | 'terminating'
  | 'failed'
  | 'finished'
  /** No pod and none wanted, but its claim is kept. */
  | 'kept'
  | 'empty';

export interface Slot {
  ordinal: number;
  /** `web-2`: the identity that stays. */
  name: string;
  /** `web-2.nginx.default.svc.cluster.local`; empty when no headless Service governs the set. */
  dnsName: string;
  state: SlotState;
  /** Within start … start + replicas - 1. */
  wanted: boolean;
  pod?: PodView;
  waitsFor?: Reason;
  claims: ClaimView[];
  /** Written through the dashboard to where no claim is: they go, or have gone, with their container or pod. Newest first. */
  ownFiles?: OwnFile[];
  /** Which life the pod now in the slot is (1 for the first seen); without a pod, the last one. */
  life: number;
  /** Earlier lives, newest first, at most 5. */
  lives: Life[];
  /** When the slot lost its pod for good (scaled away), if that was seen. */
  scaledAwayAt?: number;
  dns: DnsAnswer;
}

/** Why something is as it is: a code to be worded by the page, with its parts, and the cluster's own words. */
export interface Reason {
  code:
    | 'predecessor'
    | 'successor'
    | 'claimPending'
    | 'unschedulable'
    | 'pulling'
    | 'imagePull'
    | 'crashLoop'
    | 'starting'
    | 'readiness'
    | 'terminating'
    | 'creating'
    | 'createFailed'
    /** Of an old revision: held by the partition (subject: the first ordinal that is updated), until deleted, or until its turn. */
    | 'partition'
    | 'onDelete'
    | 'revision'
    | 'other';
  /** The pod, claim or image it is about. */
  subject?: string;
  /** Kubernetes' own sentence, untouched. */
  message?: string;
}

export interface PodView {
  name: string;
  uid: string;
  /** Another one with every write: what a watch tells of, whether or not it shows. */
  resourceVersion: string;
  /** As `kubectl get pods` prints it: `ContainerCreating`, `CrashLoopBackOff`, `Completed`. */
  status: string;
  phase: string;
  ready: boolean;
  /** `1/2`, as `kubectl get pods` counts them: with init containers that stay. */
  readyContainers: number;
  totalContainers: number;
  containers: ContainerView[];
  ip: string;
  node: string;
  restarts: number;
  /** When a container last ended to be started again, if known. */
  lastRestartAt?: number;
  revision: string;
  /** Reserved for it by a preemption that has not happened yet. */
  nominatedNode?: string;
  /** `0/1` of its readiness gates are met; absent when it has none. */
  readinessGates?: string;
  createdAt: number;
  startedAt?: number;
  readySince?: number;
  deletingSince?: number;
}

export interface ContainerView {
  name: string;
  image: string;
  mounts: Mount[];
}

export interface Life {
  number: number;
  uid: string;
  ip: string;
  node: string;
  revision: string;
  from: number;
  until: number;
  /** What its pod mounted. */
  claims: HeldClaim[];
  /** Why it ended, as far as that was seen. */
  end?: LifeEnd;
}

/** A claim as a life knew it; `uid` and `volume` are empty where they were not seen. */
export interface HeldClaim {
  name: string;
  uid: string;
  volume: string;
}

export type LifeEnd =
  /** By hand, or by anybody who left no trace. */
  | 'deleted'
  | 'scaledAway'
  /** Replaced by a pod of a newer revision. */
  | 'updated'
  | 'setDeleted'
  | 'evicted'
  | 'preempted'
  | 'nodeLost'
  | 'failed'
  | 'finished';

export interface ServiceView {
  name: string;
  headless: boolean;
  /** Pods that are not ready have their names in DNS too. */
  publishNotReady: boolean;
  clusterIP: string;
  ports: { name: string; port: number; protocol: string }[];
  selector: Record<string, string>;
  /** Addresses that a client is sent to, and those held back as not ready. */
  ready: EndpointView[];
  notReady: EndpointView[];
}

export interface EndpointView {
  ip: string;
  hostname: string;
  pod: string;
}

export interface EventView {
  uid: string;
  type: 'Normal' | 'Warning';
  reason: string;
  /** `Pod/web-0` */
  object: string;
  message: string;
  count: number;
  firstAt: number;
  lastAt: number;
  source: string;
}
