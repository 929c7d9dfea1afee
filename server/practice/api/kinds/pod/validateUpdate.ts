import type { Pod } from '../../../../../lib/kubernetes/pod';
import { forbidden, invalid, type FieldError } from '../../fieldError';
import { copyJson, equalJson } from '../../json';
import { specDifference } from '../validation/difference';

const allowed =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/** ValidatePodUpdate of pkg/apis/core/validation: a pod's spec is as good as fixed. */
export function validatePodUpdate(pod: Pod, old: Pod): FieldError[] {
  const errors: FieldError[] = [];
  for (const list of ['containers', 'initContainers'] as const) {
    const [now, before] = [pod.spec[list] ?? [], old.spec[list] ?? []];
    if (now.length !== before.length) {
      return [forbidden(`spec.${list}`, 'pod updates may not add or remove containers')];
    }
  }
  const { activeDeadlineSeconds: deadline = 0 } = pod.spec;
  if (deadline > (old.spec.activeDeadlineSeconds ?? Infinity))
    return [invalid('spec.activeDeadlineSeconds', deadline, 'must be less than or equal to previous value')];
  errors.push(...deadlineErrors(pod, old), ...tolerationErrors(pod, old), ...gateErrors(pod, old));
  const [now, before] = [copyJson(pod.spec), copyJson(old.spec)];
  for (const list of ['containers', 'initContainers'] as const) {
    now[list]?.forEach((container, index) => (container.image = before[list]?.[index]?.image));
  }
  now.activeDeadlineSeconds = before.activeDeadlineSeconds;
  now.tolerations = before.tolerations;
  now.schedulingGates = before.schedulingGates;
  if ((before.terminationGracePeriodSeconds ?? 0) < 0 && now.terminationGracePeriodSeconds === 1) {
    now.terminationGracePeriodSeconds = before.terminationGracePeriodSeconds;
  }
  // While it is held back from scheduling, a pod may still be told where it may go.
  if (old.spec.schedulingGates?.length) {
    now.nodeSelector = before.nodeSelector;
    now.affinity = before.affinity;
  }
  return equalJson(now, before) ? errors : [...errors, forbidden('spec', `${allowed}\n${specDifference(before, now)}`)];
}

/** Scheduling is the binding's, and a phase that has ended does not begin again. */
export function validatePodStatusUpdate(pod: Pod, old: Pod): FieldError[] {
  const errors: FieldError[] = [];
  if (pod.spec.nodeName !== old.spec.nodeName) {
    errors.push(forbidden('status.nodeName', 'may not be changed directly'));
  }
  return [...errors, ...restartErrors(pod, old)];
}

/** ValidateContainerStateTransition: a container that may not be restarted cannot leave `terminated`. */
function restartErrors(pod: Pod, old: Pod): FieldError[] {
  if (old.spec.restartPolicy === 'Always') return [];
  return (old.status.containerStatuses ?? []).flatMap((before, index) => {
    const ended = before.state?.terminated;
    if (!ended || (ended.exitCode !== 0 && old.spec.restartPolicy === 'OnFailure')) return [];
    const now = pod.status.containerStatuses?.find((status) => status.name === before.name);
    if (!now || now.state?.terminated) return [];
    return [forbidden(`status.containerStatuses[${index}].state`, 'may not be transitioned to non-terminated state')];
  });
}

function deadlineErrors(pod: Pod, old: Pod): FieldError[] {
  const isTakenAway = pod.spec.activeDeadlineSeconds === undefined && old.spec.activeDeadlineSeconds !== undefined;
  const why = 'must not update from a positive integer to nil value';
  return isTakenAway ? [invalid('spec.activeDeadlineSeconds', null, why)] : [];
}

function tolerationErrors(pod: Pod, old: Pod): FieldError[] {
  const without = (t: object) => ({ ...t, tolerationSeconds: undefined });
  const isKept = (old.spec.tolerations ?? []).every((before) =>
    (pod.spec.tolerations ?? []).some((now) => equalJson(without(now), without(before))),
  );
  return isKept
    ? []
    : [forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds')];
}

function gateErrors(pod: Pod, old: Pod): FieldError[] {
  const before = new Set((old.spec.schedulingGates ?? []).map((gate) => gate.name));
  const added = (pod.spec.schedulingGates ?? []).filter((gate) => !before.has(gate.name)).map((gate) => gate.name);
  if (added.length === 0) return [];
  return [
    forbidden('spec.schedulingGates', `only deletion is allowed, but found new scheduling gates '${added.join(',')}'`),
  ];
}
