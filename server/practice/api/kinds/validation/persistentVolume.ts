import type { PersistentVolume } from '../../../../../lib/kubernetes/storage';
import { forbidden, notSupported, required, type FieldError } from '../../fieldError';
import { equalJson, isJsonObject } from '../../json';
import { nodeSelectorErrors } from '../pod/validatePlacement';
import { immutable, positiveQuantity } from './fields';
import { internalNames, specDifference } from './difference';
import {
  accessModeErrors,
  classNameErrors,
  hostPathErrors,
  nfsErrors,
  upwardPathErrors,
  volumeModeErrors,
} from './volumeRules';

/** The members of a volume's spec that say where its bytes are, as upstream orders them. */
const sources = [
  'hostPath',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'glusterfs',
  'flocker',
  'nfs',
  'rbd',
  'quobyte',
  'cephfs',
  'iscsi',
  'cinder',
  'fc',
  'flexVolume',
  'azureFile',
  'vsphereVolume',
  'photonPersistentDisk',
  'portworxVolume',
  'azureDisk',
  'scaleIO',
  'local',
  'storageos',
  'csi',
];

/**
 * ValidatePersistentVolumeSpec of pkg/apis/core/validation. Of the sources, those that a lab may use are checked within:
 * hostPath, nfs, local and csi.
 */
export function validatePersistentVolume(volume: PersistentVolume): FieldError[] {
  const { spec } = volume;
  return [
    ...(spec.accessModes?.length ? [] : [required('spec.accessModes')]),
    ...accessModeErrors('spec.accessModes', spec.accessModes),
    ...capacityErrors(spec.capacity),
    ...policyErrors(spec.persistentVolumeReclaimPolicy),
    ...affinityErrors(volume),
    ...sourceErrors(volume),
    ...classNameErrors('spec.storageClassName', spec.storageClassName),
    ...volumeModeErrors('spec.volumeMode', spec.volumeMode),
  ];
}

export function validatePersistentVolumeUpdate(volume: PersistentVolume, old: PersistentVolume): FieldError[] {
  const errors: FieldError[] = [];
  const [now, before] = [sourceOf(volume), sourceOf(old)];
  if (!equalJson(now, before)) {
    const why = `spec.persistentvolumesource is immutable after creation\n${specDifference(shown(before), shown(now))}`;
    errors.push(forbidden('spec.persistentvolumesource', why));
  }
  errors.push(...immutable('volumeMode', volume.spec.volumeMode, old.spec.volumeMode));
  if (old.spec.nodeAffinity) errors.push(...immutable('nodeAffinity', volume.spec.nodeAffinity, old.spec.nodeAffinity));
  if (old.spec.volumeAttributesClassName !== undefined && volume.spec.volumeAttributesClassName === undefined) {
    errors.push(forbidden('spec.volumeAttributesClassName', 'update from non-nil value to nil is forbidden'));
  }
  return errors;
}

function capacityErrors(capacity: Record<string, string> | undefined): FieldError[] {
  const entries = Object.entries(capacity ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const errors = entries.length === 0 ? [required('spec.capacity')] : [];
  if (capacity?.storage === undefined || entries.length > 1) {
    errors.push(notSupported('spec.capacity', capacity ? Object.fromEntries(entries) : null, ['storage']));
  }
  return [...errors, ...entries.flatMap(([name, text]) => positiveQuantity(`spec.capacity[${name}]`, text))];
}

function policyErrors(policy: string | undefined): FieldError[] {
  const supported = ['Delete', 'Recycle', 'Retain'];
  if (!policy || supported.includes(policy)) return [];
  return [notSupported('spec.persistentVolumeReclaimPolicy', policy, supported)];
}

function affinityErrors({ spec: { nodeAffinity } }: PersistentVolume): FieldError[] {
  if (!nodeAffinity) return [];
  const at = 'spec.nodeAffinity.required';
  if (!nodeAffinity.required) return [required(at, 'must specify required node constraints')];
  return nodeSelectorErrors({ ...nodeAffinity.required }, at);
}

function sourceErrors({ spec }: PersistentVolume): FieldError[] {
  const [first, ...others] = sources.filter((source) => spec[source] !== undefined);
  if (first === undefined) return [required('spec', 'must specify a volume type')];
  const errors = others.map((source) => forbidden(`spec.${source}`, 'may not specify more than 1 volume type'));
  if (first === 'hostPath' && spec.hostPath) errors.push(...hostPathErrors('spec.hostPath', spec.hostPath));
  if (first === 'nfs' && spec.nfs) errors.push(...nfsErrors('spec.nfs', spec.nfs));
  if (first === 'local' && spec.local) errors.push(...localErrors(spec.local, spec.nodeAffinity !== undefined));
  if (first === 'csi' && spec.csi) errors.push(...csiErrors(spec.csi));
  const isRoot = spec.hostPath && /^\/*$/.test(spec.hostPath.path ?? '') && spec.hostPath.path !== '';
  if (isRoot && spec.persistentVolumeReclaimPolicy === 'Recycle') {
    errors.push(forbidden('spec.persistentVolumeReclaimPolicy', "may not be 'recycle' for a hostPath mount of '/'"));
  }
  return errors;
}

function localErrors(local: { path: string }, hasAffinity: boolean): FieldError[] {
  return [
    ...(local.path ? upwardPathErrors('spec.local.path', local.path) : [required('spec.local.path')]),
    ...(hasAffinity ? [] : [required('spec.nodeAffinity', 'Local volume requires node affinity')]),
  ];
}

function csiErrors(csi: { driver: string; volumeHandle: string }): FieldError[] {
  return [
    ...(csi.driver ? [] : [required('spec.csi.driver')]),
    ...(csi.volumeHandle ? [] : [required('spec.csi.volumeHandle')]),
  ];
}

/** The sources as upstream's type has them: all of them, in its order. */
function shown(source: Record<string, unknown>): unknown {
  const names: Record<string, string> = {
    gcePersistentDisk: 'GCEPersistentDisk',
    awsElasticBlockStore: 'AWSElasticBlockStore',
    nfs: 'NFS',
    rbd: 'RBD',
    iscsi: 'ISCSI',
    cephfs: 'CephFS',
    fc: 'FC',
    storageos: 'StorageOS',
    csi: 'CSI',
  };
  const members = shownOrder.map((name) => [
    names[name] ?? name.charAt(0).toUpperCase() + name.slice(1),
    internalNames(source[name] ?? null),
  ]);
  return Object.fromEntries(members) as unknown;
}

const shownOrder = [
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'hostPath',
  'glusterfs',
  'nfs',
  'rbd',
  'quobyte',
  'iscsi',
  'flexVolume',
  'cinder',
  'cephfs',
  'fc',
  'flocker',
  'azureFile',
  'vsphereVolume',
  'azureDisk',
  'photonPersistentDisk',
  'portworxVolume',
  'scaleIO',
  'local',
  'storageos',
  'csi',
];

function sourceOf({ spec }: PersistentVolume): Record<string, unknown> {
  const all: unknown = spec;
  if (!isJsonObject(all)) return {};
  return Object.fromEntries(Object.entries(all).filter(([name]) => sources.includes(name)));
}
