import { gatheredUnder } from '../../lib/board/deployments';
import type { ClassFacts, NamespaceFacts, PodFacts, VolumeFacts } from '../../lib/board/facts/facts';
import { DnsAbsences } from '../../lib/board/dnsAbsences';
import { endpointNames } from '../../lib/board/dnsNames';
import { Histories, type KeptLives } from '../../lib/board/history';
import { LoosePods } from '../../lib/board/loosePods';
import type { DnsAnswer } from '../../lib/board/model';
import type { NamespaceSnapshot } from '../../lib/board/snapshot';
import { Writes, type FileWrite, type Written } from '../../lib/board/writes';
import type { ClusterKind, FactsOf, Kind, NamespacedKind } from './kinds';
import type { Urgency } from './pace';

export interface CacheOptions {
  clusterDomain: string;
  now: () => number;
  /** Something in this namespace's board may be different now. Called within the change, in the order of changes. */
  changed: (namespace: string, urgency: Urgency) => void;
  /** What the slots of this namespace have been through is different now. */
  lives?: (namespace: string, read: () => KeptLives) => void;
  /** What is known to have been written in this namespace is different now. */
  written?: (namespace: string, written: Written) => void;
}

/** A write as its route knows it: the claim by name. */
export type WriteTold = Omit<FileWrite, 'place'> & {
  place: { kind: 'claim'; claim: string; name: string } | { kind: 'pod' | 'container' };
};

type NamespacedFacts = { [K in NamespacedKind]: Map<string, FactsOf[K]> };

interface NamespaceCache extends NamespacedFacts {
  histories: Histories;
  writes: Writes;
  loosePods: LoosePods;
  /** Kinds that are refused to us here. */
  refused: Set<NamespacedKind>;
  answers: Map<string, DnsAnswer>;
  absences: DnsAbsences;
}

/** What is known of the cluster, as facts, by namespace. Fed by the watches and by DNS, read by the publisher. */
export class Cache {
  readonly namespaces = new Map<string, NamespaceFacts>();
  readonly volumes = new Map<string, VolumeFacts>();
  private readonly storageClasses = new Map<string, ClassFacts>();
  /** What cannot be told to be there or not: of namespaces none has been listed yet, or the cluster does not let us see the kind. */
  private hidden: readonly ClusterKind[] = ['namespaces'];
  private readonly byNamespace = new Map<string, NamespaceCache>();
  private dnsProblem: string | undefined;
  private held: Set<string> | undefined;

  constructor(private readonly options: CacheOptions) {}

  upsert<K extends Kind>(kind: K, item: FactsOf[K]): void {
    this.write(kind, item, false);
  }

  remove<K extends Kind>(kind: K, item: FactsOf[K]): void {
    this.write(kind, item, true);
  }

  /** Tells of each namespace once, after `apply`: for a whole list, whose parts are no changes of their own. */
  batch(apply: () => void): void {
    if (this.held) return apply();
    this.held = new Set();
    try {
      apply();
    } finally {
      const touched = this.held;
      this.held = undefined;
      for (const namespace of touched) this.options.changed(namespace, 'prompt');
    }
  }

  setAnswer(namespace: string, name: string, answer: DnsAnswer | undefined): void {
    const { answers, absences } = this.of(namespace);
    if (answer) answers.set(name, answer);
    else answers.delete(name);
    if (answer) absences.answered(name, answer);
    this.touch(namespace);
  }

  /** Undefined when DNS can be asked. */
  setDnsProblem(problem: string | undefined): void {
    if (problem === this.dnsProblem) return;
    this.dnsProblem = problem;
    this.touchAll();
  }

  setHidden(kind: ClusterKind, isHidden: boolean): void {
    if (isHidden === this.hidden.includes(kind)) return;
    this.hidden = isHidden ? [...this.hidden, kind].sort() : this.hidden.filter((other) => other !== kind);
    this.touchAll();
  }

  /** Of a kind that lives in namespaces. `namespace` empty: allowed everywhere. */
  setRefused(kind: NamespacedKind, namespace: string, isRefused: boolean): void {
    const names = namespace === '' ? [...this.byNamespace.keys()] : [namespace];
    for (const name of names) {
      const known = this.of(name);
      if (known.refused.has(kind) === isRefused) continue;
      if (isRefused) known.refused.add(kind);
      else known.refused.delete(kind);
      this.touch(name);
    }
  }

  snapshot(name: string): NamespaceSnapshot {
    const known = this.of(name);
    const isRefused = known.refused.has('deployments') || known.refused.has('replicasets');
    return {
      name,
      namespace: this.hidden.includes('namespaces') ? 'hidden' : this.namespaces.get(name),
      sets: known.statefulsets,
      deployments: known.deployments,
      replicaSets: known.replicasets,
      pods: known.pods,
      revisions: known.controllerrevisions,
      services: known.services,
      slices: known.endpointslices,
      claims: known.persistentvolumeclaims,
      events: known.events,
      volumes: this.volumes,
      storageClasses: this.storageClasses,
      hidden: [
        ...(isRefused ? (['deployments'] as const) : []),
        ...this.hidden.filter((kind) => kind !== 'namespaces'),
      ],
      histories: known.histories,
      writes: known.writes,
      loosePods: known.loosePods,
      clusterDomain: this.options.clusterDomain,
      dns: { problem: this.dnsProblem, answers: known.answers, absences: known.absences.all },
    };
  }

  /** A file has been written through the dashboard. One on a claim that has not been seen is not kept: nobody could show it. */
  wrote(namespace: string, write: WriteTold): void {
    const known = this.of(namespace);
    const { place } = write;
    const history = known.histories.of(write.pod);
    if (place.kind === 'claim') {
      const claim = known.persistentvolumeclaims.get(place.claim);
      if (!claim) return;
      known.writes.written({ ...write, place: { kind: 'claim', claimUid: claim.uid, name: place.name } }, history);
    } else known.writes.written({ ...write, place }, history);
    this.tellWritten(namespace);
    this.touch(namespace, 'prompt');
  }

  /** What an earlier life of the server knew to be written, before the claims and pods themselves are told of. */
  recallWrites(namespace: string, written: Written): void {
    this.of(namespace).writes.recall(written);
    this.touch(namespace);
  }

  /** The lives that an earlier life of the server has seen, before the pods themselves are told of. */
  recallLives(namespace: string, kept: KeptLives): void {
    this.of(namespace).histories.recall(kept, this.options.now());
    this.touch(namespace);
  }

  private tellLives(namespace: string): void {
    this.options.lives?.(namespace, () => this.of(namespace).histories.kept());
  }

  /** Of claims and pods that are there: others went while nobody watched. */
  private tellWritten(namespace: string): void {
    const { persistentvolumeclaims, pods, writes } = this.of(namespace);
    const onClaims = [...persistentvolumeclaims.values()].map(({ uid }) => [uid, writes.ofClaim(uid)] as const);
    const inPods = [...pods.keys()].map((name) => [name, writes.writesOfPod(name)] as const);
    this.options.written?.(namespace, { onClaims: withAny(onClaims), inPods: withAny(inPods) });
  }

  setCount(namespace: string): number {
    return this.byNamespace.get(namespace)?.statefulsets.size ?? 0;
  }

  private write<K extends Kind>(kind: K, item: FactsOf[K], isGone: boolean): void {
    if (kind === 'namespaces') {
      put(this.namespaces as Map<string, FactsOf[K]>, item, isGone);
      // A new namespace under an old name starts without a past; the watch tells of the old one's end first.
      if (isGone) this.forget(item.name);
      return this.touch(item.name);
    }
    if (kind === 'persistentvolumes') {
      const before = this.volumes.get(item.name);
      put(this.volumes as Map<string, FactsOf[K]>, item, isGone);
      return this.touchVolume(before, this.volumes.get(item.name));
    }
    if (kind === 'storageclasses') {
      put(this.storageClasses as Map<string, FactsOf[K]>, item, isGone);
      return this.touchAll();
    }
    const known = this.of(item.namespace);
    put(known[kind as NamespacedKind] as Map<string, FactsOf[K]>, item, isGone);
    if (kind === 'pods') this.remember(known, item as PodFacts, isGone);
    if (kind === 'persistentvolumeclaims' && isGone && known.writes.claimGone(item.uid))
      this.tellWritten(item.namespace);
    if (kind === 'endpointslices' || kind === 'services') {
      const names = endpointNames(this.snapshot(item.namespace));
      known.absences.endpointsAre(names, this.options.now(), this.held !== undefined);
    }
    this.touch(item.namespace, kind === 'pods' ? 'prompt' : 'byTheWay');
  }

  private remember(known: NamespaceCache, pod: PodFacts, isGone: boolean): void {
    const now = this.options.now();
    const around = { claims: known.persistentvolumeclaims, sets: known.statefulsets };
    this.rememberLoose(known, pod, isGone, now);
    if (isGone) {
      if (known.histories.podGone(pod, around, now)) this.tellLives(pod.namespace);
      known.writes.podGone(pod, now);
    } else {
      // Only slots have lives; a pod that a set has let go keeps the one it has.
      const isOfSlot = pod.owner?.kind === 'StatefulSet' || known.histories.isPresent(pod);
      if (isOfSlot && known.histories.podSeen(pod, around, now)) this.tellLives(pod.namespace);
      known.writes.podSeen(pod, known.histories.of(pod.name), now);
    }
    if (known.histories.size > 2000) known.histories.prune((name) => known.pods.has(name));
  }

  private rememberLoose(known: NamespaceCache, pod: PodFacts, isGone: boolean, now: number): void {
    if (pod.owner?.kind !== 'ReplicaSet') return known.loosePods.podReleased(pod.uid);
    if (!isGone) return known.loosePods.podSeen(pod, now);
    const { uid } = pod.owner;
    const set = [...known.replicasets.values()].find((candidate) => candidate.uid === uid);
    const deployments = new Set([...known.deployments.values()].map((deployment) => deployment.uid));
    known.loosePods.podGone(pod, set ? gatheredUnder(set, deployments) : uid, now);
  }

  /** A volume shows in the namespace of its claim, a free one in all; and whoever waits for a volume is told of each. */
  private touchVolume(before: VolumeFacts | undefined, now: VolumeFacts | undefined): void {
    const shownIn = [before, now].flatMap((volume) => (volume ? [volume.claimNamespace] : []));
    const isFree = shownIn.includes('');
    for (const [namespace, known] of this.byNamespace) {
      if (isFree || shownIn.includes(namespace) || hasPendingClaim(known)) this.touch(namespace);
    }
  }

  private touchAll(): void {
    for (const namespace of this.byNamespace.keys()) this.touch(namespace);
  }

  private forget(namespace: string): void {
    const known = this.byNamespace.get(namespace);
    if (!known) return;
    known.histories = new Histories();
    known.writes = new Writes();
    known.loosePods = new LoosePods();
    known.absences = new DnsAbsences();
    this.options.written?.(namespace, { onClaims: {}, inPods: {} });
    this.tellLives(namespace);
  }

  private of(namespace: string): NamespaceCache {
    const known = this.byNamespace.get(namespace);
    if (known) return known;
    const made: NamespaceCache = {
      statefulsets: new Map(),
      deployments: new Map(),
      replicasets: new Map(),
      pods: new Map(),
      controllerrevisions: new Map(),
      services: new Map(),
      endpointslices: new Map(),
      persistentvolumeclaims: new Map(),
      events: new Map(),
      histories: new Histories(),
      writes: new Writes(),
      loosePods: new LoosePods(),
      refused: new Set(),
      answers: new Map(),
      absences: new DnsAbsences(),
    };
    this.byNamespace.set(namespace, made);
    return made;
  }

  private touch(namespace: string, urgency: Urgency = 'byTheWay'): void {
    if (this.held) this.held.add(namespace);
    else this.options.changed(namespace, urgency);
  }
}

function withAny<T>(lists: (readonly [string, readonly T[]])[]): Record<string, readonly T[]> {
  return Object.fromEntries(lists.filter(([, list]) => list.length > 0));
}

function hasPendingClaim({ persistentvolumeclaims }: NamespaceCache): boolean {
  for (const claim of persistentvolumeclaims.values()) if (claim.view.phase === 'Pending') return true;
  return false;
}

function put<F extends { name: string }>(map: Map<string, F>, item: F, isGone: boolean): void {
  if (isGone) map.delete(item.name);
  else map.set(item.name, item);
}
