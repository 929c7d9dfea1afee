import type { KubernetesObject, ObjectMeta } from '../../../../lib/kubernetes/metadata';
import { timestamp } from '../../clock';
import type { Core } from '../core';
import { apiVersionOf, type Target } from '../registry';

/** The order in which metadata is printed, that of Go's struct. */
const order: (keyof ObjectMeta)[] = [
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'managedFields',
];

/** The metadata in its usual order, without what is undefined or an empty list or map: Go's omitempty, whoever wrote it. */
export function orderedMetadata(metadata: ObjectMeta): ObjectMeta {
  const ordered: ObjectMeta = {};
  for (const key of order) copyMember(metadata, ordered, key);
  return ordered;
}

function copyMember<K extends keyof ObjectMeta>(from: ObjectMeta, to: ObjectMeta, key: K): void {
  const value = from[key];
  if (value === undefined || value === null) return;
  if (typeof value === 'object' && Object.keys(value).length === 0) return;
  to[key] = value;
}

/** The object with kind and apiVersion first, as the API writes it, and metadata in order. */
export function orderedObject(target: Target, draft: KubernetesObject): KubernetesObject {
  const { kind: _kind, apiVersion: _apiVersion, metadata, ...rest } = draft;
  return {
    kind: target.kind.kind,
    apiVersion: apiVersionOf(target.kind),
    metadata: orderedMetadata(metadata),
    ...rest,
  };
}

/** registry/rest/meta.go FillObjectMetaSystemFields, and what a creator may not set. */
export function fillSystemFields(core: Core, draft: KubernetesObject): void {
  draft.metadata.uid = core.ids.uid();
  draft.metadata.creationTimestamp = timestamp(core.clock.now());
  delete draft.metadata.deletionTimestamp;
  delete draft.metadata.deletionGracePeriodSeconds;
}

/** registry/rest/update.go BeforeUpdate: what no update can change, whatever it carries. */
export function keepSystemFields(draft: KubernetesObject, old: KubernetesObject): void {
  const { metadata } = draft;
  if (metadata.uid === undefined || metadata.uid === '') metadata.uid = old.metadata.uid;
  metadata.creationTimestamp = old.metadata.creationTimestamp;
  if (old.metadata.deletionTimestamp !== undefined) metadata.deletionTimestamp = old.metadata.deletionTimestamp;
  if (old.metadata.deletionGracePeriodSeconds !== undefined && metadata.deletionGracePeriodSeconds === undefined)
    metadata.deletionGracePeriodSeconds = old.metadata.deletionGracePeriodSeconds;
}
