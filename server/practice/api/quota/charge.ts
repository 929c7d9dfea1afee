import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { Pod } from '../../../../lib/kubernetes/pod';
import type { ResourceQuota } from '../../../../lib/kubernetes/quota';
import { kindContext, type Call, type Core } from '../core';
import { forbiddenError } from '../errors';
import { updateObject } from '../operations/update';
import { copyJson } from '../json';
import { parseQuantity } from '../quantity';
import { targetOf, type Target } from '../registry';
import { amountText, isInScope, missingFor, usageOf, type Usage } from './usage';

/**
 * The admission of quotas (k8s.io/apiserver/pkg/admission/plugin/resourcequota): a new object, or what an update adds to
 * `old`, must fit into every quota of its namespace that counts it, and is taken off it. Throws Forbidden.
 */
export function chargeQuotas(
  core: Core,
  call: Call,
  target: Target,
  object: KubernetesObject,
  old?: KubernetesObject,
): void {
  if (!target.kind.namespaced || target.kind.plural === 'events') return;
  const quotas = kindContext(core, call.user).findAll<ResourceQuota>('resourcequotas', target.namespace);
  const added = addedUsage(core, target, object, old);
  const charges: { quota: ResourceQuota; used: Record<string, string> }[] = [];
  for (const quota of quotas) {
    if (!isInScope(quota, target.kind, object)) continue;
    const used = charged(target, quota, object, added);
    if (used) charges.push({ quota, used });
  }
  if (call.dryRun) return;
  const kind = core.registry.named('resourcequotas');
  for (const { quota, used } of kind ? charges : [])
    updateObject(core, { ...call, manager: 'kube-apiserver' }, targetOf(kind ?? target.kind, quota), {
      subresource: 'status',
      isPatch: true,
      produce: (present) => ({ ...present, status: { ...copyJson(quota.status), used } }),
    });
}

function addedUsage(core: Core, { kind }: Target, object: KubernetesObject, old?: KubernetesObject): Usage {
  const now = core.clock.now();
  const before = old ? usageOf(kind, old, now) : {};
  const added = Object.entries(usageOf(kind, object, now)).map(([name, amount]): [string, bigint] => [
    name,
    amount - (before[name] ?? 0n),
  ]);
  return Object.fromEntries(added.filter(([, amount]) => amount > 0n));
}

/** What the quota will have given then; undefined when it does not count any of this. */
function charged(
  { kind, name }: Target,
  quota: ResourceQuota,
  object: KubernetesObject,
  added: Usage,
): Record<string, string> | undefined {
  const { hard = {}, used = {} } = quota.status;
  const refuse = (why: string) => forbiddenError(kind, name, why);
  const names = Object.keys(added).filter((resource) => resource in hard);
  const isNewPod = kind.group === '' && kind.plural === 'pods' && 'pods' in added;
  const missing = isNewPod ? missingFor(quota, object as Pod) : undefined;
  if (missing) throw refuse(`failed quota: ${quota.metadata.name}: must specify ${missing}`);
  if (names.length === 0) return undefined;
  const unknown = names.filter((resource) => used[resource] === undefined);
  if (unknown.length > 0)
    throw refuse(`status unknown for quota: ${quota.metadata.name}, resources: ${unknown.sort().join(',')}`);
  const next = { ...used };
  const over: string[] = [];
  for (const resource of names.sort()) {
    const sum = nanos(used[resource]) + (added[resource] ?? 0n);
    next[resource] = amountText(sum, hard[resource]);
    if (sum > nanos(hard[resource])) over.push(resource);
  }
  if (over.length === 0) return next;
  const list = (of: (resource: string) => string | undefined) => over.map((r) => `${r}=${of(r)}`).join(',');
  const requested = list((r) => amountText(added[r] ?? 0n, hard[r]));
  throw refuse(
    `exceeded quota: ${quota.metadata.name}, requested: ${requested}, used: ${list((r) => used[r])}, ` +
      `limited: ${list((r) => hard[r])}`,
  );
}

const nanos = (text: string | undefined) => parseQuantity(text)?.nanos ?? 0n;
