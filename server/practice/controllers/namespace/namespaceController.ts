import type { Namespace } from '../../../../lib/kubernetes/cluster';
import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import { isPodTerminal } from '../../../../lib/kubernetes/pod';
import { resources, type ResourceName } from '../../../../lib/kubernetes/resources';
import type { ApiClient } from '../../client';
import type { Clock } from '../../clock';
import { isConflict, isNotFound } from '../../status';
import { createRateLimiter } from '../runtime/backOff';
import { Controller, type ReconcileFailure } from '../runtime/controller';
import { joinErrors, messageOf } from '../runtime/errors';
import type { Informers } from '../runtime/informer';
import { findings, withFindings, type Remaining } from './conditions';

export interface NamespaceControllerOptions {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  /** The kinds a namespace is emptied of: all namespaced ones, when left out. */
  kinds?: readonly ResourceName[];
  onError?: (failure: ReconcileFailure) => void;
}

/** Upstream waits so long after each change of a namespace, for other API servers to learn that it is going. */
const graceMs = 5000;
/** How long upstream expects finalizers to take. */
const finalizerEstimateSeconds = 15;
const conflictTries = 5;

/** Empties namespaces that are being deleted, pods first, and then lets them go (pkg/controller/namespace). */
export function startNamespaceController(options: NamespaceControllerOptions): { stop(): Promise<void> } {
  const { client, informers, clock } = options;
  const names = options.kinds ?? (Object.keys(resources) as ResourceName[]);
  const kinds = names.filter((name) => resources[name].namespaced);
  const cleaner = new Cleaner(client, clock, kinds);
  const namespaces = informers.for('namespaces');
  const controller: Controller = new Controller({
    ...options,
    name: 'namespace',
    limiter: createRateLimiter(clock, { longestMs: 60_000 }),
    ready: informers.synced(),
    reconcile: async (name) => {
      if (!namespaces.get(name)) return;
      const seconds = await cleaner.clean(name);
      // Half of what the rest is expected to take, as upstream: pods that end early are noticed early.
      if (seconds > 0) controller.enqueueAfter(name, (Math.floor(seconds / 2) + 1) * 1000);
    },
  });
  const wake = ({ metadata: { name = '', deletionTimestamp } }: Namespace) => {
    if (deletionTimestamp) controller.enqueueAfter(name, graceMs);
  };
  namespaces.on({ added: wake, modified: wake });
  return { stop: () => controller.stop() };
}

class Cleaner {
  constructor(
    private readonly client: ApiClient,
    private readonly clock: Clock,
    private readonly kinds: readonly ResourceName[],
  ) {}

  /** Returns the seconds that what remains is expected to take; 0 when the namespace is gone or may go. */
  async clean(name: string): Promise<number> {
    const namespace = await this.onNewest(name, (live) => {
      if (!live.metadata.deletionTimestamp || live.status?.phase === 'Terminating') return Promise.resolve(live);
      return this.client.update('namespaces', { ...live, status: { ...live.status, phase: 'Terminating' } }, 'status');
    });
    if (!namespace?.metadata.deletionTimestamp || (namespace.spec?.finalizers ?? []).length === 0) return 0;
    const seconds = await this.deleteContent(namespace);
    if (seconds > 0) return seconds;
    await this.onNewest(name, (live) => {
      const finalizers = (live.spec?.finalizers ?? []).filter((finalizer) => finalizer !== 'kubernetes').sort();
      return this.client.update('namespaces', { ...live, spec: { ...live.spec, finalizers } }, 'finalize');
    });
    return 0;
  }

  private async onNewest(
    name: string,
    change: (live: Namespace) => Promise<Namespace>,
  ): Promise<Namespace | undefined> {
    for (let attempt = 1; ; attempt++)
      try {
        return await change(await this.client.get('namespaces', name));
      } catch (error) {
        if (isNotFound(error)) return undefined;
        if (!isConflict(error) || attempt === conflictTries) throw error;
      }
  }

  private async deleteContent(namespace: Namespace): Promise<number> {
    const { name = '', deletionTimestamp = '' } = namespace.metadata;
    const errors: unknown[] = [];
    const remaining: Remaining = { resources: new Map(), finalizers: new Map() };
    let longest = 0;
    const empty = async (kind: ResourceName) => {
      try {
        const left = await this.deleteAll(kind, name, Date.parse(deletionTimestamp));
        longest = Math.max(longest, left.seconds);
        count(remaining, kind, left.items);
        if (left.items.length > 0 && left.seconds === 0) throw unexpected(kind, name);
      } catch (error) {
        errors.push(error);
      }
    };
    if (this.kinds.includes('pods')) await empty('pods');
    // While pods are left, what they may still use stays. Upstream does not count them in the conditions then.
    if (remaining.resources.size > 0) await this.tell(namespace, undefined, errors);
    else {
      for (const kind of this.kinds) if (kind !== 'pods') await empty(kind);
      await this.tell(namespace, remaining, errors);
    }
    if (errors.length > 0) throw joinErrors(errors);
    return longest;
  }

  /** `seconds`: how long what is left may take; with 0, nothing should have been left. */
  private async deleteAll(
    kind: ResourceName,
    namespace: string,
    deletedAt: number,
  ): Promise<{ items: KubernetesObject[]; seconds: number }> {
    const grace = kind === 'pods' ? await this.graceOfPods(namespace, deletedAt) : 0;
    const { items } = await this.client.list(kind, { namespace });
    const doomed: KubernetesObject[] = items.filter((item) => !item.metadata.deletionTimestamp);
    for (const { metadata } of doomed)
      try {
        await this.client.delete(kind, metadata.name ?? '', namespace, { propagationPolicy: 'Background' });
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    const left: KubernetesObject[] = (await this.client.list(kind, { namespace })).items;
    if (left.length === 0) return { items: [], seconds: 0 };
    const hasFinalizers = left.some((item) => (item.metadata.finalizers ?? []).length > 0);
    return { items: left, seconds: grace || (hasFinalizers ? finalizerEstimateSeconds : 0) };
  }

  private async graceOfPods(namespace: string, deletedAt: number): Promise<number> {
    const { items } = await this.client.list('pods', { namespace });
    const seconds = items.filter((p) => !isPodTerminal(p)).map((p) => p.spec.terminationGracePeriodSeconds ?? 0);
    const longest = Math.max(0, ...seconds);
    return this.clock.now() - deletedAt >= longest * 1000 ? 0 : longest;
  }

  private async tell(namespace: Namespace, remaining: Remaining | undefined, errors: unknown[]): Promise<void> {
    const found = findings(remaining, errors.map(messageOf));
    const conditions = withFindings(namespace.status?.conditions ?? [], found, this.clock.now());
    if (!conditions) return;
    try {
      await this.client.update('namespaces', { ...namespace, status: { ...namespace.status, conditions } }, 'status');
    } catch (error) {
      // Only the telling failed; the next round tells it again.
      if (!isConflict(error) && !isNotFound(error)) throw error;
    }
  }
}

function count(remaining: Remaining, kind: ResourceName, items: readonly KubernetesObject[]): void {
  if (items.length > 0) remaining.resources.set(`${kind}.${resources[kind].group}`, items.length);
  for (const finalizer of items.flatMap((item) => item.metadata.finalizers ?? []))
    remaining.finalizers.set(finalizer, (remaining.finalizers.get(finalizer) ?? 0) + 1);
}

function unexpected(kind: ResourceName, namespace: string): Error {
  const { group, version } = resources[kind];
  const which = `${group}/${version}, Resource=${kind}`;
  return new Error(`unexpected items still remain in namespace: ${namespace} for gvr: ${which}`);
}
