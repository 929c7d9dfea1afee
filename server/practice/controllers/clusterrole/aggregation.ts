import { equalJson } from '../../../../lib/kubernetes/equal';
import type { ClusterRole, PolicyRule } from '../../../../lib/kubernetes/access';
import { matchesSelector } from '../../../../lib/kubernetes/selector';
import type { ApiClient } from '../../client';
import type { Clock } from '../../clock';
import { Controller, type ReconcileFailure } from '../runtime/controller';
import type { Informers } from '../runtime/informer';
import { stable } from '../runtime/stable';

export interface AggregationOptions {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  onError?: (failure: ReconcileFailure) => void;
}

/**
 * Writes the rules of aggregated ClusterRoles back into them (pkg/controller/clusterroleaggregation), for who reads them: what is
 * allowed is worked out when it is asked.
 */
export function startClusterRoleAggregation(options: AggregationOptions): { stop(): Promise<void> } {
  const { client, informers } = options;
  const roles = informers.for('clusterroles');
  const reconcile = async (name: string) => {
    const role = roles.get(name);
    if (!role?.aggregationRule) return;
    const rules = aggregatedRules(role, roles.list());
    if (equalJson(rules, role.rules ?? [])) return;
    const applied = { metadata: { name }, rules } as ClusterRole;
    await client.apply('clusterroles', applied, 'clusterrole-aggregation-controller');
  };
  const controller = new Controller({
    ...options,
    name: 'clusterrole-aggregation',
    reconcile,
    ready: informers.synced(),
  });
  // A role may come to be part of any other, or cease to be.
  const wake = () => {
    for (const { metadata, aggregationRule } of roles.list())
      if (aggregationRule) controller.enqueue(metadata.name ?? '');
  };
  roles.on({ added: wake, modified: wake, deleted: wake });
  return { stop: () => controller.stop() };
}

/** Each rule once, of the roles that a selector matches by name, one selector after the other. */
export function aggregatedRules(role: ClusterRole, roles: readonly ClusterRole[]): PolicyRule[] {
  const byName = [...roles].sort((a, b) => ((a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1));
  const members = (role.aggregationRule?.clusterRoleSelectors ?? []).flatMap((selector) =>
    byName.filter(({ metadata }) => metadata.name !== role.metadata.name && matchesSelector(selector, metadata.labels)),
  );
  const rules = new Map(members.flatMap((member) => member.rules ?? []).map((rule) => [stable(rule), rule]));
  return [...rules.values()];
}
