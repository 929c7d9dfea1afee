import type { Container, Pod } from '../../../../lib/kubernetes/pod';
import type { LimitRange } from '../../../../lib/kubernetes/quota';

const annotation = 'kubernetes.io/limit-ranger';

/**
 * Gives containers the limits and requests that they do not name and a LimitRange of their namespace has for them, and says so in
 * an annotation (PodMutateLimitFunc of plugin/pkg/admission/limitranger). Mutates the draft. Of two ranges the first by name wins, where
 * upstream takes them in no order.
 */
export function giveDefaultResources(pod: Pod, ranges: LimitRange[]): void {
  for (const { spec } of ranges) {
    const items = (spec.limits ?? []).filter(({ type }) => type === 'Container');
    const limits: Resources = Object.assign({}, ...items.map((item) => item.default));
    const requests: Resources = Object.assign({}, ...items.map((item) => item.defaultRequest));
    const given = [
      ...pod.spec.containers.flatMap((container) => give(container, 'container', limits, requests)),
      ...(pod.spec.initContainers ?? []).flatMap((container) => give(container, 'init container', limits, requests)),
    ];
    if (given.length === 0) continue;
    pod.metadata.annotations = {
      ...pod.metadata.annotations,
      [annotation]: `LimitRanger plugin set: ${given.join('; ')}`,
    };
  }
}

type Resources = Record<string, string>;

/** `cpu, memory request for container web`, for each list that something was added to. */
function give(container: Container, as: string, limits: Resources, requests: Resources): string[] {
  const resources = (container.resources ??= {});
  const missing = (list: 'limits' | 'requests', defaults: Resources) =>
    Object.keys(defaults).filter((name) => resources[list]?.[name] === undefined);
  const [newRequests, newLimits] = [missing('requests', requests), missing('limits', limits)];
  if (newLimits.length > 0) resources.limits = { ...limits, ...resources.limits };
  if (newRequests.length > 0) resources.requests = { ...requests, ...resources.requests };
  return [
    ...(newRequests.length > 0 ? [`${newRequests.sort().join(', ')} request for ${as} ${container.name}`] : []),
    ...(newLimits.length > 0 ? [`${newLimits.sort().join(', ')} limit for ${as} ${container.name}`] : []),
  ];
}
