import type { Node } from '../../../../../lib/kubernetes/cluster';
import { duplicate, forbidden, type FieldError } from '../../fieldError';
import { equalJson } from '../../json';
import { invalidEach, oneOf } from './fields';
import { validateLabelValue, validateQualifiedName } from './names';

/** pkg/apis/core/validation: ValidateNode and ValidateNodeUpdate. */
export function validateNode(node: Node): FieldError[] {
  const seen = new Set<string>();
  return (node.spec?.taints ?? []).flatMap((taint, index) => {
    const at = `metadata.taints[${index}]`;
    const key = `${taint.key}:${taint.effect}`;
    const isTaken = seen.has(key);
    seen.add(key);
    return [
      ...invalidEach(`${at}.key`, taint.key ?? '', validateQualifiedName(taint.key ?? '')),
      ...invalidEach(`${at}.value`, taint.value ?? '', validateLabelValue(taint.value ?? '')),
      ...oneOf(`${at}.effect`, taint.effect, ['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
      ...(isTaken ? [duplicateTaint(at, taint)] : []),
    ];
  });
}

function duplicateTaint(
  at: string,
  { key, value = '', effect }: { key: string; value?: string; effect: string },
): FieldError {
  const error = duplicate(at, { Key: key, Value: value, Effect: effect, TimeAdded: null });
  return { ...error, body: `${error.body}: taints must be unique by key and effect pair` };
}

export function validateNodeUpdate(node: Node, old: Node): FieldError[] {
  const errors: FieldError[] = [];
  const { podCIDRs: cidrs = [], providerID = '' } = old.spec ?? {};
  if (cidrs.length > 0 && !equalJson(node.spec?.podCIDRs ?? [], cidrs)) {
    errors.push(forbidden('spec.podCIDRs', 'node updates may not change podCIDR except from "" to valid'));
  }
  if (providerID !== '' && node.spec?.providerID !== providerID) {
    errors.push(forbidden('spec.providerID', 'node updates may not change providerID except from "" to valid'));
  }
  const addresses = node.status?.addresses ?? [];
  addresses.forEach((address, index) => {
    if (addresses.findIndex((other) => equalJson(other, address)) < index) {
      errors.push(duplicate(`status.addresses[${index}]`, address));
    }
  });
  return errors;
}
