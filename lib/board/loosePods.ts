import type { PodFacts } from './facts/facts';
import { present } from './facts/identity';
import type { DepartedPod } from './model';

/** What is remembered of a ReplicaSet's pod while it is there. */
export interface LooseLife {
  wasReady: boolean;
  replaces: string | undefined;
}

interface Leaving {
  uid: string;
  name: string;
  replicaSet: string;
  /** By our clock, and by the cluster's: creation times are of the cluster's, in whole seconds. */
  seenAt: number;
  since: number;
}

const unknown: LooseLife = { wasReady: false, replaces: undefined };
const nobody: readonly DepartedPod[] = [];
const mostDeparted = 12;
const mostOwners = 200;
/** A ReplicaSet makes up for a lost pod at once; a pod that comes later was asked for by somebody. */
const matchMs = 10_000;

/**
 * The comings and goings of one namespace's pods that belong to ReplicaSets. Fed from watch events in their order, and only from
 * them. Which pod was made for which is nowhere in Kubernetes: it is told from the order, of one and the same ReplicaSet only, so
 * that a rolling update, which makes its new pods first and of another ReplicaSet, pairs nobody.
 */
export class LoosePods {
  private readonly lives = new Map<string, LooseLife>();
  private readonly departed = new Map<string, readonly DepartedPod[]>();
  /** Names of the pods made for those that are on their way out, by the uid of the latter; undefined: none so far. */
  private readonly successors = new Map<string, string | undefined>();
  private leaving: Leaving[] = [];

  of(uid: string): LooseLife {
    return this.lives.get(uid) ?? unknown;
  }

  /** Of a Deployment or a bare ReplicaSet, by its uid. The same list until somebody else departs. */
  departedOf(owner: string): readonly DepartedPod[] {
    return this.departed.get(owner) ?? nobody;
  }

  podSeen(pod: PodFacts, now: number): void {
    const known = this.lives.get(pod.uid);
    if (pod.view.deletingSince !== undefined) this.leave(pod, now);
    if (known && (known.wasReady || !pod.view.ready)) return;
    const replaces = known ? known.replaces : this.predecessorOf(pod, now);
    this.lives.set(pod.uid, { wasReady: pod.view.ready, replaces });
  }

  /** It has been let go by its ReplicaSet, as when its labels no longer match: from now on it is nobody's. */
  podReleased(uid: string): void {
    this.lives.delete(uid);
    this.successors.delete(uid);
  }

  /** `owner`: the Deployment's uid, or that of a ReplicaSet without one. */
  podGone(pod: PodFacts, owner: string, now: number): void {
    if (!this.lives.has(pod.uid)) return;
    this.leave(pod, now);
    const { name, ip, node, createdAt } = pod.view;
    const instead = this.successors.get(pod.uid);
    this.podReleased(pod.uid);
    const gone = present({ name, uid: pod.uid, ip, node, from: createdAt, until: now, instead });
    const list = [gone, ...this.departedOf(owner)].slice(0, mostDeparted);
    this.departed.delete(owner);
    this.departed.set(owner, list);
    for (const oldest of this.departed.keys()) {
      if (this.departed.size <= mostOwners) break;
      this.departed.delete(oldest);
    }
  }

  private leave({ uid, name, owner, view }: PodFacts, now: number): void {
    if (this.successors.has(uid)) return;
    this.successors.set(uid, undefined);
    this.leaving.push({ uid, name, replicaSet: owner?.uid ?? '', seenAt: now, since: view.deletingSince ?? 0 });
  }

  /** In a first list a pod on its way out and its elder siblings come together: only who is no older can be in its stead. */
  private predecessorOf({ name, owner, view }: PodFacts, now: number): string | undefined {
    if (view.deletingSince !== undefined) return undefined;
    this.leaving = this.leaving.filter(({ seenAt }) => now - seenAt <= matchMs);
    const index = this.leaving.findIndex((other) => other.replicaSet === owner?.uid && other.since <= view.createdAt);
    const [found] = index < 0 ? [] : this.leaving.splice(index, 1);
    if (!found) return undefined;
    if (this.successors.has(found.uid)) this.successors.set(found.uid, name);
    else this.tellDeparted(found.uid, name);
    return found.name;
  }

  private tellDeparted(uid: string, instead: string): void {
    for (const [owner, list] of this.departed) {
      if (!list.some((gone) => gone.uid === uid)) continue;
      this.departed.set(
        owner,
        list.map((gone) => (gone.uid === uid ? { ...gone, instead } : gone)),
      );
    }
  }
}
