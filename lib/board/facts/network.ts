import { isHeadless, type EndpointSlice, type Service } from '../../kubernetes/network';
import type { EndpointView } from '../model';
import type { ServiceFacts, SliceFacts } from './facts';
import { identityOf } from './identity';

export function serviceFacts(service: Service): ServiceFacts {
  const { spec } = service;
  return {
    ...identityOf(service),
    view: {
      name: service.metadata.name ?? '',
      headless: isHeadless(service),
      publishNotReady: spec.publishNotReadyAddresses === true,
      clusterIP: spec.clusterIP ?? '',
      ports: (spec.ports ?? []).map((port) => ({
        name: port.name ?? '',
        port: port.port,
        protocol: port.protocol ?? 'TCP',
      })),
      selector: spec.selector ?? {},
    },
  };
}

export function sliceFacts(slice: EndpointSlice): SliceFacts {
  const ready: EndpointView[] = [];
  const notReady: EndpointView[] = [];
  for (const endpoint of slice.endpoints ?? []) {
    // An absent condition counts as ready (discovery/v1 EndpointConditions).
    const list = endpoint.conditions?.ready === false ? notReady : ready;
    const pod = endpoint.targetRef?.kind === 'Pod' ? (endpoint.targetRef.name ?? '') : '';
    for (const ip of endpoint.addresses) list.push({ ip, hostname: endpoint.hostname ?? '', pod });
  }
  const service = slice.metadata.labels?.['kubernetes.io/service-name'] ?? '';
  const ports = (slice.ports ?? []).map(({ name, port, protocol }) => ({
    name: name ?? '',
    port: port ?? 0,
    protocol: protocol ?? 'TCP',
  }));
  return { ...identityOf(slice), service, ready, notReady, ports };
}
