import type { Node } from '../../../../lib/kubernetes/cluster';
import { isTerminating, type Pod } from '../../../../lib/kubernetes/pod';
import type { DaemonSet } from '../../../../lib/kubernetes/workloads';
import { scaledValue } from '../deployment/scaling';
import { isAvailable } from '../statefulset/podState';
import { isUpdated, type PodsByNode } from './daemonPods';
import { wishFor } from './placement';

export interface Update {
  /** Names of nodes that get a new pod beside the old one. */
  create: string[];
  delete: Pod[];
}

export interface UpdateFacts {
  set: DaemonSet;
  nodes: readonly Node[];
  pods: PodsByNode;
  hash: string;
  now: number;
}

/** What a rolling update does next, within what the strategy allows (pkg/controller/daemon/update.go rollingUpdate). */
export function rollingUpdate(facts: UpdateFacts): Update {
  const { set, nodes, pods } = facts;
  const wanted = nodes.filter((node) => wishFor(set, node).isWanted).map(({ metadata }) => metadata.name ?? '');
  const onNodes = new Map<string, readonly Pod[]>(pods);
  for (const name of wanted) if (!onNodes.has(name)) onNodes.set(name, []);
  const { maxUnavailable, maxSurge } = set.spec.updateStrategy?.rollingUpdate ?? {};
  const surge = scaledValue(maxSurge, wanted.length, 'up');
  if (surge > 0) return surging(facts, onNodes, surge, wanted.length);
  // With neither, nothing could ever move: one may be missing then.
  const missing = scaledValue(maxUnavailable, wanted.length, 'up') || (wanted.length > 0 ? 1 : 0);
  return { create: [], delete: replacing(facts, onNodes, missing) };
}

/** Undefined when there are two of a kind, which the other half of the controller sorts out first. */
function pairOn({ set, hash }: UpdateFacts, pods: readonly Pod[]): { next?: Pod; old?: Pod } | undefined {
  const staying = pods.filter((pod) => !isTerminating(pod));
  const next = staying.filter((pod) => isUpdated(pod, set, hash));
  const old = staying.filter((pod) => !isUpdated(pod, set, hash));
  return next.length > 1 || old.length > 1 ? undefined : { next: next[0], old: old[0] };
}

/** Old pods to delete: those that do not serve at once, the others as far as no more than `most` are missing. */
function replacing(facts: UpdateFacts, onNodes: PodsByNode, most: number): Pod[] {
  const minReady = facts.set.spec.minReadySeconds ?? 0;
  const useless: Pod[] = [];
  const candidates: Pod[] = [];
  let missing = 0;
  for (const pods of onNodes.values()) {
    const pair = pairOn(facts, pods);
    const only = pair && !(pair.next && pair.old) ? (pair.next ?? pair.old) : undefined;
    const serves = only !== undefined && isAvailable(only, minReady, facts.now);
    if (!serves) missing++;
    if (only === undefined || only !== pair?.old) continue;
    if (!serves) useless.push(only);
    else if (missing < most) candidates.push(only);
  }
  return [...useless, ...candidates.slice(0, Math.max(0, most - missing))];
}

/** New pods beside old ones, `most` at a time; an old one goes when its successor serves. */
function surging(facts: UpdateFacts, onNodes: PodsByNode, most: number, wanted: number): Update {
  const minReady = facts.set.spec.minReadySeconds ?? 0;
  const serves = (pod: Pod) => isAvailable(pod, minReady, facts.now);
  const gone: Pod[] = [];
  const unwanted: Pod[] = [];
  const urgent: string[] = [];
  const candidates: string[] = [];
  let [surged, available] = [0, 0];
  for (const [name, pods] of onNodes) {
    const pair = pairOn(facts, pods);
    if (!pair) {
      surged++;
      continue;
    }
    const { next, old } = pair;
    const first = old ?? next;
    if (first && serves(first)) available++;
    if (!old) continue;
    if (next) {
      if (serves(next)) gone.push(old);
      else surged++;
      continue;
    }
    const node = facts.nodes.find(({ metadata }) => metadata.name === name);
    const isWanted = node !== undefined && wishFor(facts.set, node).isWanted;
    if (!serves(old)) {
      if (isWanted) urgent.push(name);
      else gone.push(old);
    } else if (!isWanted) unwanted.push(old);
    else if (surged < most) candidates.push(name);
  }
  // A set that has moved to other nodes keeps its old pods until as many serve there.
  const spare = Math.max(0, available - wanted);
  return {
    delete: [...gone, ...unwanted.slice(0, spare)],
    create: [...urgent, ...candidates.slice(0, Math.max(0, most - surged))],
  };
}
