import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { resourcePath } from '../../lib/kubernetes/resources';
import type { KubernetesClient } from '../kubernetes/client';
import { ClusterError } from '../kubernetes/errors';
import { at, listAt, textAt } from '../kubernetes/json';
import { portForward } from '../kubernetes/portForward';

const namespace = 'kube-system';
const service = 'kube-dns';

/** A connection to the cluster's own DNS, from outside: through the API server to a ready pod behind `kube-system/kube-dns`. */
export async function connectThroughApi(client: KubernetesClient): Promise<Duplex> {
  const selector = `${resourcePath('endpointslices', namespace)}?labelSelector=kubernetes.io%2Fservice-name%3D${service}`;
  const slices = await client.get(selector);
  for (const slice of listAt(slices, 'items')) {
    const port = listAt(slice, 'ports').find(
      (candidate) => textAt(candidate, 'protocol') === 'TCP' && isDns(candidate),
    );
    const number = at(port, 'port');
    const endpoint = listAt(slice, 'endpoints').find((candidate) => at(candidate, 'conditions', 'ready') !== false);
    const pod = textAt(endpoint, 'targetRef', 'name');
    if (pod !== undefined && typeof number === 'number') return portForward(client.access, namespace, pod, number);
  }
  throw new ClusterError(
    'notFound',
    `No ready pod stands behind the Service ${namespace}/${service}.`,
    'NotFound',
    404,
  );
}

function isDns(port: unknown): boolean {
  return textAt(port, 'name')?.startsWith('dns') ?? true;
}

/** From inside the cluster: the Service's own address. */
export async function connectDirectly(client: KubernetesClient): Promise<Duplex> {
  const address = textAt(await client.get(resourcePath('services', namespace, service)), 'spec', 'clusterIP');
  if (address === undefined) throw new ClusterError('notFound', `The Service ${namespace}/${service} has no address.`);
  return new Promise((resolve, reject) => {
    const socket = connect(53, address);
    socket.setTimeout(5000, () => socket.destroy(new Error(`${address}:53 does not answer`)));
    socket.once('error', reject);
    socket.once('connect', () => resolve(socket));
  });
}
