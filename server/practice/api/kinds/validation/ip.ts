import { isIPv4, isIPv6 } from 'node:net';
import { invalid, type FieldError } from '../../fieldError';

export { isIPv4, isIPv6 };

const notAnAddress = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';

export function validateIp(field: string, ip: string): FieldError[] {
  return isIPv4(ip) || isIPv6(ip) ? [] : [invalid(field, ip, notAnAddress)];
}

/** Addresses that traffic may be sent to (ValidateEndpointIP of pkg/apis/core/validation). */
export function endpointAddressErrors(field: string, ip: string): FieldError[] {
  if (!isIPv4(ip) && !isIPv6(ip)) return [invalid(field, ip, 'must be a valid IP address')];
  if (ip === '0.0.0.0' || ip === '::') return [invalid(field, ip, `may not be unspecified (${ip})`)];
  if (ip.startsWith('127.') || ip === '::1') {
    return [invalid(field, ip, 'may not be in the loopback range (127.0.0.0/8, ::1/128)')];
  }
  if (ip.startsWith('169.254.') || /^fe[89ab]/i.test(ip)) {
    return [invalid(field, ip, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)')];
  }
  if (ip.startsWith('224.0.0.') || /^ff02:/i.test(ip)) {
    return [invalid(field, ip, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)')];
  }
  return [];
}
