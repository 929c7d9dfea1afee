import type { Endpoint, EndpointAddress, Endpoints, EndpointSlice } from '../../../../../lib/kubernetes/network';
import { duplicate, invalid, notSupported, required, type FieldError } from '../../fieldError';
import { invalidEach, oneOf, portNumber } from './fields';
import { endpointAddressErrors, isIPv4, isIPv6, validateIp } from './ip';
import { validateDnsLabel, validateDnsSubdomain, validateQualifiedName } from './names';

export const protocols = ['SCTP', 'TCP', 'UDP'];

interface NamedPort {
  name?: string;
  port?: number;
  protocol?: string;
  appProtocol?: string;
}

/** validateEndpointSubsets of pkg/apis/core/validation. */
export function validateEndpoints(endpoints: Endpoints): FieldError[] {
  return (endpoints.subsets ?? []).flatMap((subset, index) => {
    const at = `subsets[${index}]`;
    const { addresses = [], notReadyAddresses = [], ports = [] } = subset;
    const isEmpty = addresses.length === 0 && notReadyAddresses.length === 0;
    return [
      ...(isEmpty ? [required(at, 'must specify `addresses` or `notReadyAddresses`')] : []),
      ...addresses.flatMap((address, i) => addressErrors(address, `${at}.addresses[${i}]`)),
      ...notReadyAddresses.flatMap((address, i) => addressErrors(address, `${at}.notReadyAddresses[${i}]`)),
      ...ports.flatMap((port, i) => portErrors(port, ports.length > 1, `${at}.ports[${i}]`)),
    ];
  });
}

function addressErrors({ ip, hostname, nodeName }: EndpointAddress, at: string): FieldError[] {
  return [
    ...validateIp(`${at}.ip`, ip),
    ...(hostname ? invalidEach(`${at}.hostname`, hostname, validateDnsLabel(hostname)) : []),
    ...(nodeName === undefined ? [] : invalidEach(`${at}.nodeName`, nodeName, validateDnsSubdomain(nodeName))),
    ...endpointAddressErrors(`${at}.ip`, ip),
  ];
}

function portErrors({ name, port, protocol, appProtocol }: NamedPort, needsName: boolean, at: string): FieldError[] {
  return [
    ...(needsName && !name ? [required(`${at}.name`)] : []),
    ...(name ? invalidEach(`${at}.name`, name, validateDnsLabel(name)) : []),
    ...portNumber(`${at}.port`, port),
    ...oneOf(`${at}.protocol`, protocol, protocols),
    ...(appProtocol === undefined
      ? []
      : invalidEach(`${at}.appProtocol`, appProtocol, validateQualifiedName(appProtocol))),
  ];
}

const addressTypes = ['FQDN', 'IPv4', 'IPv6'];

/** pkg/apis/discovery/validation. */
export function validateEndpointSlice(slice: EndpointSlice): FieldError[] {
  return [
    ...oneOf('addressType', slice.addressType, addressTypes),
    ...slicePortErrors(slice.ports ?? []),
    ...(slice.endpoints ?? []).flatMap((endpoint, i) => endpointErrors(endpoint, slice.addressType, `endpoints[${i}]`)),
  ];
}

export function validateEndpointSliceUpdate(slice: EndpointSlice, old: EndpointSlice): FieldError[] {
  if (slice.addressType === old.addressType) return [];
  return [invalid('addressType', slice.addressType, 'field is immutable')];
}

function slicePortErrors(ports: NamedPort[]): FieldError[] {
  const seen = new Set<string>();
  return ports.flatMap(({ name = '', protocol, appProtocol }, index) => {
    const at = `ports[${index}]`;
    const isTaken = seen.has(name);
    seen.add(name);
    return [
      ...(name ? invalidEach(`${at}.name`, name, validateDnsLabel(name)) : []),
      ...(isTaken ? [duplicate(`${at}.name`, name)] : []),
      ...(protocol !== undefined && !protocols.includes(protocol)
        ? [notSupported(`${at}.protocol`, protocol, protocols)]
        : []),
      ...(appProtocol === undefined
        ? []
        : invalidEach(`${at}.appProtocol`, appProtocol, validateQualifiedName(appProtocol))),
    ];
  });
}

function endpointErrors(endpoint: Endpoint, type: EndpointSlice['addressType'], at: string): FieldError[] {
  const { addresses = [], hostname, nodeName } = endpoint;
  return [
    ...(addresses.length === 0 ? [required(`${at}.addresses`, 'must contain at least 1 address')] : []),
    ...addresses.flatMap((address, i) => typedAddressErrors(address, type, `${at}.addresses`, i)),
    ...(nodeName === undefined ? [] : invalidEach(`${at}.nodeName`, nodeName, validateDnsSubdomain(nodeName))),
    ...(hostname === undefined ? [] : invalidEach(`${at}.hostname`, hostname, validateDnsLabel(hostname))),
  ];
}

function typedAddressErrors(ip: string, type: string, at: string, index: number): FieldError[] {
  if (type === 'FQDN') return invalidEach(`${at}[${index}]`, ip, validateDnsSubdomain(ip));
  const malformed = validateIp(`${at}[${index}]`, ip);
  if (malformed.length > 0) return malformed;
  const errors = endpointAddressErrors(`${at}[${index}]`, ip);
  const isOther = type === 'IPv4' ? isIPv6(ip) : isIPv4(ip);
  return isOther ? [invalid(at, ip, `must be an ${type} address`), ...errors] : errors;
}
