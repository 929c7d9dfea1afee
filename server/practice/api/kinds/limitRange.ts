import type { LimitRange, LimitRangeItem } from '../../../../lib/kubernetes/quota';
import { canonicalizeResources } from '../quantity';
import { createdAtColumns, createdAtRow } from './columns';
import type { Kind } from './kind';
import { validateLimitRange } from './validation/limitRange';
import { validateDnsSubdomain } from './validation/names';

/** Limits and defaults of single pods, containers and claims; `api/limits` puts them to use. */
export const limitRangeKind: Kind<LimitRange> = {
  group: '',
  version: 'v1',
  kind: 'LimitRange',
  plural: 'limitranges',
  singular: 'limitrange',
  shortNames: ['limits'],
  namespaced: true,
  message: 'k8s.io.api.core.v1.LimitRange',
  columns: createdAtColumns,
  row: createdAtRow,
  defaults(draft) {
    draft.spec ??= { limits: null };
    // An empty list is none in the form in which the real server stores it.
    if (draft.spec.limits?.length === 0) draft.spec.limits = null;
    draft.spec.limits ??= null;
    for (const item of draft.spec.limits ?? []) defaultItem(item);
  },
  prepareCreate(draft, { ids }) {
    draft.metadata.name ||= ids.uid();
  },
  validateName: validateDnsSubdomain,
  validate: validateLimitRange,
  validateUpdate: validateLimitRange,
  createOnUpdate: true,
};

/** SetDefaults_LimitRangeItem: what is not said of a container follows from what is, the limit from the maximum first. */
function defaultItem(item: LimitRangeItem): void {
  for (const list of [item.max, item.min, item.default, item.defaultRequest, item.maxLimitRequestRatio])
    canonicalizeResources(list);
  if (item.type !== 'Container') return;
  item.default = { ...item.max, ...item.default };
  item.defaultRequest = { ...item.min, ...item.default, ...item.defaultRequest };
  for (const list of ['default', 'defaultRequest'] as const)
    if (Object.keys(item[list] ?? {}).length === 0) delete item[list];
}
