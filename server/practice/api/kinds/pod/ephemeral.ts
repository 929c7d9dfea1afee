import type { Container, Pod } from '../../../../../lib/kubernetes/pod';
import { forbidden, type FieldError } from '../../fieldError';
import { equalJson } from '../../json';
import type { Part } from '../kind';
import { specDifference } from '../validation/difference';
import { ephemeralContainerErrors } from './validateContainers';
import { validatePod } from './validation';

const field = 'spec.ephemeralContainers';

/**
 * `pods/ephemeralcontainers`, by which `kubectl debug` looks into a pod (podEphemeralContainersStrategy of pkg/registry/core/pod,
 * ValidatePodEphemeralContainersUpdate): containers are added, and stay as they are.
 */
export const ephemeralPart: Part<Pod> = {
  prepare(draft, old) {
    const { ephemeralContainers } = draft.spec;
    draft.spec = { ...old.spec, ...(ephemeralContainers ? { ephemeralContainers } : {}) };
    if (!ephemeralContainers) delete draft.spec.ephemeralContainers;
    draft.status = old.status;
    const { labels, annotations, finalizers, ownerReferences } = old.metadata;
    Object.assign(draft.metadata, { labels, annotations, finalizers, ownerReferences });
  },
  validate: (pod, old) => [
    ...validatePod(pod),
    ...ephemeralContainerErrors(pod.spec, field),
    ...keptErrors(pod.spec.ephemeralContainers ?? [], old.spec.ephemeralContainers ?? []),
  ],
};

/** ValidatePodCreate: a pod begins without them. */
export function ephemeralAtCreateErrors({ spec }: Pod): FieldError[] {
  return (spec.ephemeralContainers ?? []).length > 0 ? [forbidden(field, 'cannot be set on create')] : [];
}

function keptErrors(now: Container[], before: Container[]): FieldError[] {
  return before.flatMap((old) => {
    const kept = now.find(({ name }) => name === old.name);
    const which = `existing ephemeral containers "${old.name}" may not be`;
    if (!kept) return [forbidden(field, `${which} removed\n`)];
    return equalJson(kept, old) ? [] : [forbidden(field, `${which} changed\n${specDifference(old, kept)}`)];
  });
}
