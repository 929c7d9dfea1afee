import type { Condition, KubernetesObject, LabelSelector, ObjectReference } from './metadata';

export type AccessMode = 'ReadWriteOnce' | 'ReadOnlyMany' | 'ReadWriteMany' | 'ReadWriteOncePod';
export type ReclaimPolicy = 'Retain' | 'Delete' | 'Recycle';

export interface PersistentVolumeClaim extends KubernetesObject {
  spec: {
    accessModes?: AccessMode[];
    selector?: LabelSelector;
    resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
    volumeName?: string;
    storageClassName?: string;
    volumeMode?: 'Filesystem' | 'Block';
    volumeAttributesClassName?: string;
    dataSource?: Record<string, unknown>;
    dataSourceRef?: Record<string, unknown>;
  };
  status?: {
    phase?: 'Pending' | 'Bound' | 'Lost';
    accessModes?: AccessMode[];
    capacity?: Record<string, string>;
    conditions?: Condition[];
    currentVolumeAttributesClassName?: string;
  };
}

export interface PersistentVolume extends KubernetesObject {
  spec: {
    capacity?: Record<string, string>;
    accessModes?: AccessMode[];
    persistentVolumeReclaimPolicy?: ReclaimPolicy;
    storageClassName?: string;
    volumeMode?: 'Filesystem' | 'Block';
    volumeAttributesClassName?: string;
    claimRef?: ObjectReference;
    nodeAffinity?: { required?: { nodeSelectorTerms?: unknown[] } };
    mountOptions?: string[];
    hostPath?: { path: string; type?: string };
    nfs?: { server: string; path: string; readOnly?: boolean };
    local?: { path: string };
    csi?: { driver: string; volumeHandle: string };
    [source: string]: unknown;
  };
  status?: {
    phase?: 'Pending' | 'Available' | 'Bound' | 'Released' | 'Failed';
    message?: string;
    reason?: string;
    lastPhaseTransitionTime?: string;
  };
}

export interface StorageClass extends KubernetesObject {
  provisioner: string;
  parameters?: Record<string, string>;
  reclaimPolicy?: ReclaimPolicy;
  volumeBindingMode?: 'Immediate' | 'WaitForFirstConsumer';
  allowVolumeExpansion?: boolean;
  mountOptions?: string[];
  allowedTopologies?: unknown[];
}

/** A provisioner that makes nothing: the class is only for volumes made by hand. */
export const noProvisioner = 'kubernetes.io/no-provisioner';
