import type { EndpointSlice } from '../../../lib/kubernetes/network';
import type { Protocol } from './serviceRouting';

export interface Target {
  ip: string;
  port: number;
}

/** Where connections to one port of a Service go. `nowhereHere`: there are endpoints, but none on the node they must stay on. */
export type Targets = Target[] | 'nowhereHere';

/**
 * Ready endpoints; when there are none, those that end but still serve (pkg/proxy/topology.go CategorizeEndpoints). With `onNode` only
 * those of one node count: a traffic policy `Local`.
 */
export function targetsOf(
  slices: EndpointSlice[],
  portName: string,
  protocol: Protocol,
  onNode?: string | null,
): Targets {
  const all = slices.flatMap((slice) => usable(slice, portName, protocol));
  const there = onNode === undefined ? all : all.filter(({ nodeName }) => nodeName === onNode);
  if (there.length === 0 && all.length > 0) return 'nowhereHere';
  const ready = there.filter(({ isReady }) => isReady);
  return (ready.length > 0 ? ready : there).map(({ ip, port }) => ({ ip, port }));
}

function usable(slice: EndpointSlice, portName: string, protocol: Protocol) {
  const port = (slice.ports ?? []).find((p) => (p.name ?? '') === portName && (p.protocol ?? 'TCP') === protocol)?.port;
  if (port === undefined) return [];
  return (slice.endpoints ?? []).flatMap(({ addresses, conditions = {}, nodeName }) => {
    const [ip] = addresses;
    const isReady = conditions.ready !== false;
    const isLeaving = conditions.serving === true && conditions.terminating === true;
    return ip !== undefined && (isReady || isLeaving) ? [{ ip, port, isReady, nodeName }] : [];
  });
}
