import type { useTranslations } from 'use-intl';
import type { ClaimUse } from '../../../lib/board/model';

/** `only web-1 mounts it, on worker-1`, `3 pods mount it, all on worker-1: web-0, …`. */
export function wordUsers(t: ReturnType<typeof useTranslations<'claim'>>, { pods, count, nodes }: ClaimUse): string {
  const names = pods.join(', ') + (count > pods.length ? ' …' : '');
  return t('usedBy', { count, names, nodes: nodes.length, node: nodes[0] ?? '' });
}
