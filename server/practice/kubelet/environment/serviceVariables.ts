import { isHeadless, type Service } from '../../../../lib/kubernetes/network';

/**
 * The variables by which a container finds the Services that existed when it started (pkg/kubelet/envvars). Services
 * without a cluster IP have none.
 */
export function serviceVariables(services: readonly Service[]): [string, string][] {
  return services.filter(hasAddress).flatMap(knownVariables);
}

/** Every container of a namespace holds these, so all of them hold the same. */
const known = new WeakMap<Service, [string, string][]>();

function knownVariables(service: Service): [string, string][] {
  const variables = known.get(service) ?? variablesOf(service);
  known.set(service, variables);
  return variables;
}

/** The Services a pod's containers hear of: those of its namespace, and `kubernetes` of `default` in any case. */
export function visibleServices(all: readonly Service[], namespace: string, links: boolean): Service[] {
  const byName = new Map<string, Service>();
  const isMaster = (s: Service) => s.metadata.namespace === 'default' && s.metadata.name === 'kubernetes';
  for (const service of all.filter(isMaster)) byName.set('kubernetes', service);
  if (links) for (const s of all) if (s.metadata.namespace === namespace) byName.set(s.metadata.name ?? '', s);
  return [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? []);
}

function hasAddress(service: Service): boolean {
  return service.spec.clusterIP !== undefined && service.spec.clusterIP !== '' && !isHeadless(service);
}

function variablesOf(service: Service): [string, string][] {
  const name = variableName(service.metadata.name ?? '');
  const ip = service.spec.clusterIP ?? '';
  const ports = service.spec.ports ?? [];
  const first = ports[0];
  if (!first) return [];
  const named = ports.flatMap((port): [string, string][] =>
    port.name ? [[`${name}_SERVICE_PORT_${variableName(port.name)}`, String(port.port)]] : [],
  );
  const protocol = (port: { protocol?: string }) => port.protocol ?? 'TCP';
  const url = (port: { protocol?: string; port: number }) => `${protocol(port).toLowerCase()}://${ip}:${port.port}`;
  const links = ports.flatMap((port): [string, string][] => {
    const prefix = `${name}_PORT_${port.port}_${protocol(port)}`;
    return [
      [prefix, url(port)],
      [`${prefix}_PROTO`, protocol(port).toLowerCase()],
      [`${prefix}_PORT`, String(port.port)],
      [`${prefix}_ADDR`, ip],
    ];
  });
  return [
    [`${name}_SERVICE_HOST`, ip],
    [`${name}_SERVICE_PORT`, String(first.port)],
    ...named,
    [`${name}_PORT`, url(first)],
    ...links,
  ];
}

function variableName(name: string): string {
  return name.toUpperCase().replace(/[-.]/g, '_');
}
