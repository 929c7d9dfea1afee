import type { PodFacts } from './facts/facts';
import type { Life } from './model';

/** What a slot has been through, as far as it was watched. */
export interface SlotHistory {
  /** The life that the present pod is, or the last one was. 0 before the first. */
  life: number;
  current: (Omit<Life, 'until'> & { wasReady: boolean }) | undefined;
  /** Earlier lives, newest first. */
  lives: Life[];
}

const keptLives = 5;
const none: SlotHistory = { life: 0, current: undefined, lives: [] };

/**
 * The lives of one namespace's pods, by pod name: what a slot is, whoever owns it. Fed from watch events in their order, and
 * only from them: a life ends when its pod is seen to go, or when another uid is seen under the name.
 */
export class Histories {
  private readonly slots = new Map<string, SlotHistory>();

  of(podName: string): SlotHistory {
    return this.slots.get(podName) ?? none;
  }

  podSeen(pod: PodFacts, now: number): void {
    const known = this.of(pod.name);
    const isSame = known.current?.uid === pod.uid;
    const before = isSame ? known : { ...ended(known, now), life: known.life + 1 };
    const { view } = pod;
    const current = {
      number: before.life,
      uid: pod.uid,
      ip: view.ip === '' && isSame ? (known.current?.ip ?? '') : view.ip,
      node: view.node,
      revision: view.revision,
      from: view.createdAt,
      wasReady: view.ready || (isSame && known.current?.wasReady === true),
    };
    if (isSame && known.current && isEqualLife(known.current, current)) return;
    this.slots.set(pod.name, { ...before, current });
  }

  podGone(pod: PodFacts, now: number): void {
    const known = this.of(pod.name);
    if (known.current?.uid === pod.uid) this.slots.set(pod.name, ended(known, now));
  }

  /** Forgets slots that are neither there nor wanted by `isKept`, so that a namespace of many short-lived pods stays small. */
  prune(isKept: (podName: string) => boolean): void {
    for (const [name, slot] of this.slots) if (!slot.current && !isKept(name)) this.slots.delete(name);
  }

  get size(): number {
    return this.slots.size;
  }
}

function ended(slot: SlotHistory, now: number): SlotHistory {
  if (!slot.current) return slot;
  const { wasReady: _, ...life } = slot.current;
  return { life: slot.life, current: undefined, lives: [{ ...life, until: now }, ...slot.lives].slice(0, keptLives) };
}

function isEqualLife(a: NonNullable<SlotHistory['current']>, b: NonNullable<SlotHistory['current']>): boolean {
  return a.ip === b.ip && a.node === b.node && a.revision === b.revision && a.wasReady === b.wasReady;
}
