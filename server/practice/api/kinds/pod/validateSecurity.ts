import type { Container, PodSpec } from '../../../../../lib/kubernetes/pod';
import { invalid, type FieldError } from '../../fieldError';
import { between } from '../validation/names';

const largestId = 2 ** 31 - 1;

/** ValidatePodSpecSecurityContext: whose rights the processes have. Only ids are checked; nothing here enforces more. */
export function podSecurityErrors({ securityContext: context = {} }: PodSpec, at: string): FieldError[] {
  const field = `${at}.securityContext`;
  return [
    ...idErrors(`${field}.fsGroup`, context.fsGroup),
    ...idErrors(`${field}.runAsUser`, context.runAsUser),
    ...idErrors(`${field}.runAsGroup`, context.runAsGroup),
    ...(context.supplementalGroups ?? []).flatMap((id, i) => idErrors(`${field}.supplementalGroups[${i}]`, id)),
  ];
}

/** ValidateSecurityContext of a container. */
export function containerSecurityErrors({ securityContext: context = {} }: Container, at: string): FieldError[] {
  const field = `${at}.securityContext`;
  const errors = [
    ...idErrors(`${field}.runAsUser`, context.runAsUser),
    ...idErrors(`${field}.runAsGroup`, context.runAsGroup),
  ];
  if (context.allowPrivilegeEscalation !== false || !context.privileged) return errors;
  const why = 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true';
  return [...errors, invalid(field, context, why)];
}

function idErrors(field: string, id: number | undefined): FieldError[] {
  return id === undefined || (id >= 0 && id <= largestId) ? [] : [invalid(field, id, between(0, largestId))];
}
