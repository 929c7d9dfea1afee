import type { Reason } from './model';

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
