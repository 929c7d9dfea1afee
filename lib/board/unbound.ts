import type { ClaimFacts, ClassFacts, VolumeFacts } from './facts/facts';
import { present } from './facts/identity';
import type { Misfit, Unbound } from './model';
import type { NamespaceSnapshot } from './snapshot';
import { noProvisioner } from '../kubernetes/storage';
import { isPromised, whyNot, whyNotNamed } from './whyNot';

/** Of a cluster's thousands of volumes, those nearest to fitting are worth reading about. */
const mostMisfits = 12;

/**
 * Why a Pending claim has no volume. It foretells by the rules of the volume controller (syncUnboundClaim in
 * pkg/controller/volume/persistentvolume/pv_controller.go) and decides nothing; the controller's own words are in the claim's events.
 */
export function unboundView(claim: ClaimFacts, snapshot: NamespaceSnapshot): Unbound {
  return claim.view.volumeName === '' ? unnamed(claim, snapshot) : named(claim, snapshot);
}

/** Everything `unboundView` reads beside the claim itself, as objects that are replaced when they change. */
export function unboundInputs(claim: ClaimFacts, snapshot: NamespaceSnapshot): unknown[] {
  const users = [...snapshot.pods.values()].filter((pod) => pod.claims.includes(claim.name));
  return [...snapshot.volumes.values(), ...snapshot.storageClasses.values(), ...snapshot.hidden, ...users];
}

/** The default class: of several the newest, of equally old ones the first by name (pkg/volume/util/storageclass.go). */
export function defaultClassOf(classes: Iterable<ClassFacts>): ClassFacts | undefined {
  const marked = [...classes].filter(({ view }) => view.isDefault);
  return marked.sort((a, b) => b.createdAt - a.createdAt || (a.name < b.name ? -1 : 1))[0];
}

function named(claim: ClaimFacts, snapshot: NamespaceSnapshot): Unbound {
  const subject = claim.view.volumeName;
  const volume = snapshot.volumes.get(subject);
  if (!volume) {
    const code = snapshot.hidden.includes('persistentvolumes') ? 'binding' : 'namedMissing';
    return { code, subject, misfits: [], more: 0, takenElsewhere: 0 };
  }
  const reasons = whyNotNamed(claim, volume);
  if (reasons.length === 0) return { code: 'binding', subject, misfits: [], more: 0, takenElsewhere: 0 };
  return { code: 'namedMisfit', subject, misfits: [{ name: volume.name, reasons }], more: 0, takenElsewhere: 0 };
}

function unnamed(claim: ClaimFacts, snapshot: NamespaceSnapshot): Unbound {
  const { misfits, more, takenElsewhere, fitting } = sorted(claim, snapshot.volumes.values());
  const storageClass = snapshot.storageClasses.get(claim.wants.className ?? '');
  const isDelayed = storageClass?.view.bindingMode === 'WaitForFirstConsumer';
  const promised = fitting.find((volume) => isPromised(claim, volume));
  const taken = promised ?? (isDelayed ? undefined : fitting[0]);
  const waits = taken
    ? { code: 'binding' as const, subject: taken.name }
    : whatIsMissing(claim, storageClass, snapshot);
  return present({ ...waits, misfits, more, takenElsewhere });
}

function whatIsMissing(
  claim: ClaimFacts,
  storageClass: ClassFacts | undefined,
  snapshot: NamespaceSnapshot,
): Pick<Unbound, 'code' | 'subject'> {
  const { className, isOnNode } = claim.wants;
  if (className === undefined) {
    const byDefault = defaultClassOf(snapshot.storageClasses.values());
    if (byDefault) return { code: 'defaultClass', subject: byDefault.name };
  }
  if (className === undefined || className === '') return { code: 'noClass' };
  if (!storageClass) {
    const isKnown = !snapshot.hidden.includes('storageclasses');
    return { code: isKnown ? 'classMissing' : 'provisioner', subject: className };
  }
  const { bindingMode, provisioner } = storageClass.view;
  if (bindingMode === 'WaitForFirstConsumer' && !isOnNode) return waitsForPod(claim, snapshot);
  if (provisioner === noProvisioner) return { code: 'noProvisioner', subject: className };
  return { code: 'provisioner', subject: provisioner };
}

/** As the controller tells them apart: a pod that uses the claim and has no node yet, or none at all. */
function waitsForPod(claim: ClaimFacts, snapshot: NamespaceSnapshot): Pick<Unbound, 'code' | 'subject'> {
  const waiting = [...snapshot.pods.values()]
    .filter(({ claims, view }) => claims.includes(claim.name) && view.node === '' && !isOver(view.phase))
    .map((pod) => pod.name)
    .sort();
  return waiting.length === 0 ? { code: 'consumer' } : { code: 'scheduling', subject: waiting.join(', ') };
}

const isOver = (phase: string): boolean => phase === 'Succeeded' || phase === 'Failed';

interface Sorted extends Pick<Unbound, 'misfits' | 'more' | 'takenElsewhere'> {
  fitting: VolumeFacts[];
}

/**
 * A volume that is bound to another claim is told of only where nothing else is against it: all the others are no news. What
 * claims of other namespaces are called is nothing for this board; they are counted.
 */
function sorted(claim: ClaimFacts, volumes: Iterable<VolumeFacts>): Sorted {
  const fitting: VolumeFacts[] = [];
  const misfits: Misfit[] = [];
  let takenElsewhere = 0;
  for (const volume of volumes) {
    const reasons = whyNot(claim, volume);
    const [first] = reasons;
    if (!first) fitting.push(volume);
    else if (volume.claimName !== '' && volume.claimNamespace !== claim.namespace) {
      if (reasons.length === 1) takenElsewhere += 1;
    } else if (first.code !== 'taken' || reasons.length === 1) misfits.push({ name: volume.name, reasons });
  }
  misfits.sort((a, b) => a.reasons.length - b.reasons.length || (a.name < b.name ? -1 : 1));
  return {
    fitting,
    misfits: misfits.slice(0, mostMisfits),
    more: Math.max(0, misfits.length - mostMisfits),
    takenElsewhere,
  };
}
