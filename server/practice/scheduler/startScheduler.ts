import { isDeepStrictEqual } from 'node:util';
import type { Node } from '../../../lib/kubernetes/cluster';
import type { PersistentVolumeClaim } from '../../../lib/kubernetes/storage';
import { isPodTerminal, podCondition, type Pod } from '../../../lib/kubernetes/pod';
import type { ApiClient } from '../client';
import type { Clock } from '../clock';
import { createEventRecorder, type EventRecorder } from '../controllers/runtime/events';
import { keyOf, type Informers } from '../controllers/runtime/informer';
import type { Ids } from '../ids';
import { timestamp } from '../clock';
import { isNotFound } from '../status';
import type { ClaimDecision } from './filters/volumes';
import { place } from './placement';
import { SchedulingQueue, type Outcome } from './schedulingQueue';
import { NodePods } from './nodePods';
import type { Snapshot } from './snapshot';
import { bindClaims, ClaimWaiters, noteExpectedNode } from './volumeBinding';

export interface SchedulerOptions {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  ids: Ids;
}

const watched = [
  'pods',
  'nodes',
  'namespaces',
  'persistentvolumeclaims',
  'persistentvolumes',
  'storageclasses',
] as const;

/**
 * Gives pods their nodes (pkg/scheduler). Filters, messages, conditions and the binding of claims are upstream's;
 * scoring is simpler, and preemption, profiles and extenders are not simulated.
 */
export function startScheduler(options: SchedulerOptions): { stop(): void } {
  for (const resource of watched) options.informers.for(resource);
  const scheduler = new Scheduler(options);
  void options.informers.synced().then(() => scheduler.start());
  return { stop: () => scheduler.stop() };
}

class Scheduler {
  private readonly queue: SchedulingQueue;
  private readonly events: EventRecorder;
  /** Pods that have been given a node which the cache does not show yet: they count against it at once. */
  private readonly assumed = new Set<string>();
  private readonly nodePods = new NodePods();
  /** In the order of their names. */
  private nodes: Node[] | undefined;
  private readonly stopped = new AbortController();
  private readonly waiters: ClaimWaiters;

  constructor(private readonly options: SchedulerOptions) {
    this.events = createEventRecorder({ ...options, component: 'default-scheduler' });
    this.waiters = new ClaimWaiters(options.informers);
    this.queue = new SchedulingQueue(options.clock, (key) => this.attempt(key));
  }

  start(): void {
    if (this.stopped.signal.aborted) return;
    const { informers } = this.options;
    informers.for('pods').on({
      added: (pod) => this.podChanged(pod),
      modified: (pod, previous) => this.podChanged(pod, previous),
      deleted: (pod) => this.podGone(pod),
    });
    informers.for('nodes').on({
      added: () => this.nodesChanged(true),
      modified: (node, previous) => this.nodesChanged(matters(node, previous)),
      deleted: () => this.nodesChanged(false),
    });
    const claimChanged = (claim: PersistentVolumeClaim) => this.queue.wake(`claim:${keyOf(claim)}`);
    informers.for('persistentvolumeclaims').on({ added: claimChanged, modified: claimChanged, deleted: claimChanged });
    const volumeChanged = () => this.queue.wake('volume');
    informers.for('persistentvolumes').on({ added: volumeChanged, modified: volumeChanged, deleted: volumeChanged });
    const classChanged = () => this.queue.wake('class');
    informers.for('storageclasses').on({ added: classChanged, modified: classChanged });
  }

  stop(): void {
    this.stopped.abort();
    this.waiters.check();
    this.queue.stop();
  }

  private nodesChanged(mayHelp: boolean): void {
    this.nodes = undefined;
    if (mayHelp) this.queue.wake('node');
  }

  private podChanged(pod: Pod, previous?: Pod): void {
    const key = keyOf(pod);
    if (pod.spec.nodeName) {
      this.assumed.delete(pod.metadata.uid ?? '');
      if (isPodTerminal(pod)) this.nodePods.remove(pod.metadata.uid ?? '');
      else this.nodePods.put(pod, pod.spec.nodeName);
      this.queue.forget(key);
      const isNewlyBound = !previous?.spec.nodeName;
      const hasEnded = previous !== undefined && isPodTerminal(pod) && !isPodTerminal(previous);
      const hasMoved = previous !== undefined && !isDeepStrictEqual(pod.metadata.labels, previous.metadata.labels);
      if (hasEnded) this.queue.wake('podGone');
      if (isNewlyBound || hasMoved) this.queue.wake('podPlaced');
      return;
    }
    if (!isWaiting(pod)) return this.queue.forget(key);
    const isOurOwnWrite = previous !== undefined && isWaiting(previous) && isDeepStrictEqual(pod.spec, previous.spec);
    if (!isOurOwnWrite && !this.assumed.has(pod.metadata.uid ?? '')) this.queue.add(key);
  }

  private podGone(pod: Pod): void {
    this.forgetPlace(pod.metadata.uid ?? '');
    this.waiters.check();
    this.queue.forget(keyOf(pod));
    if (pod.spec.nodeName) this.queue.wake('podGone');
  }

  private async attempt(key: string): Promise<Outcome> {
    const [namespace = '', name = ''] = key.split('/');
    const pod = this.options.informers.for('pods').get(name, namespace);
    if (!pod || !isWaiting(pod) || pod.spec.nodeName) return 'placed';
    const placement = place(pod, this.snapshot(), this.options.ids.fraction);
    if ('message' in placement) {
      await this.refuse(pod, placement.message);
      return placement;
    }
    this.assumed.add(pod.metadata.uid ?? '');
    this.nodePods.put(pod, placement.node);
    // Binding may wait long for volumes: the next pod is not kept waiting for it.
    void this.bind(pod, placement.node, placement.claims);
    return 'placed';
  }

  private async bind(pod: Pod, node: string, claims: ClaimDecision[]): Promise<void> {
    const { client } = this.options;
    const { namespace = '', name = '', uid = '' } = pod.metadata;
    try {
      if (claims.length > 0) await noteExpectedNode(client, pod, node);
      const isWanted = () => !this.stopped.signal.aborted && this.assumed.has(uid);
      await bindClaims(claims, node, { client, waiters: this.waiters, isWanted });
      if (!isWanted()) return;
      await client.bind(namespace, name, node, uid);
      this.events.event(pod, 'Normal', 'Scheduled', `Successfully assigned ${namespace}/${name} to ${node}`);
    } catch (error) {
      if (this.assumed.has(uid)) this.forgetPlace(uid);
      if (isNotFound(error)) return;
      const message = error instanceof Error ? error.message : String(error);
      this.events.event(pod, 'Warning', 'FailedScheduling', message);
      this.options.clock.after(1000, () => this.queue.add(keyOf(pod)));
    }
  }

  private forgetPlace(uid: string): void {
    this.assumed.delete(uid);
    this.nodePods.remove(uid);
  }

  private async refuse(pod: Pod, message: string): Promise<void> {
    this.events.event(pod, 'Warning', 'FailedScheduling', message);
    const { client, clock } = this.options;
    const old = podCondition(pod, 'PodScheduled');
    if (old?.status === 'False' && old.reason === 'Unschedulable' && old.message === message) return;
    const condition = {
      type: 'PodScheduled',
      status: 'False' as const,
      lastProbeTime: null,
      lastTransitionTime: old?.status === 'False' ? old.lastTransitionTime : timestamp(clock.now()),
      reason: 'Unschedulable',
      message,
      observedGeneration: pod.metadata.generation,
    };
    const others = (pod.status.conditions ?? []).filter((c) => c.type !== 'PodScheduled');
    const status = { ...pod.status, conditions: [...others, condition] };
    // A pod that changed meanwhile is in the queue again: what was found out about the old one is not worth writing.
    await client.update('pods', { ...pod, status }, 'status').catch(() => undefined);
  }

  private snapshot(): Snapshot {
    const { informers } = this.options;
    this.nodes ??= informers.for('nodes').list().sort(byName);
    return {
      nodes: this.nodePods.views(this.nodes),
      claim: (namespace, name) => informers.for('persistentvolumeclaims').get(name, namespace),
      volume: (name) => informers.for('persistentvolumes').get(name),
      volumes: () => informers.for('persistentvolumes').list(),
      storageClass: (name) => informers.for('storageclasses').get(name),
      namespaceLabels: (name) => informers.for('namespaces').get(name)?.metadata.labels ?? {},
    };
  }
}

function byName(a: Node, b: Node): number {
  return (a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1;
}

/** A pod the scheduler is to place: ours, not bound, not gated, not on its way out. */
function isWaiting(pod: Pod): boolean {
  const { schedulerName = 'default-scheduler', schedulingGates = [] } = pod.spec;
  return (
    schedulerName === 'default-scheduler' &&
    schedulingGates.length === 0 &&
    pod.metadata.deletionTimestamp === undefined &&
    !isPodTerminal(pod)
  );
}

/** A node changed in what filters look at; heartbeats and images do not count. */
function matters(node: Node, previous: Node): boolean {
  const seen = ({ metadata, spec, status }: Node) => [metadata.labels, spec, status?.allocatable];
  return !isDeepStrictEqual(seen(node), seen(previous));
}
