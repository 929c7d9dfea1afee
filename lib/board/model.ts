import type { DnsAnswer, DnsView } from './dns';

export type * from './dns';

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
  /** The cluster does not let us see Deployments or ReplicaSets: what they have made stands among the other pods. */
  deploymentsHidden: boolean;
  services: ServiceView[];
  /** Volumes bound to a claim of this namespace, or free to be bound by one. */
  volumes: VolumeView[];
  /** Of the whole cluster, the default one first. */
  storageClasses: StorageClassView[];
  /** What of the cluster's storage we are not allowed to see: its list here is empty for that reason alone. */
  hidden: ('persistentvolumes' | 'storageclasses')[];
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
  mounts: MountView[];
}

/** Of a claim, or of a volume of the pod with its source (`emptyDir`, `nfs`) and where that lies, if it says so. */
export interface MountView {
  path: string;
  volume: string;
  claim?: string;
  source?: string;
  at?: string;
  readOnly: boolean;
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

export interface ClaimView {
  name: string;
  uid: string;
  /** `www`, for a claim made from a template. */
  template?: string;
  phase: 'Pending' | 'Bound' | 'Lost' | 'missing';
  terminating: boolean;
  storageClass: string;
  /** Asked for, and what the bound volume gives. */
  request: string;
  capacity: string;
  accessModes: string[];
  /** What it asked for; `accessModes` are those of its volume, once it has one. */
  requestedModes: string[];
  volume?: VolumeView;
  /** Bound to this name, though the volume itself may be hidden from us. */
  volumeName: string;
  waitsFor?: Reason;
  /** Of a Pending claim: what has to happen, and what is against each volume there is. */
  unbound?: Unbound;
  /** Kept after its pod was scaled away. */
  kept: boolean;
  /** Absent: by no pod. */
  use?: ClaimUse;
  /** Written onto its volume through the dashboard, the last write of each, newest first. */
  files?: WrittenFile[];
}

/** Whose pods a claim is mounted by, or will be: at most 6 of each by name. */
export interface ClaimUse {
  pods: string[];
  /** All of them. */
  count: number;
  nodes: string[];
}

/** A file as it was written through the dashboard: what else writes in a pod is not seen. */
export interface WrittenFile {
  /** On a claim where it lies on the volume (`html/index.html`), else its path. */
  name: string;
  /** As its container saw it. */
  path: string;
  bytes: number;
  at: number;
  pod: string;
  container: string;
  /** The file's own time just after, by the node's clock, in whole seconds; absent where it could not be learned. */
  modifiedAt?: number;
  /** Which life of the pod; absent where that was not watched. */
  life?: number;
}

export interface OwnFile extends WrittenFile {
  /** In the container's own layer, or on a volume that lives as long as the pod (emptyDir). */
  place: 'container' | 'pod';
  lost?: { with: 'container' | 'pod'; at: number };
}

/** Why a claim has no volume. `misfits` is ordered: what is nearest to fitting comes first. */
export interface Unbound {
  code:
    /** It names its volume, which is not there, or does not fit. */
    | 'namedMissing'
    | 'namedMisfit'
    /** A volume fits, or is promised to it; the volume controller binds the two next. */
    | 'binding'
    /** Its class waits for the first pod that uses it, or for that pod to get a node. */
    | 'consumer'
    | 'scheduling'
    /** Asks for no class: the default one is put in soon, or there is none and only a volume made by hand can fit. */
    | 'defaultClass'
    | 'noClass'
    | 'classMissing'
    /** Of this class nobody makes volumes: only one made by hand can fit. */
    | 'noProvisioner'
    /** Somebody is to make a volume for it. */
    | 'provisioner';
  /** The volume, pod, class or provisioner that it is about. */
  subject?: string;
  misfits: Misfit[];
  /** Volumes that do not fit and are not listed. */
  more: number;
  /** Volumes that would fit and belong to claims of other namespaces. */
  takenElsewhere: number;
}

export interface Misfit {
  /** The volume's. */
  name: string;
  reasons: MisfitReason[];
}

/** One rule that a volume fails, with what the claim asks and what the volume has, in Kubernetes' own words and quantities. */
export interface MisfitReason {
  code:
    | 'tooSmall'
    | 'accessModes'
    | 'storageClass'
    | 'selector'
    | 'volumeMode'
    | 'attributesClass'
    | 'terminating'
    /** Released or Failed: it still names the claim it had (`given`), even where that had this very name. */
    | 'released'
    | 'formerSelf'
    /** Bound to another claim, or kept for one by name. */
    | 'taken'
    | 'reserved'
    /** Neither promised nor Available yet. */
    | 'notAvailable';
  asked?: string;
  given?: string;
}

export interface StorageClassView {
  name: string;
  uid: string;
  provisioner: string;
  bindingMode: 'Immediate' | 'WaitForFirstConsumer';
  reclaimPolicy: 'Retain' | 'Delete' | 'Recycle';
  /** A claim of it may ask for more later. */
  expandable: boolean;
  isDefault: boolean;
}

export interface VolumeView {
  name: string;
  uid: string;
  phase: 'Pending' | 'Available' | 'Bound' | 'Released' | 'Failed';
  terminating: boolean;
  capacity: string;
  accessModes: string[];
  storageClass: string;
  reclaimPolicy: 'Retain' | 'Delete' | 'Recycle';
  /** `namespace/name` */
  claim: string;
  source: string;
}

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
