import type { WrittenFile } from '../board/model';
import type { LabError } from '../errors';

/**
 * Everything a button can ask for. The same value says where the request goes (`requestOf`), what the server parses
 * (`parse*`), and which kubectl line does the same (`kubectlLine`).
 */
export type Action =
  | ApplyAction
  | DeleteManifestAction
  | ScaleAction
  | SetImageAction
  | RestartAction
  | SetStrategyAction
  | UndoAction
  | DeleteSetAction
  | ScaleDeploymentAction
  | DeleteDeploymentAction
  | DeletePodAction
  | DeletePodsAction
  | DeleteClaimAction
  | DeleteVolumeAction
  | FreeVolumeAction
  | DeleteNamespaceAction
  | WriteFileAction;

export interface ApplyAction {
  kind: 'apply';
  namespace: string;
  /** One or more YAML documents. */
  yaml: string;
  /** Take over fields that another manager owns, as `--force-conflicts` does. */
  force?: boolean;
}

/** `POST /api/namespaces/NS/delete`: deletes what a manifest names, as `kubectl delete -f` does; what is not there is skipped. */
export interface DeleteManifestAction {
  kind: 'deleteManifest';
  namespace: string;
  yaml: string;
}

export interface ScaleAction {
  kind: 'scale';
  namespace: string;
  set: string;
  replicas: number;
}

/** What keeps pods of a template, and so can be given another one. */
export type WorkloadKind = 'statefulset' | 'deployment';

export interface WorkloadReference {
  namespace: string;
  workload: WorkloadKind;
  name: string;
}

/** `POST …/statefulsets/NAME/image {"container","image"}` */
export interface SetImageAction extends WorkloadReference {
  kind: 'setImage';
  container: string;
  image: string;
}

/** `POST …/statefulsets/NAME/restart`: a template that differs by its time alone, so that every pod is replaced. */
export interface RestartAction extends WorkloadReference {
  kind: 'restart';
}

/** How a set replaces pods of an old revision: by itself from an ordinal on, or never. */
export type UpdateStrategy = { type: 'RollingUpdate'; partition: number } | { type: 'OnDelete' };

/** `POST …/statefulsets/NAME/strategy {"type","partition"}` */
export interface SetStrategyAction {
  kind: 'setStrategy';
  namespace: string;
  set: string;
  strategy: UpdateStrategy;
}

/** `POST …/statefulsets/NAME/undo {"revision":N}`: the template of a revision that is remembered, rolled out again. */
export interface UndoAction {
  kind: 'undo';
  namespace: string;
  set: string;
  revision: number;
}

export type Cascade = 'background' | 'orphan';

export interface DeleteSetAction {
  kind: 'deleteSet';
  namespace: string;
  set: string;
  cascade: Cascade;
}

export interface ScaleDeploymentAction {
  kind: 'scaleDeployment';
  namespace: string;
  deployment: string;
  replicas: number;
}

export interface DeleteDeploymentAction {
  kind: 'deleteDeployment';
  namespace: string;
  deployment: string;
  cascade: Cascade;
}

export interface DeletePodAction {
  kind: 'deletePod';
  namespace: string;
  pod: string;
}

/** All pods of a set. `pods` names them for the kubectl line; the server deletes what the set owns at that moment. */
export interface DeletePodsAction {
  kind: 'deletePods';
  namespace: string;
  set: string;
  pods: string[];
}

export interface DeleteClaimAction {
  kind: 'deleteClaim';
  namespace: string;
  claim: string;
}

export interface DeleteVolumeAction {
  kind: 'deleteVolume';
  volume: string;
}

/**
 * `DELETE /api/persistentvolumes/NAME/claimRef`: a volume whose claim is gone forgets it, and is free for the next that fits. What
 * lies on it stays.
 */
export interface FreeVolumeAction {
  kind: 'freeVolume';
  volume: string;
}

export interface DeleteNamespaceAction {
  kind: 'deleteNamespace';
  namespace: string;
}

export interface FileReference {
  namespace: string;
  pod: string;
  /** Default: the pod's first container. */
  container?: string;
  /** Absolute. Any name a Linux file can have; never read by a shell. */
  path: string;
}

export interface WriteFileAction extends FileReference {
  kind: 'writeFile';
  content: Uint8Array;
}

/** For `kubectlLine` only: reading is a GET, see `useFile`. */
export interface ReadFileAction extends FileReference {
  kind: 'readFile';
}

/** The most that one file may hold, to be read or written here. */
export const maxFileBytes = 4 * 1024 * 1024;

/** Where a path lies, by the pod's mounts: what becomes of the file when the pod goes. */
export type FilePlace =
  /** On a claim's volume: it outlives the pod. */
  | { kind: 'claim'; claim: string; volume: string; mountPath: string; readOnly: boolean }
  /** On a volume of another source (`emptyDir`, `nfs` …): what becomes of it there, `volumeFate` says. */
  | { kind: 'volume'; volume: string; source: string; at?: string; mountPath: string; readOnly: boolean }
  /** In the container's own layer: gone when the container restarts. */
  | { kind: 'container' };

/** What a GET of a file gives, once its headers are read. */
export interface FileContent {
  bytes: Uint8Array;
  container: string;
  place: FilePlace;
}

/** `GET /api/namespaces/NS/persistentvolumeclaims/NAME/files` */
export interface ClaimFilesAnswer {
  /** The pod and container they were read through, and where the claim is mounted there. */
  pod: string;
  container: string;
  mountPath: string;
  /** By name; at most 200, and 6 folders deep. */
  files: ListedFile[];
  /** Found and not listed. */
  more: number;
}

export interface ListedFile {
  path: string;
  /** Absent where the container has no `stat`, or the file went while it was looked at. */
  bytes?: number;
  /** By the node's clock, in whole seconds. */
  modifiedAt?: number;
  /** Its last write through the dashboard, and whether something in a pod has changed it since. */
  writer?: { by: WrittenFile; changedSince: boolean };
}

/** Accepted by the cluster, which is not yet done: the change is seen when the watch brings it. */
export interface Accepted {
  /** What it was done to: `statefulset/web`, in the order it was done. */
  objects: {
    object: string;
    outcome: 'created' | 'configured' | 'unchanged' | 'deleted' | 'scaled' | 'written' | 'freed' | 'restarted';
  }[];
  file?: { container: string; place: FilePlace; bytes: number };
  /** Warnings of the API server, word for word. */
  warnings?: string[];
}

export type Result = { ok: true; value: Accepted } | { ok: false; error: LabError };

/** `GET /api/contexts` */
export interface ContextsAnswer {
  /** The cluster that this dashboard shows. */
  current: ContextView;
  /** It is the practice cluster that came with the dashboard. */
  practice: boolean;
  /** What the API server says it is, `v1.36.3`, once it has answered. */
  version?: string;
  contexts: ContextView[];
}

export interface ContextView {
  name: string;
  cluster: string;
  user: string;
  namespace: string;
}

/** `GET /api/namespaces` */
export interface NamespacesAnswer {
  /** Where `/` leads when no board has been seen yet. */
  defaultNamespace: string;
  namespaces: NamespaceView[];
  /** Set when the cluster does not let us list namespaces: only those known otherwise are in the list. */
  problem?: LabError;
}

export interface NamespaceView {
  name: string;
  terminating: boolean;
  createdAt: number;
  /** StatefulSets in it, as far as is known. */
  sets: number;
}

/** `GET /api/boards/NS[?at=VERSION]` is the board itself; these headers go with it. */
export const boardHeaders = { version: 'ordinal-version', at: 'ordinal-at' } as const;

/** With a file's bytes: `encodeURIComponent` of JSON `{ container, place }`. */
export const fileHeader = 'ordinal-file';
