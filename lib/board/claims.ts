import type { ClaimFacts, SetFacts } from './facts/facts';
import { claimName } from '../kubernetes/statefulSet';
import { claimUse } from './claimUse';
import { listed, present } from './facts/identity';
import type { ClaimView } from './model';
import type { NamespaceSnapshot } from './snapshot';
import { unboundView } from './unbound';

/** The claims of one slot, in the order of the set's templates. One that is not there is shown as missing where it is needed. */
export function slotClaims(
  set: SetFacts,
  ordinal: number,
  isNeeded: boolean,
  snapshot: NamespaceSnapshot,
): ClaimView[] {
  return set.claimTemplates.flatMap((template): ClaimView[] => {
    const name = claimName(template, set.name, ordinal);
    const claim = snapshot.claims.get(name);
    if (claim) return [claimView(claim, snapshot, { template, kept: !isNeeded })];
    return isNeeded ? [missingClaim(name, template)] : [];
  });
}

/** Claims by name, as a template of pods mounts them; one that is not there is shown as missing. */
export function namedClaims(names: Iterable<string>, snapshot: NamespaceSnapshot): ClaimView[] {
  return [...names].map((name) => {
    const claim = snapshot.claims.get(name);
    return claim ? claimView(claim, snapshot, { kept: false }) : missingClaim(name);
  });
}

/** Claims that no present set's template accounts for: made by hand, or left behind by a set that is gone. */
export function otherClaims(snapshot: NamespaceSnapshot, taken: ReadonlySet<string>): ClaimView[] {
  const mounted = new Set([...snapshot.pods.values()].flatMap((pod) => pod.claims));
  return [...snapshot.claims.values()]
    .filter((claim) => !taken.has(claim.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((claim) => claimView(claim, snapshot, { kept: /-\d+$/.test(claim.name) && !mounted.has(claim.name) }));
}

function claimView(
  claim: ClaimFacts,
  snapshot: NamespaceSnapshot,
  more: { template?: string; kept: boolean },
): ClaimView {
  return present({
    ...claim.view,
    ...more,
    volume: snapshot.volumes.get(claim.view.volumeName)?.view,
    waitsFor: waitsFor(claim, snapshot),
    files: listed(snapshot.writes.ofClaim(claim.uid)),
    use: claimUse(claim.name, snapshot),
    unbound: claim.view.phase === 'Pending' ? unboundView(claim, snapshot) : undefined,
  });
}

function missingClaim(name: string, template?: string): ClaimView {
  return present({
    name,
    uid: '',
    template,
    phase: 'missing',
    terminating: false,
    storageClass: '',
    request: '',
    capacity: '',
    accessModes: [],
    requestedModes: [],
    volumeName: '',
    kept: false,
  });
}

/** Why a claim is not bound, in the words of the newest event about it. */
function waitsFor(claim: ClaimFacts, snapshot: NamespaceSnapshot): ClaimView['waitsFor'] {
  if (claim.view.phase !== 'Pending') return undefined;
  const about = `PersistentVolumeClaim/${claim.name}`;
  let newest: { message: string; lastAt: number } | undefined;
  for (const { view } of snapshot.events.values()) {
    if (view.object === about && (!newest || view.lastAt > newest.lastAt)) newest = view;
  }
  return present({ code: 'claimPending', subject: claim.name, message: newest?.message });
}
