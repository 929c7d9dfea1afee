import type { Container } from '../../../../lib/kubernetes/pod';
import { quantityValue } from '../../../../lib/kubernetes/quantity';

/**
 * The value behind a downward API `resourceFieldRef`, in units of the divisor and rounded up
 * (pkg/api/v1/resource ExtractResourceValue). A missing limit is what the node can give.
 */
export function resourceFieldValue(
  container: Container,
  resource: string,
  divisor: string | undefined,
  allocatable: Record<string, string>,
): string {
  const [kind = '', ...rest] = resource.split('.');
  const name = rest.join('.');
  const set = kind === 'limits' ? container.resources?.limits : container.resources?.requests;
  const fallback = kind === 'limits' ? allocatable[name] : '0';
  const unit = quantityValue(divisor === undefined || divisor === '0' ? '1' : divisor) || 1;
  return String(Math.ceil(Number((quantityValue(set?.[name] ?? fallback) / unit).toFixed(9))));
}
