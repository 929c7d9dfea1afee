import type { ClaimFacts, PodFacts, SetFacts } from './facts/facts';
import { present } from './facts/identity';
import { whyEnded } from './lifeEnd';
import type { HeldClaim, Life, LifeEnd } from './model';

/** What a slot has been through, as far as it was watched. */
export interface SlotHistory {
  /** The life that the present pod is, or the last one was. 0 before the first. */
  life: number;
  current: CurrentLife | undefined;
  /** Earlier lives, newest first. */
  lives: Life[];
}

type CurrentLife = Omit<Life, 'until'> & { wasReady: boolean };

/** What else is known of the namespace while a pod is seen: its life remembers its claims, and why it ended. */
export interface Surroundings {
  claims: ReadonlyMap<string, ClaimFacts>;
  sets: ReadonlyMap<string, SetFacts>;
}

/** The lives of a namespace's slots by pod name, as they are kept for the server's next life. */
export type KeptLives = Readonly<Record<string, SlotHistory>>;

const keptLives = 5;
const none: SlotHistory = { life: 0, current: undefined, lives: [] };

/**
 * The lives of one namespace's pods, by pod name: what a slot is, whoever owns it. Fed from watch events in their order, and
 * only from them: a life ends when its pod is seen to go, or when another uid is seen under the name.
 */
export class Histories {
  private readonly slots = new Map<string, SlotHistory>();
  /** Lives that were under way when the server's last one ended: whose pod is still there goes on. */
  private readonly underWay = new Map<string, SlotHistory>();

  of(podName: string): SlotHistory {
    return this.slots.get(podName) ?? none;
  }

  /** What an earlier life of the server knew. A pod that is not seen again went while nobody watched. */
  recall(kept: KeptLives, now: number): void {
    for (const [name, slot] of Object.entries(kept)) {
      this.slots.set(name, ended(slot, now));
      if (slot.current) this.underWay.set(name, slot);
    }
  }

  kept(): KeptLives {
    return Object.fromEntries(this.slots);
  }

  /** Whether it is news. */
  podSeen(pod: PodFacts, around: Surroundings, now: number): boolean {
    const known = this.goesOn(pod) ?? this.of(pod.name);
    const isSame = known.current?.uid === pod.uid;
    const before = isSame ? known : { ...ended(known, now), life: known.life + 1 };
    const current = lifeOf(pod, before.life, isSame ? known.current : undefined, around);
    if (isSame && known.current && isEqualLife(known.current, current) && this.of(pod.name) === known) return false;
    this.slots.set(pod.name, { ...before, current });
    return true;
  }

  /** `pod` as it was last seen: the cluster's last word on it, where there was one. */
  podGone(pod: PodFacts, around: Surroundings, now: number): boolean {
    const known = this.of(pod.name);
    if (known.current?.uid !== pod.uid) return false;
    const current = lifeOf(pod, known.life, known.current, around);
    this.slots.set(pod.name, ended({ ...known, current }, now));
    return true;
  }

  /** Whether this pod is the life that the slot of its name has now. */
  isPresent({ name, uid }: PodFacts): boolean {
    return [this.of(name), this.underWay.get(name)].some((slot) => slot?.current?.uid === uid);
  }

  private goesOn({ name, uid }: PodFacts): SlotHistory | undefined {
    const slot = this.underWay.get(name);
    this.underWay.delete(name);
    return slot?.current?.uid === uid ? slot : undefined;
  }

  /** Forgets slots that are neither there nor wanted by `isKept`, so that a namespace of many short-lived pods stays small. */
  prune(isKept: (podName: string) => boolean): void {
    for (const [name, slot] of this.slots) if (!slot.current && !isKept(name)) this.slots.delete(name);
  }

  get size(): number {
    return this.slots.size;
  }
}

/** What was once seen of a life stays known, though the pod or its claim has lost it since. */
function lifeOf(pod: PodFacts, number: number, known: CurrentLife | undefined, around: Surroundings): CurrentLife {
  const { view } = pod;
  return present({
    number,
    uid: pod.uid,
    ip: view.ip === '' ? (known?.ip ?? '') : view.ip,
    node: view.node === '' ? (known?.node ?? '') : view.node,
    revision: view.revision,
    from: view.createdAt,
    claims: pod.claims.map((name) => heldClaim(name, known, around)),
    end: endOf(pod, known, around),
    wasReady: view.ready || known?.wasReady === true,
  });
}

function heldClaim(name: string, known: CurrentLife | undefined, around: Surroundings): HeldClaim {
  const seen = around.claims.get(name);
  if (seen) return { name, uid: seen.uid, volume: seen.view.volumeName };
  return known?.claims.find((claim) => claim.name === name) ?? { name, uid: '', volume: '' };
}

/**
 * `deleted` is what remains when nothing says more. The watches of pods and of sets run apart: why a set wanted its pod gone
 * may be seen a little after the pod is marked, so a better reason may still take its place, and a better one stays.
 */
function endOf(pod: PodFacts, known: CurrentLife | undefined, around: Surroundings): LifeEnd | undefined {
  if (known?.end !== undefined && known.end !== 'deleted') return known.end;
  return whyEnded(pod, around.sets) ?? known?.end;
}

function ended(slot: SlotHistory, now: number): SlotHistory {
  if (!slot.current) return slot;
  const { wasReady: _, ...life } = slot.current;
  return { life: slot.life, current: undefined, lives: [{ ...life, until: now }, ...slot.lives].slice(0, keptLives) };
}

function isEqualLife(a: CurrentLife, b: CurrentLife): boolean {
  const isSameClaim = (claim: HeldClaim, index: number) =>
    claim.uid === b.claims[index]?.uid && claim.volume === b.claims[index].volume;
  return (
    a.ip === b.ip &&
    a.node === b.node &&
    a.revision === b.revision &&
    a.wasReady === b.wasReady &&
    a.end === b.end &&
    a.claims.every(isSameClaim)
  );
}
