import type { HeldClaim, Slot } from './model';

/** `new` with what it was before; `awaited`: it was something, and is nothing yet. */
export type Change = { kind: 'same' } | { kind: 'new'; was: string } | { kind: 'awaited'; was: string };

export interface LifeChanges {
  uid: Change;
  ip: Change;
  node: Change;
  revision: Change;
  /** By claim name: the claim itself, told by its uid, and the volume it holds. */
  claims: Readonly<Record<string, { claim: Change; volume: Change }>>;
}

const same: Change = { kind: 'same' };

/**
 * What the slot's last change of lives changed, and what it left as it was. Undefined in the first life, and for a slot
 * whose earlier lives were not watched: who does not know the former cannot say "new".
 */
export function lifeChanges({ pod, lives, claims }: Pick<Slot, 'pod' | 'lives' | 'claims'>): LifeChanges | undefined {
  const former = lives[0];
  if (!former) return undefined;
  const held = claims.map((claim): [string, LifeChanges['claims'][string]] => {
    const before = former.claims.find((other) => other.name === claim.name);
    return [claim.name, claimChange(before, claim)];
  });
  const now = (value: string | undefined, was: string) => (pod ? changeOf(was, value ?? '') : same);
  return {
    uid: now(pod?.uid, former.uid),
    ip: now(pod?.ip, former.ip),
    node: now(pod?.node, former.node),
    revision: now(pod?.revision, former.revision),
    claims: Object.fromEntries(held),
  };
}

function changeOf(was: string, is: string): Change {
  if (was === is || was === '') return same;
  return is === '' ? { kind: 'awaited', was } : { kind: 'new', was };
}

/** A claim under the old name with another uid is a new, empty one; one whose former self was never seen is not accused. */
function claimChange(
  before: HeldClaim | undefined,
  claim: { uid: string; volumeName: string },
): LifeChanges['claims'][string] {
  if (!before) return { claim: same, volume: same };
  return { claim: changeOf(before.uid, claim.uid), volume: changeOf(before.volume, claim.volumeName) };
}
