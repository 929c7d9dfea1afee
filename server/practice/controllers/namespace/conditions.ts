import type { Condition } from '../../../../lib/kubernetes/metadata';
import { timestamp } from '../../clock';

/** What a namespace that is going says of itself (pkg/controller/namespace/deletion/status_condition_utils.go). */

export interface Remaining {
  /** `pods.` or `statefulsets.apps`, and how many are left. */
  resources: Map<string, number>;
  finalizers: Map<string, number>;
}

type Finding = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

const fine: Finding[] = [
  ['NamespaceDeletionDiscoveryFailure', 'ResourcesDiscovered', 'All resources successfully discovered'],
  ['NamespaceDeletionGroupVersionParsingFailure', 'ParsedGroupVersions', 'All legacy kube types successfully parsed'],
  [
    'NamespaceDeletionContentFailure',
    'ContentDeleted',
    'All content successfully deleted, may be waiting on finalization',
  ],
  ['NamespaceContentRemaining', 'ContentRemoved', 'All content successfully removed'],
  ['NamespaceFinalizersRemaining', 'ContentHasNoFinalizers', 'All content-preserving finalizers finished'],
].map(([type = '', reason, message]) => ({ type, status: 'False', reason, message }));

export function findings(remaining: Remaining | undefined, errors: readonly string[]): Finding[] {
  const found: Finding[] = [];
  const add = (type: string, reason: string, message: string) => found.push({ type, status: 'True', reason, message });
  const list = (counts: Map<string, number>, text: string) =>
    [...counts].map(([name, count]) => `${name} ${text.replace('N', String(count))}`).sort();
  if (errors.length > 0) {
    const message = `Failed to delete all resource types, ${errors.length} remaining: ${[...errors].sort().join(', ')}`;
    add('NamespaceDeletionContentFailure', 'ContentDeletionFailed', message);
  }
  if (remaining && remaining.resources.size > 0) {
    const what = list(remaining.resources, 'has N resource instances').join(', ');
    add('NamespaceContentRemaining', 'SomeResourcesRemain', `Some resources are remaining: ${what}`);
  }
  if (remaining && remaining.finalizers.size > 0) {
    const what = list(remaining.finalizers, 'in N resource instances').join(', ');
    const message = `Some content in the namespace has finalizers remaining: ${what}`;
    add('NamespaceFinalizersRemaining', 'SomeFinalizersRemain', message);
  }
  return found;
}

/** All five conditions, those not found fault with saying so; undefined when nothing would change. */
export function withFindings(
  conditions: readonly Condition[],
  found: readonly Finding[],
  now: number,
): Condition[] | undefined {
  let isChanged = false;
  const next = [...conditions];
  for (const good of fine) {
    const wanted = found.find(({ type }) => type === good.type) ?? good;
    const at = next.findIndex(({ type }) => type === good.type);
    const old = next[at];
    const isSame = old?.status === wanted.status && old.message === wanted.message && old.reason === wanted.reason;
    if (isSame) continue;
    isChanged = true;
    const lastTransitionTime = old?.status === wanted.status ? old.lastTransitionTime : timestamp(now);
    const condition: Condition = { ...wanted, lastTransitionTime };
    if (old) next[at] = condition;
    else next.push(condition);
  }
  return isChanged ? next : undefined;
}
