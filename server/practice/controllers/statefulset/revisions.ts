import type { ControllerRevision, StatefulSet } from '../../../../lib/kubernetes/statefulSet';
import type { PodTemplateSpec } from '../../../../lib/kubernetes/pod';
import { goJson, sorted } from '../../goJson';
import { controllerRef } from '../runtime/controllerRefs';

/**
 * Revisions of a set's template (pkg/controller/history, stateful_set_utils.go). A revision is known by the bytes of its
 * data, and its name by their hash: both equal the real ones, so that a name seen in a lab text is the name seen here.
 */

export const hashLabel = 'controller.kubernetes.io/hash';

/** k8s.io/apimachinery/pkg/util/rand SafeEncodeString. */
const safeCharacters = 'bcdfghjklmnpqrstvwxz2456789';

/** What a revision keeps: the template, as a patch that replaces a set's own. Sorted as Go writes it: clients compare its bytes. */
export function revisionData(set: { spec: { template: PodTemplateSpec } }): Record<string, unknown> {
  return { spec: { template: sorted({ ...normalised(set.spec.template), $patch: 'replace' }) } };
}

/**
 * A template as Go's types write it: metadata and every container's resources are always there, nothing is null.
 * This stands in for upstream's re-defaulting of old revisions too: fields that a later version would default are not
 * filled in, since every revision here was written by the same version.
 */
function normalised(template: PodTemplateSpec): Record<string, unknown> {
  const withResources = <T extends object>(containers: T[] | undefined) =>
    containers?.map((container) => ({ resources: {}, ...container }));
  const spec = {
    ...template.spec,
    containers: withResources(template.spec.containers),
    initContainers: withResources(template.spec.initContainers),
  };
  return { ...template, metadata: withoutNulls(template.metadata ?? {}), spec: withoutNulls(spec) };
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, v]) => (v === null || v === undefined ? [] : [[key, withoutNulls(v)]])),
  );
}

/** Stored data never changes, and every sync compares it: its bytes are made once. */
const bytesOf = new WeakMap<object, string>();

/** As Go's encoder writes it. */
export function dataBytes(data: unknown): string {
  if (typeof data !== 'object' || data === null || !Object.isFrozen(data)) return goJson(data);
  const bytes = bytesOf.get(data) ?? goJson(data);
  bytesOf.set(data, bytes);
  return bytes;
}

/** FNV-1 (32 bit) over the data and the collision count, as decimal digits spelt in the safe alphabet. */
export function revisionHash(data: unknown, collisionCount: number): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${dataBytes(data)}${collisionCount}`))
    hash = (Math.imul(hash, 0x01000193) ^ byte) >>> 0;
  return [...String(hash)].map((digit) => safeCharacters[digit.charCodeAt(0) % safeCharacters.length]).join('');
}

/** `web-85744c9dc6`; a prefix too long for a name of 253 bytes is cut. */
export function revisionName(setName: string, hash: string): string {
  return `${setName.slice(0, 223)}-${hash}`;
}

export function newRevision(set: StatefulSet, revision: number, collisionCount: number): ControllerRevision {
  const data = revisionData(set);
  const hash = revisionHash(data, collisionCount);
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: revisionName(set.metadata.name ?? '', hash),
      namespace: set.metadata.namespace,
      labels: { ...set.spec.template.metadata?.labels, [hashLabel]: hash },
      ...(set.metadata.annotations ? { annotations: { ...set.metadata.annotations } } : {}),
      ownerReferences: [controllerRef({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: set.metadata })],
    },
    data,
    revision,
  };
}

export function isEqualRevision(a: ControllerRevision, b: ControllerRevision): boolean {
  return dataBytes(a.data) === dataBytes(b.data);
}

/** Oldest first: by number, then creation, then name. */
export function sortRevisions(revisions: readonly ControllerRevision[]): ControllerRevision[] {
  const created = (r: ControllerRevision) => r.metadata.creationTimestamp ?? '';
  const name = (r: ControllerRevision) => r.metadata.name ?? '';
  return [...revisions].sort(
    (a, b) => a.revision - b.revision || compare(created(a), created(b)) || compare(name(a), name(b)),
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The set with the template it had at `revision`. */
export function applyRevision(set: StatefulSet, revision: ControllerRevision): StatefulSet {
  const template = templateOf(revision.data);
  return template ? { ...set, spec: { ...set.spec, template } } : set;
}

function templateOf(data: unknown): PodTemplateSpec | undefined {
  if (!isRecord(data) || !isRecord(data.spec) || !isTemplate(data.spec.template)) return undefined;
  const { $patch: _, ...template } = data.spec.template;
  return template;
}

function isTemplate(value: unknown): value is PodTemplateSpec & { $patch?: unknown } {
  return isRecord(value) && isRecord(value.spec) && Array.isArray(value.spec.containers);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is to be done so that the set's template has a revision. `revisions` are sorted. */
export type RevisionChoice =
  | { do: 'keep'; revision: ControllerRevision }
  /** A roll back: the older revision becomes the newest again and keeps its name. */
  | { do: 'renumber'; revision: ControllerRevision; to: number }
  | { do: 'create'; revision: ControllerRevision };

export function chooseUpdateRevision(
  set: StatefulSet,
  revisions: readonly ControllerRevision[],
  collisionCount: number,
): RevisionChoice {
  const newest = revisions.at(-1);
  const proposed = newRevision(set, (newest?.revision ?? 0) + 1, collisionCount);
  const equal = revisions.filter((revision) => isEqualRevision(revision, proposed)).at(-1);
  if (newest && equal && isEqualRevision(newest, equal)) return { do: 'keep', revision: newest };
  if (equal) return { do: 'renumber', revision: equal, to: proposed.revision };
  if (newest && isEqualRevision(newRevision(applyRevision(set, newest), -1, 0), proposed))
    return { do: 'keep', revision: newest };
  return { do: 'create', revision: proposed };
}

/** Revisions beyond the limit that neither the set nor a pod uses, oldest first. A negative limit keeps all. */
export function expiredRevisions(
  set: StatefulSet,
  revisions: readonly ControllerRevision[],
  live: ReadonlySet<string>,
): ControllerRevision[] {
  const limit = set.spec.revisionHistoryLimit ?? 10;
  const unused = revisions.filter((revision) => !live.has(revision.metadata.name ?? ''));
  return limit < 0 ? [] : unused.slice(0, Math.max(0, unused.length - limit));
}
