import type { PodFacts, SetFacts } from './facts/facts';
import { present } from './facts/identity';
import type { ClaimView, Reason, SlotState } from './model';
import { whyOutdated } from './outdated';

/** What a slot's state is worked out from, beside its own pod. */
export interface SlotContext {
  set: SetFacts;
  ordinal: number;
  wanted: boolean;
  pod: PodFacts | undefined;
  wasReady: boolean;
  claims: readonly ClaimView[];
  /** The set's pods by ordinal. */
  pods: ReadonlyMap<number, PodFacts>;
  /** The controller's own words on why it could not create this pod. */
  createFailure: string | undefined;
  /** A kubelet's own words on pods that are not ready, by pod. */
  warnings: ReadonlyMap<string, string>;
}

export interface StateAndReason {
  state: SlotState;
  waitsFor?: Reason;
}

export function stateOf(context: SlotContext): StateAndReason {
  const { pod } = context;
  return present(pod ? stateWithPod(context, pod) : stateWithoutPod(context));
}

function stateWithoutPod(context: SlotContext): StateAndReason {
  const { set, wanted, claims } = context;
  if (!wanted) return { state: claims.some((claim) => claim.phase !== 'missing') ? 'kept' : 'empty' };
  if (set.view.terminating) return { state: 'empty' };
  const blocker = set.view.policy === 'OrderedReady' ? blockerOf(context) : undefined;
  if (blocker) return { state: 'waiting', waitsFor: blocker };
  if (context.createFailure !== undefined) {
    return { state: 'empty', waitsFor: { code: 'createFailed', message: context.createFailure } };
  }
  return { state: 'empty', waitsFor: { code: 'creating' } };
}

/**
 * OrderedReady: the controller goes up from the lowest ordinal and stops at the first pod that is not there, not ready or
 * on its way out (pkg/controller/statefulset/stateful_set_control.go). That one is what everybody above it waits for.
 */
function blockerOf(context: SlotContext): Reason | undefined {
  const { set, ordinal, pods, warnings } = context;
  for (let lower = set.view.start; lower < ordinal; lower++) {
    const pod = pods.get(lower);
    if (pod?.view.ready && pod.view.deletingSince === undefined) continue;
    const subject = `${set.name}-${lower}`;
    return present({ code: 'predecessor', subject, message: pod && wordsOn(pod, warnings.get(pod.name)) });
  }
  return undefined;
}

/** What the cluster says of why a pod is not ready. `warning`: a kubelet's own words, for what the pod itself only names. */
function wordsOn({ trouble, unscheduled }: PodFacts, warning: string | undefined): string | undefined {
  const isVague = trouble?.code === 'readiness' || trouble?.code === 'starting';
  const own = trouble?.message ?? (unscheduled === '' ? undefined : unscheduled);
  return isVague ? (warning ?? own) : own;
}

function stateWithPod(context: SlotContext, pod: PodFacts): StateAndReason {
  const found = podState(pod, { ...context, warning: context.warnings.get(pod.name) });
  return found.state === 'ready' ? { state: 'ready', waitsFor: whyNotNext(context, pod) } : found;
}

interface PodSurroundings extends Pick<SlotContext, 'wasReady' | 'claims'> {
  warning?: string | undefined;
}

/** Of a pod by itself, be it in a slot or loose. `claims`: those it mounts, as far as they are shown with it. */
export function podState(pod: PodFacts, more: PodSurroundings): StateAndReason {
  const { view } = pod;
  const trouble = pod.trouble && present({ ...pod.trouble, message: wordsOn(pod, more.warning) });
  if (view.deletingSince !== undefined) return { state: 'terminating', waitsFor: { code: 'terminating' } };
  if (view.phase === 'Failed') return present({ state: 'failed', waitsFor: trouble });
  if (view.phase === 'Succeeded') return { state: 'finished' };
  if (view.ready) return { state: 'ready' };
  if (view.node === '') return { state: 'pending', waitsFor: whyNotScheduled(more.claims, pod) };
  if (trouble && isFailing(trouble)) return { state: 'failed', waitsFor: trouble };
  return present({ state: more.wasReady ? 'unready' : 'starting', waitsFor: trouble });
}

/** Of one container, that the kubelet has given up for now. */
function isFailing({ code, subject }: Reason): boolean {
  return code === 'imagePull' || code === 'crashLoop' || (code === 'other' && subject !== undefined);
}

function whyNotScheduled(claims: readonly ClaimView[], pod: PodFacts): Reason {
  const claim = claims.find((candidate) => candidate.phase === 'Pending' || candidate.phase === 'missing');
  const message = pod.unscheduled === '' ? undefined : pod.unscheduled;
  if (claim) return present({ code: 'claimPending', subject: claim.name, message: claim.waitsFor?.message ?? message });
  return pod.unscheduled === undefined ? { code: 'starting' } : present({ code: 'unschedulable', message });
}

/** A ready pod may still be due to go or to be replaced, and held back until a higher ordinal is through. */
function whyNotNext(context: SlotContext, pod: PodFacts): Reason | undefined {
  const { set, ordinal, wanted, pods } = context;
  if (wanted) return whyOutdated(context, pod);
  if (set.view.policy !== 'OrderedReady') return undefined;
  const higher = [...pods.keys()].filter((other) => other > ordinal).sort((a, b) => b - a);
  return higher[0] === undefined ? undefined : { code: 'successor', subject: `${set.name}-${higher[0]}` };
}
