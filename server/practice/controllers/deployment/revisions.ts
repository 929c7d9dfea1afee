import { equalJson } from '../../../../lib/kubernetes/equal';
import type { PodTemplateSpec } from '../../../../lib/kubernetes/pod';
import type { Deployment, ReplicaSet } from '../../../../lib/kubernetes/workloads';
import { controllerRef } from '../runtime/controllerRefs';
import { revisionHash } from '../statefulset/revisions';
import { byCreation, maxSurge, newSetReplicas, replicasOf, wantedPods } from './scaling';

/**
 * A Deployment's revisions are its ReplicaSets: their numbers and sizes are written on them as annotations
 * (pkg/controller/deployment/util). The hash in their names is taken over the template's JSON, where upstream's is over
 * Go's own picture of it, so that the suffixes of the same template differ.
 */

const prefix = 'deployment.kubernetes.io/';
export const revisionAnnotation = `${prefix}revision`;
const historyAnnotation = `${prefix}revision-history`;
const desiredAnnotation = `${prefix}desired-replicas`;
const maxAnnotation = `${prefix}max-replicas`;
export const hashLabel = 'pod-template-hash';

/** Not copied from a Deployment to its ReplicaSets. */
const ownAnnotations = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  revisionAnnotation,
  historyAnnotation,
  desiredAnnotation,
  maxAnnotation,
  'deprecated.deployment.rollback.to',
]);

/** About a hundred numbers. */
const longestHistory = 2000;

export function isSameTemplate(a: PodTemplateSpec, b: PodTemplateSpec): boolean {
  return equalJson(withoutHash(a), withoutHash(b));
}

function withoutHash({ metadata = {}, spec }: PodTemplateSpec): unknown {
  const { [hashLabel]: _, ...labels } = metadata.labels ?? {};
  return { metadata: { ...metadata, labels, annotations: metadata.annotations ?? {} }, spec };
}

/** The oldest set with the Deployment's template, and the others. */
export function splitSets(d: Deployment, sets: readonly ReplicaSet[]): { newSet?: ReplicaSet; oldSets: ReplicaSet[] } {
  const newSet = [...sets].sort(byCreation).find((set) => isSameTemplate(set.spec.template, d.spec.template));
  return { newSet, oldSets: sets.filter((set) => set.metadata.uid !== newSet?.metadata.uid) };
}

/** 64 bits, as upstream counts them: adopted sets may carry any number. */
export function revisionOf(set: ReplicaSet): bigint {
  const text = set.metadata.annotations?.[revisionAnnotation] ?? '';
  return isNumber(text) ? BigInt(text) : 0n;
}

const isNumber = (text: string) => /^-?[0-9]{1,19}$/.test(text);

/** One more than the highest of the old sets. */
export function nextRevision(oldSets: readonly ReplicaSet[]): bigint {
  return oldSets.map(revisionOf).reduce((most, one) => (one > most ? one : most), 0n) + 1n;
}

/** The size of the Deployment when this set was last scaled; undefined when that is not known. */
export function desiredReplicasOf(set: ReplicaSet): number | undefined {
  return countIn(set, desiredAnnotation);
}

export function maxReplicasOf(set: ReplicaSet): number | undefined {
  return countIn(set, maxAnnotation);
}

function countIn({ metadata: { annotations } }: ReplicaSet, name: string): number | undefined {
  const text = annotations?.[name] ?? '';
  return /^[0-9]+$/.test(text) && Number(text) <= 0x7fffffff ? Number(text) : undefined;
}

/** What `desired-replicas` and `max-replicas` are to say. */
export function sizeAnnotations(d: Deployment): Record<string, string> {
  return { [desiredAnnotation]: String(replicasOf(d)), [maxAnnotation]: String(replicasOf(d) + maxSurge(d)) };
}

export function hasSizeAnnotations(set: ReplicaSet, d: Deployment): boolean {
  const { annotations = {} } = set.metadata;
  return Object.entries(sizeAnnotations(d)).every(([name, value]) => annotations[name] === value);
}

/** The annotations of the newest set: the Deployment's own, its revision, and the revisions it had before. */
export function newSetAnnotations(
  d: Deployment,
  known: Record<string, string> | undefined,
  revision: bigint,
): Record<string, string> {
  const annotations = { ...known };
  for (const [name, value] of Object.entries(d.metadata.annotations ?? {}))
    if (!ownAnnotations.has(name)) annotations[name] = value;
  const old = annotations[revisionAnnotation];
  if (old && !isNumber(old)) return annotations;
  if (BigInt(old ?? 0) >= revision) return annotations;
  annotations[revisionAnnotation] = String(revision);
  if (old === undefined) return annotations;
  const history = (annotations[historyAnnotation] ?? '').split(',').filter((number) => number !== '');
  const next = [...history, old];
  while (next.length > 1 && next.join(',').length > longestHistory) next.shift();
  annotations[historyAnnotation] = next.join(',');
  return annotations;
}

/** The ReplicaSet of a template that has none yet. `oldSets` decide its number and how large it starts. */
export function newReplicaSet(d: Deployment, oldSets: readonly ReplicaSet[]): ReplicaSet {
  const { name = '', namespace } = d.metadata;
  const hash = revisionHash(d.spec.template, d.status.collisionCount ?? 0);
  const labels = { ...d.spec.template.metadata?.labels, [hashLabel]: hash };
  const { selector, minReadySeconds } = d.spec;
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name.slice(0, 253 - 1 - hash.length)}-${hash}`,
      namespace,
      labels,
      annotations: { ...newSetAnnotations(d, undefined, nextRevision(oldSets)), ...sizeAnnotations(d) },
      ownerReferences: [controllerRef(d)],
    },
    spec: {
      replicas: newSetReplicas(d, 0, wantedPods(oldSets)),
      ...(minReadySeconds ? { minReadySeconds } : {}),
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [hashLabel]: hash } },
      template: { ...d.spec.template, metadata: { ...d.spec.template.metadata, labels } },
    },
    status: {},
  };
}

/** Old sets beyond the history limit that are empty and say so themselves, lowest revision first. */
export function expiredSets(d: Deployment, oldSets: readonly ReplicaSet[]): ReplicaSet[] {
  const { revisionHistoryLimit: limit } = d.spec;
  if (limit === undefined || limit === 0x7fffffff) return [];
  const alive = oldSets.filter((set) => set.metadata.deletionTimestamp === undefined);
  const excess = Math.max(0, alive.length - limit);
  return [...alive]
    .sort((a, b) => Number(revisionOf(a) - revisionOf(b)) || byCreation(a, b))
    .slice(0, excess)
    .filter(
      ({ metadata, spec, status }) =>
        (status.replicas ?? 0) === 0 &&
        (spec.replicas ?? 0) === 0 &&
        (metadata.generation ?? 0) <= (status.observedGeneration ?? 0),
    );
}
