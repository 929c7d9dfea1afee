import { claimName, ordinalOf, podName } from '../kubernetes/statefulSet';
import { slotClaims } from './claims';
import { answerFor, slotDnsName } from './dnsNames';
import type { PodFacts, SetFacts } from './facts/facts';
import { listed, present } from './facts/identity';
import type { Slot, StatefulSetView } from './model';
import { revisionViews } from './revisions';
import { stateOf } from './slotState';
import type { NamespaceSnapshot } from './snapshot';

/** More than a board can show; a set of a million replicas must not fill the server's memory with empty slots. */
const mostSlots = 500;

/** The set with a slot for each ordinal that is wanted, has a pod, or has a claim. */
export function setView(set: SetFacts, pods: readonly PodFacts[], snapshot: NamespaceSnapshot): StatefulSetView {
  const byOrdinal = new Map<number, PodFacts>();
  for (const pod of pods) {
    const ordinal = ordinalOf(set.name, pod.name);
    if (ordinal !== undefined) byOrdinal.set(ordinal, pod);
  }
  const ordinals = ordinalsOf(set, byOrdinal, snapshot);
  const told = { failures: createFailures(set, snapshot), warnings: podWarnings(pods, snapshot) };
  return {
    ...set.view,
    service: governingService(set, snapshot),
    revisions: revisionViews(set, pods, snapshot.revisions),
    slots: ordinals.map((ordinal) => slotOf(set, ordinal, byOrdinal, told, snapshot)),
  };
}

function governingService(set: SetFacts, snapshot: NamespaceSnapshot): StatefulSetView['service'] {
  const service = snapshot.services.get(set.view.serviceName);
  if (!service) return 'missing';
  return service.view.headless ? 'headless' : 'notHeadless';
}

function ordinalsOf(set: SetFacts, pods: ReadonlyMap<number, PodFacts>, snapshot: NamespaceSnapshot): number[] {
  const { start, replicas } = set.view;
  const ordinals = new Set<number>(pods.keys());
  for (let ordinal = start; ordinal < start + Math.min(replicas, mostSlots); ordinal++) ordinals.add(ordinal);
  for (const template of set.claimTemplates) {
    const prefix = claimName(template, set.name, 0).slice(0, -1);
    for (const name of snapshot.claims.keys()) {
      const ordinal = name.startsWith(prefix)
        ? ordinalOf(set.name, `${set.name}-${name.slice(prefix.length)}`)
        : undefined;
      // The number must be written as the controller writes it: `www-web-01` is nobody's.
      if (ordinal !== undefined && claimName(template, set.name, ordinal) === name) ordinals.add(ordinal);
    }
  }
  return [...ordinals].sort((a, b) => a - b).slice(0, mostSlots);
}

function slotOf(
  set: SetFacts,
  ordinal: number,
  pods: ReadonlyMap<number, PodFacts>,
  { failures, warnings }: { failures: ReadonlyMap<string, string>; warnings: ReadonlyMap<string, string> },
  snapshot: NamespaceSnapshot,
): Slot {
  const name = podName(set.name, ordinal);
  const pod = pods.get(ordinal);
  const wanted = ordinal >= set.view.start && ordinal < set.view.start + set.view.replicas;
  const history = snapshot.histories.of(name);
  const claims = slotClaims(set, ordinal, wanted || pod !== undefined, snapshot);
  const wasReady = history.current?.uid === pod?.uid && history.current?.wasReady === true;
  const createFailure = failures.get(name);
  const state = stateOf({ set, ordinal, wanted, pod, wasReady, claims, pods, createFailure, warnings });
  const dnsName = slotDnsName(name, set, snapshot);
  return present({
    ordinal,
    name,
    dnsName,
    ...state,
    wanted,
    pod: pod?.view,
    claims,
    ownFiles: listed(snapshot.writes.ofPod(name)),
    life: history.life,
    lives: history.lives,
    scaledAwayAt: wanted || pod ? undefined : history.lives[0]?.until,
    dns: answerFor(dnsName, snapshot),
  });
}

/** What a kubelet has to say of a pod that is not ready, by pod, the newest: a probe's answer, a mount that fails. */
function podWarnings(pods: readonly PodFacts[], snapshot: NamespaceSnapshot): Map<string, string> {
  const troubled = new Map(pods.filter(({ view }) => !view.ready).map((pod) => [`Pod/${pod.name}`, pod]));
  const newest = new Map<string, { message: string; at: number }>();
  if (troubled.size === 0) return new Map();
  for (const { view } of snapshot.events.values()) {
    const pod = view.type === 'Warning' ? troubled.get(view.object) : undefined;
    // The events of a former life stay for an hour under the same name.
    if (!pod || view.lastAt < pod.view.createdAt || !tellingReasons.has(view.reason)) continue;
    const known = newest.get(pod.name);
    if (!known || known.at < view.lastAt) newest.set(pod.name, { message: view.message, at: view.lastAt });
  }
  return new Map([...newest].map(([pod, { message }]) => [pod, message]));
}

const tellingReasons = new Set(['Unhealthy', 'FailedMount', 'FailedAttachVolume', 'FailedCreatePodSandBox', 'Failed']);

/**
 * `Create Pod web-1 in StatefulSet web failed error: pods "web-1" is forbidden: exceeded quota …`, by pod, the newest. A refusal
 * that was followed by a success is over: its event stays for an hour, and would else be told of every later life.
 */
function createFailures(set: SetFacts, snapshot: NamespaceSnapshot): Map<string, string> {
  const about = `StatefulSet/${set.name}`;
  const newest = new Map<string, { message: string; at: number; failed: boolean }>();
  for (const { view } of snapshot.events.values()) {
    if (view.object !== about || view.lastAt < set.view.createdAt) continue;
    const failed = view.reason === 'FailedCreate';
    if (!failed && view.reason !== 'SuccessfulCreate') continue;
    // `Create` today, `create` before 1.33 or so: both say the same.
    const pattern = failed ? /^create (?:Pod|Claim \S+ for Pod) (\S+) /i : /^create Pod (\S+) /i;
    const pod = pattern.exec(view.message)?.[1];
    if (pod === undefined) continue;
    const known = newest.get(pod);
    if (!known || known.at < view.lastAt) newest.set(pod, { message: view.message, at: view.lastAt, failed });
  }
  return new Map([...newest].flatMap(([pod, { message, failed }]) => (failed ? [[pod, message] as const] : [])));
}
