import type { ApiClient } from '../../client';
import type { PodRef } from '../../kubelet/nodeAgent';
import { StatusError } from '../../status';

/**
 * One ready endpoint behind a Service's port, for the API's service proxy (k8s.io/kubernetes/pkg/registry/core/service/storage
 * ResourceLocation). The port is a name, a number, or empty when there is only one.
 * Throws 503 in upstream's words when nothing is ready.
 */
export async function serviceBackend(
  client: ApiClient,
  namespace: string,
  name: string,
  port: string,
): Promise<{ pod: PodRef; address: string; port: number }> {
  const service = await client.get('services', name, namespace);
  const ports = service.spec.ports ?? [];
  const chosen =
    port === '' && ports.length === 1 ? ports[0] : ports.find((p) => p.name === port || String(p.port) === port);
  if (!chosen) {
    throw new StatusError(
      503,
      'ServiceUnavailable',
      `no service port ${JSON.stringify(port)} found for service ${JSON.stringify(name)}`,
    );
  }
  const endpoints = await client.get('endpoints', name, namespace);
  for (const subset of endpoints.subsets ?? []) {
    const target = subset.ports?.find((p) => (p.name ?? '') === (chosen.name ?? ''));
    const address = subset.addresses?.find((a) => a.targetRef?.kind === 'Pod');
    if (!target || !address?.targetRef) continue;
    const { name: pod = '', uid = '' } = address.targetRef;
    return { pod: { namespace, name: pod, uid }, address: address.ip, port: target.port };
  }
  throw new StatusError(503, 'ServiceUnavailable', `no endpoints available for service ${JSON.stringify(name)}`);
}
