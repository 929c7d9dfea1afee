import { isHeadless, type Service, type ServicePort } from '../../../../../lib/kubernetes/network';
import { duplicate, forbidden, invalid, notSupported, required, type FieldError } from '../../fieldError';
import { protocols } from './endpoints';
import { invalidEach, oneOf, portNumber, portReference, validateLabels } from './fields';
import { endpointAddressErrors, isIPv4, isIPv6, validateIp } from './ip';
import { validateDnsLabel, validateDnsSubdomain, validateQualifiedName } from './names';

/** validateService of pkg/apis/core/validation. Not checked: load-balancer classes and source ranges. */
export function validateService(service: Service): FieldError[] {
  const { spec } = service;
  return [
    ...typeErrors(service),
    ...portsErrors(spec.ports ?? []),
    ...validateLabels('spec.selector', spec.selector),
    ...affinityErrors(service),
    ...addressErrors(service),
    ...(spec.externalIPs ?? []).flatMap((ip, i) => externalIpErrors(`spec.externalIPs[${i}]`, ip)),
    ...oneOf('spec.type', spec.type, ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']),
    ...portUseErrors(service),
    ...policyErrors(service),
  ];
}

export function validateServiceUpdate(service: Service, old: Service): FieldError[] {
  const names = [service, old].map(({ spec }) => spec.type);
  if (names.includes('ExternalName') || (isHeadless(service) && isHeadless(old))) return [];
  const [now, before] = [service.spec.clusterIPs ?? [], old.spec.clusterIPs ?? []];
  const errors: FieldError[] = [];
  if (now.length === 0 && before.length > 0) {
    errors.push(invalid('spec.clusterIPs[0]', now, 'primary clusterIP can not be unset'));
  }
  before.forEach((ip, i) => {
    if (now[i] !== undefined && now[i] !== ip) {
      errors.push(invalid(`spec.clusterIPs[${i}]`, now, 'may not change once set'));
    }
  });
  if (isHeadless(service) || isHeadless(old)) return errors;
  const [families, had] = [service.spec.ipFamilies ?? [], old.spec.ipFamilies ?? []];
  const isChanged = had.some((family, i) => families[i] !== undefined && families[i] !== family);
  return isChanged ? [...errors, invalid('spec.ipFamilies[0]', families, 'may not change once set')] : errors;
}

function externalIpErrors(field: string, ip: string): FieldError[] {
  const malformed = validateIp(field, ip);
  return malformed.length > 0 ? malformed : endpointAddressErrors(field, ip);
}

function typeErrors(service: Service): FieldError[] {
  const { spec } = service;
  const errors: FieldError[] = [];
  if (!spec.ports?.length && !isHeadless(service) && spec.type !== 'ExternalName') errors.push(required('spec.ports'));
  if (isHeadless(service) && (spec.type === 'LoadBalancer' || spec.type === 'NodePort')) {
    errors.push(invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${spec.type} services`));
  }
  if (spec.type !== 'ExternalName') return errors;
  const why = 'may not be set for ExternalName services';
  if (spec.clusterIPs?.length || spec.clusterIP) errors.push(forbidden('spec.clusterIPs', why));
  if (spec.ipFamilies?.length) errors.push(forbidden('spec.ipFamilies', why));
  if (spec.ipFamilyPolicy) errors.push(forbidden('spec.ipFamilyPolicy', why));
  const target = (spec.externalName ?? '').replace(/\.$/, '');
  if (target === '') return [...errors, required('spec.externalName')];
  return [...errors, ...invalidEach('spec.externalName', target, validateDnsSubdomain(target))];
}

function portsErrors(ports: ServicePort[]): FieldError[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const at = `spec.ports[${index}]`;
    const { name = '', appProtocol } = port;
    const isTaken = name !== '' && names.has(name);
    names.add(name);
    return [
      ...(name === '' && ports.length > 1 ? [required(`${at}.name`)] : []),
      ...(name === '' ? [] : invalidEach(`${at}.name`, name, validateDnsLabel(name))),
      ...(isTaken ? [duplicate(`${at}.name`, name)] : []),
      ...portNumber(`${at}.port`, port.port),
      ...oneOf(`${at}.protocol`, port.protocol, protocols),
      ...portReference(`${at}.targetPort`, port.targetPort),
      ...(appProtocol === undefined
        ? []
        : invalidEach(`${at}.appProtocol`, appProtocol, validateQualifiedName(appProtocol))),
    ];
  });
}

function portUseErrors({ spec }: Service): FieldError[] {
  const errors: FieldError[] = [];
  const [ports, nodePorts] = [new Set<string>(), new Set<string>()];
  (spec.ports ?? []).forEach(({ protocol = 'TCP', nodePort }, index) => {
    const at = `spec.ports[${index}]`;
    if (nodePort && spec.type === 'ClusterIP') {
      errors.push(forbidden(`${at}.nodePort`, "may not be used when `type` is 'ClusterIP'"));
    }
    if (nodePort && nodePorts.has(`${protocol}/${nodePort}`)) errors.push(duplicate(`${at}.nodePort`, nodePort));
    nodePorts.add(`${protocol}/${nodePort}`);
  });
  (spec.ports ?? []).forEach(({ protocol = 'TCP', port }, index) => {
    const shown = { Name: '', Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0 };
    if (ports.has(`${protocol}/${port}`)) errors.push(duplicate(`spec.ports[${index}]`, shown));
    ports.add(`${protocol}/${port}`);
  });
  return errors;
}

const longestAffinity = 86400;

function affinityErrors({ spec }: Service): FieldError[] {
  const errors = oneOf('spec.sessionAffinity', spec.sessionAffinity, ['ClientIP', 'None']);
  const timeout = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (timeout === undefined || (timeout > 0 && timeout <= longestAffinity)) return errors;
  const why = `must be greater than 0 and less than ${longestAffinity}`;
  return [...errors, invalid('spec.sessionAffinityConfig.clientIP.timeoutSeconds', timeout, why)];
}

/** ValidateServiceClusterIPsRelatedFields. */
function addressErrors({ spec }: Service): FieldError[] {
  if (spec.type === 'ExternalName') return [];
  const at = 'spec.clusterIPs';
  const ips = spec.clusterIPs ?? [];
  const errors: FieldError[] = [];
  if (spec.clusterIP && ips.length === 0) errors.push(required(at));
  else if (spec.clusterIP && ips[0] !== spec.clusterIP) {
    errors.push(invalid(at, ips, 'first value must match `clusterIP`'));
  } else if (!spec.clusterIP && ips.length > 0) {
    errors.push(invalid(at, ips, 'must be empty when `clusterIP` is not specified'));
  }
  errors.push(...familyErrors(spec.ipFamilies ?? [], spec.ipFamilyPolicy));
  if (ips[0] === 'None') {
    return ips.length > 1 ? [...errors, invalid(at, ips, "'None' must be the first and only value")] : errors;
  }
  ips.forEach((ip, i) => errors.push(...validateIp(`${at}[${i}]`, ip)));
  if (ips.length > 2) errors.push(invalid(at, ips, 'may only hold up to 2 values'));
  ips.forEach((ip, i) => {
    const family = spec.ipFamilies?.[i];
    const isOther = (family === 'IPv4' && isIPv6(ip)) || (family === 'IPv6' && isIPv4(ip));
    if (isOther)
      errors.push(invalid(`${at}[${i}]`, ip, `expected an ${family} value as indicated by \`ipFamilies[${i}]\``));
  });
  return errors;
}

function familyErrors(families: string[], policy: string | undefined): FieldError[] {
  const supported = ['IPv4', 'IPv6'];
  const policies = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];
  return [
    ...families.flatMap((family, i) => {
      if (!supported.includes(family)) return [notSupported(`spec.ipFamilies[${i}]`, family, supported)];
      return families.indexOf(family) < i ? [duplicate(`spec.ipFamilies[${i}]`, family)] : [];
    }),
    ...(policy !== undefined && !policies.includes(policy)
      ? [notSupported('spec.ipFamilyPolicy', policy, policies)]
      : []),
  ];
}

const policies = ['Cluster', 'Local'];

function policyErrors({ spec }: Service): FieldError[] {
  const { internalTrafficPolicy: inside, externalTrafficPolicy: outside } = spec;
  const isExternal =
    spec.type === 'NodePort' ||
    spec.type === 'LoadBalancer' ||
    (spec.type === 'ClusterIP' && !!spec.externalIPs?.length);
  const errors: FieldError[] = [];
  if (spec.loadBalancerClass !== undefined && spec.type !== 'LoadBalancer') {
    errors.push(forbidden('spec.loadBalancerClass', "may only be used when `type` is 'LoadBalancer'"));
  }
  if (outside && !isExternal) {
    const why = 'may only be set for externally-accessible services';
    errors.push(invalid('spec.externalTrafficPolicy', outside, why));
  } else if (outside && !policies.includes(outside)) {
    errors.push(notSupported('spec.externalTrafficPolicy', outside, policies));
  }
  if (inside !== undefined && !policies.includes(inside)) {
    errors.push(notSupported('spec.internalTrafficPolicy', inside, policies));
  }
  return errors;
}
