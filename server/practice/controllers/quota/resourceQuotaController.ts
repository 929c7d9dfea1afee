import { equalJson } from '../../../../lib/kubernetes/equal';
import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import { isPodTerminal, type Pod } from '../../../../lib/kubernetes/pod';
import type { ResourceQuota } from '../../../../lib/kubernetes/quota';
import { resources, type ResourceName } from '../../../../lib/kubernetes/resources';
import { amountText, isInScope, usageOf } from '../../api/quota/usage';
import type { ApiClient } from '../../client';
import type { Clock } from '../../clock';
import { Controller, splitKey, type ReconcileFailure } from '../runtime/controller';
import { keyOf, type Informers } from '../runtime/informer';

export interface ResourceQuotaControllerOptions {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  /** The kinds that are served; all when left out. */
  kinds?: readonly ResourceName[];
  onError?: (failure: ReconcileFailure) => void;
}

/**
 * Counts what each quota has given (pkg/controller/resourcequota): the API only adds to it as objects come, so this gives back
 * what went.
 */
export function startResourceQuotaController(options: ResourceQuotaControllerOptions): { stop(): Promise<void> } {
  const { client, informers, clock } = options;
  const quotas = informers.for('resourcequotas');
  const names = options.kinds ?? (Object.keys(resources) as ResourceName[]);
  const counted = names.filter((name) => resources[name].namespaced && name !== 'events');
  for (const name of counted) informers.for(name);
  const ready = informers.synced();

  const usedBy = (quota: ResourceQuota): Record<string, string> => {
    const hard = quota.spec.hard ?? {};
    const used: Record<string, bigint> = Object.fromEntries(Object.keys(hard).map((name) => [name, 0n]));
    for (const plural of counted) {
      const kind = { group: resources[plural].group, plural };
      const objects: KubernetesObject[] = informers.for(plural).list(quota.metadata.namespace);
      for (const object of objects.filter((one) => isInScope(quota, kind, one)))
        for (const [name, amount] of Object.entries(usageOf(kind, object, clock.now())))
          if (name in used) used[name] = (used[name] ?? 0n) + amount;
    }
    return Object.fromEntries(Object.entries(used).map(([name, amount]) => [name, amountText(amount, hard[name])]));
  };

  const reconcile = async (key: string) => {
    const { namespace, name } = splitKey(key);
    const quota = quotas.get(name, namespace);
    if (!quota) return;
    const { hard } = quota.spec;
    const status = hard ? { hard: { ...hard }, used: usedBy(quota) } : {};
    if (!equalJson(status, quota.status)) await client.update('resourcequotas', { ...quota, status }, 'status');
  };

  const controller = new Controller({ name: 'resourcequota', clock, reconcile, ready, onError: options.onError });
  const enqueue = (quota: ResourceQuota) => controller.enqueue(keyOf(quota));
  const recount = ({ metadata }: KubernetesObject) => quotas.list(metadata.namespace).forEach(enqueue);
  quotas.on({ added: enqueue, modified: enqueue });
  for (const name of counted) informers.for(name).on({ deleted: recount });
  informers.for('pods').on({ modified: (pod, previous) => hasMoved(pod, previous) && recount(pod) });
  for (const name of ['services', 'persistentvolumeclaims'] as const) informers.for(name).on({ modified: recount });
  return { stop: () => controller.stop() };
}

/** Another quota, or none, counts it now: it has ended, or its deadline came or went, which is a scope. */
function hasMoved(pod: Pod, previous: Pod): boolean {
  const hasDeadline = ({ spec }: Pod) => spec.activeDeadlineSeconds !== undefined;
  return isPodTerminal(pod) !== isPodTerminal(previous) || hasDeadline(pod) !== hasDeadline(previous);
}
