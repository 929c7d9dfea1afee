import { isPodTerminal, type Pod } from '../../../../lib/kubernetes/pod';
import type { PodRef } from '../../kubelet/nodeAgent';
import { StatusError } from '../../status';

/**
 * The container a stream is for: the one named, or the only one (k8s.io/kubernetes/pkg/registry/core/pod/strategy.go).
 * Throws 400 in upstream's words.
 */
export function containerOf(pod: Pod, asked: string | null): string {
  const { initContainers = [], containers, ephemeralContainers = [] } = pod.spec;
  const name = pod.metadata.name ?? '';
  if (asked) {
    if ([...containers, ...initContainers, ...ephemeralContainers].some((c) => c.name === asked)) return asked;
    throw badRequest(`container ${asked} is not valid for pod ${name}`);
  }
  const only = containers[0];
  if (containers.length === 1 && only) return only.name;
  const names = (list: { name: string }[]) => `[${list.map((c) => c.name).join(' ')}]`;
  const init = initContainers.length > 0 ? ` or one of the init containers: ${names(initContainers)}` : '';
  throw badRequest(`a container name must be specified for pod ${name}, choose one of: ${names(containers)}${init}`);
}

/** The pod as its node knows it. Throws 400 while it has no node. */
export function onNode(pod: Pod): PodRef {
  const { name = '', namespace = '', uid = '' } = pod.metadata;
  if (!pod.spec.nodeName) throw badRequest(`pod ${name} does not have a host assigned`);
  return { name, namespace, uid };
}

/** exec and attach need containers that still run. */
export function notOver(pod: Pod): void {
  if (!isPodTerminal(pod)) return;
  throw new StatusError(
    500,
    'InternalError',
    `cannot exec into a container in a completed pod; current phase is ${pod.status.phase}`,
  );
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}
