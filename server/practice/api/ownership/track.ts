import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { Call, Core } from '../core';
import type { Target } from '../registry';

export function trackCreate(_core: Core, _call: Call, _target: Target, _draft: KubernetesObject): void {}
export function trackUpdate(
  _core: Core,
  _call: Call,
  _target: Target,
  draft: KubernetesObject,
  old: KubernetesObject,
  _subresource = '',
): void {
  if (draft.metadata.managedFields === undefined && old.metadata.managedFields)
    draft.metadata.managedFields = old.metadata.managedFields;
}
