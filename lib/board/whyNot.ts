import { quantityValue } from '../kubernetes/quantity';
import { matchesSelector } from '../kubernetes/selector';
import type { ClaimFacts, VolumeFacts } from './facts/facts';
import type { MisfitReason } from './model';

/**
 * Everything that keeps a volume from a claim, by the rules that the volume controller chooses by (FindMatchingVolume in
 * k8s.io/component-helpers/storage/volume/pv_helpers.go, over index.go's groups by access modes, in pkg/controller/volume/persistentvolume).
 * A volume that is promised to this claim by name need not be Available, of its class or chosen by its selector. A node's
 * part in it (node affinity, of a class that waits for its consumer) is the scheduler's to judge, and its message says so.
 */
export function whyNot(claim: ClaimFacts, volume: VolumeFacts): MisfitReason[] {
  const reasons: (MisfitReason | undefined)[] = [
    ofAnother(claim, volume),
    ...whatItIs(claim, volume),
    ...(isPromised(claim, volume)
      ? []
      : [notAvailable(volume), unselected(claim, volume), ofOtherClass(claim, volume)]),
  ];
  return reasons.filter((reason) => reason !== undefined);
}

/** The same for a claim that names this volume, where labels do not count (checkVolumeSatisfyClaim in pv_controller.go). */
export function whyNotNamed(claim: ClaimFacts, volume: VolumeFacts): MisfitReason[] {
  if (isPromised(claim, volume)) return [];
  const reasons = [ofAnother(claim, volume), ...whatItIs(claim, volume), ofOtherClass(claim, volume)];
  return reasons.filter((reason) => reason !== undefined);
}

/** Its `claimRef` names this claim, and no earlier one that had its name (IsVolumeBoundToClaim). */
export function isPromised(claim: ClaimFacts, volume: VolumeFacts): boolean {
  return isNamesake(claim, volume) && (volume.claimUid === '' || volume.claimUid === claim.uid);
}

function isNamesake(claim: ClaimFacts, volume: VolumeFacts): boolean {
  return volume.claimName === claim.name && volume.claimNamespace === claim.namespace;
}

function ofAnother(claim: ClaimFacts, volume: VolumeFacts): MisfitReason | undefined {
  if (volume.claimName === '' || isPromised(claim, volume)) return undefined;
  const { phase, claim: given } = volume.view;
  if (isNamesake(claim, volume)) return { code: 'formerSelf', given };
  if (phase === 'Released' || phase === 'Failed') return { code: 'released', given };
  return { code: phase === 'Bound' ? 'taken' : 'reserved', given };
}

/** What no promise helps against. */
function whatItIs(claim: ClaimFacts, { view, ...volume }: VolumeFacts): (MisfitReason | undefined)[] {
  const { request, requestedModes } = claim.view;
  const { volumeMode, attributesClass } = claim.wants;
  return [
    quantityValue(view.capacity) < quantityValue(request)
      ? { code: 'tooSmall', asked: request, given: view.capacity }
      : undefined,
    requestedModes.every((mode) => view.accessModes.includes(mode))
      ? undefined
      : { code: 'accessModes', asked: requestedModes.join(', '), given: view.accessModes.join(', ') },
    differing('volumeMode', volumeMode, volume.volumeMode),
    differing('attributesClass', attributesClass, volume.attributesClass),
    view.terminating ? { code: 'terminating' } : undefined,
  ];
}

/** One that names a claim has been told of already: its phase follows from that. */
function notAvailable({ view, claimName }: VolumeFacts): MisfitReason | undefined {
  return view.phase === 'Available' || claimName !== '' ? undefined : { code: 'notAvailable', given: view.phase };
}

function unselected(claim: ClaimFacts, volume: VolumeFacts): MisfitReason | undefined {
  const { selector } = claim.wants;
  if (!selector || matchesSelector(selector, volume.labels)) return undefined;
  const given = Object.entries(volume.labels).map(([key, value]) => `${key}=${value}`);
  return { code: 'selector', asked: selectorText(selector), given: given.join(', ') };
}

function ofOtherClass(claim: ClaimFacts, volume: VolumeFacts): MisfitReason | undefined {
  return differing('storageClass', claim.wants.className ?? '', volume.view.storageClass);
}

function differing(code: MisfitReason['code'], asked: string, given: string): MisfitReason | undefined {
  return asked === given ? undefined : { code, asked, given };
}

/** As kubectl writes selectors: `tier=fast,disk in (ssd,nvme)`. */
function selectorText({
  matchLabels = {},
  matchExpressions = [],
}: NonNullable<ClaimFacts['wants']['selector']>): string {
  const expressions = matchExpressions.map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
  });
  return [...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`), ...expressions].join(',');
}
