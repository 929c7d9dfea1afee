import type { Service } from '../../../../lib/kubernetes/network';
import { podCondition, type Pod } from '../../../../lib/kubernetes/pod';

/**
 * When what a Service's endpoints show last changed, for the annotation that latency is measured by
 * (k8s.io/endpointslice/util TriggerTimeTracker): the earliest readiness change not yet told of.
 */
export class TriggerTimes {
  private readonly services = new Map<string, { service: string; pods: Map<string, string> }>();

  /** The time to write, or undefined when nothing new was seen. */
  observe(key: string, service: Service, pods: readonly Pod[]): string | undefined {
    const known = this.services.get(key);
    const created = service.metadata.creationTimestamp ?? '';
    const seen = new Map(
      pods.flatMap((pod) => {
        const at = podCondition(pod, 'Ready')?.lastTransitionTime;
        return at ? [[pod.metadata.name ?? '', at] as const] : [];
      }),
    );
    this.services.set(key, { service: created, pods: seen });
    if (!known) return created || undefined;
    const changed = [...seen].filter(([name, at]) => at > (known.pods.get(name) ?? '')).map(([, at]) => at);
    if (created > known.service) changed.push(created);
    return changed.sort()[0];
  }

  forget(key: string): void {
    this.services.delete(key);
  }
}

/** The annotations with the time set, or taken away when there is none. */
export function withTriggerTime(
  annotations: Record<string, string> | undefined,
  name: string,
  time: string | undefined,
): Record<string, string> | undefined {
  const { [name]: _, ...rest } = annotations ?? {};
  const next = time ? { ...rest, [name]: time } : rest;
  return Object.keys(next).length > 0 ? next : undefined;
}
