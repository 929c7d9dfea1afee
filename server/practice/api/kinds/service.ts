import type { Service, ServicePort } from '../../../../lib/kubernetes/network';
import { ageColumn, ageOf, fieldColumn, labelsText, nameColumn, nameOf, wide } from './columns';
import type { Kind } from './kind';
import { allocateForService, keepAllocated, releaseOfService } from './service/allocation';
import { serviceWarnings } from './service/warnings';
import { validateDnsLabel } from './validation/names';
import { validateService, validateServiceUpdate } from './validation/service';

const spec = 'k8s.io.api.core.v1.ServiceSpec';

export const serviceKind: Kind<Service> = {
  group: '',
  version: 'v1',
  kind: 'Service',
  plural: 'services',
  singular: 'service',
  shortNames: ['svc'],
  categories: ['all'],
  namespaced: true,
  message: 'k8s.io.api.core.v1.Service',
  columns: [
    nameColumn,
    fieldColumn('Type', spec, 'type'),
    fieldColumn('Cluster-IP', spec, 'clusterIP'),
    fieldColumn('External-IP', spec, 'externalIPs'),
    fieldColumn('Port(s)', spec, 'ports'),
    ageColumn,
    fieldColumn('Selector', spec, 'selector', wide),
  ],
  row: (service, at) => [
    nameOf(service),
    service.spec.type ?? '',
    service.spec.clusterIPs?.[0] ?? '<none>',
    externalText(service),
    portsText(service.spec.ports ?? []),
    ageOf(service, at),
    labelsText(service.spec.selector),
  ],
  defaults: defaultService,
  prepareCreate(draft, context) {
    draft.status = { loadBalancer: {} };
    allocateForService(draft, context);
  },
  prepareUpdate(draft, old, context) {
    draft.status = old.status;
    keepAllocated(draft, old);
    allocateForService(draft, context, old);
  },
  prepareStatus(draft, old) {
    draft.spec = old.spec;
  },
  released: releaseOfService,
  validateName: validateDnsLabel,
  validate: validateService,
  validateUpdate: (service, old) => [...validateServiceUpdate(service, old), ...validateService(service)],
  warnings: serviceWarnings,
  fieldSelectors: {
    'spec.clusterIP': (service) => service.spec.clusterIP ?? '',
    'spec.type': (service) => service.spec.type ?? '',
  },
  subresources: { status: true },
  createOnUpdate: true,
};

/** SetDefaults_Service (pkg/apis/core/v1/defaults.go). */
function defaultService(draft: Service): void {
  draft.spec ??= {};
  const { spec } = draft;
  spec.sessionAffinity ||= 'None';
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
  else if (spec.sessionAffinity === 'ClientIP') {
    const threeHours = 3 * 60 * 60;
    if (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds === undefined) {
      spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: threeHours } };
    }
  }
  spec.type ||= 'ClusterIP';
  for (const port of spec.ports ?? []) {
    port.protocol ||= 'TCP';
    port.targetPort ||= port.port;
  }
  const isExternal = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
  if (isExternal || (spec.type === 'ClusterIP' && spec.externalIPs?.length)) spec.externalTrafficPolicy ||= 'Cluster';
  if (isExternal || spec.type === 'ClusterIP') spec.internalTrafficPolicy ??= 'Cluster';
  if (spec.type === 'ExternalName') delete spec.internalTrafficPolicy;
  if (spec.type === 'LoadBalancer') spec.allocateLoadBalancerNodePorts ??= true;
  draft.status = { loadBalancer: {}, ...draft.status };
}

function externalText({ spec, status }: Service): string {
  const external = spec.externalIPs ?? [];
  switch (spec.type) {
    case 'ClusterIP':
    case 'NodePort':
      return external.length > 0 ? external.join(',') : '<none>';
    case 'LoadBalancer': {
      const given = (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || (hostname ?? ''));
      const balanced = [...new Set(given.filter(Boolean))].sort();
      return [...balanced, ...external].join(',') || '<pending>';
    }
    case 'ExternalName':
      return spec.externalName ?? '';
    default:
      return '<unknown>';
  }
}

function portsText(ports: ServicePort[]): string {
  const texts = ports.map(({ port, nodePort, protocol }) =>
    nodePort ? `${port}:${nodePort}/${protocol ?? ''}` : `${port}/${protocol ?? ''}`,
  );
  return texts.join(',') || '<none>';
}
