import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { Namespace } from '../../../../lib/kubernetes/cluster';
import type { ApiClient } from '../../client';
import type { Clock } from '../../clock';
import { isAlreadyExists, isNotFound } from '../../status';
import { Controller, type ReconcileFailure } from '../runtime/controller';
import { isNamespaceTerminating } from '../runtime/errors';
import type { Informers } from '../runtime/informer';

export interface NamespaceContentOptions {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  /** The certificate authority that pods are to trust, in PEM. */
  rootCa: string;
  onError?: (failure: ReconcileFailure) => void;
}

const serviceAccountName = 'default';
const configMapName = 'kube-root-ca.crt';
const descriptionAnnotation = 'kubernetes.io/description';
const description =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the ' +
  'internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes ' +
  'clusters.';

/** Gives every namespace its ServiceAccount `default` (pkg/controller/serviceaccount). */
export function startServiceAccountController(options: NamespaceContentOptions): { stop(): Promise<void> } {
  const { client, informers } = options;
  const accounts = informers.for('serviceaccounts');
  return startPerNamespace(options, 'serviceaccount', 'serviceaccounts', serviceAccountName, async (namespace) => {
    if (accounts.get(serviceAccountName, namespace)) return;
    await client.create('serviceaccounts', { metadata: { name: serviceAccountName, namespace } }, namespace);
  });
}

/** Publishes the cluster's certificate authority into every namespace (pkg/controller/certificates/rootcacertpublisher). */
export function startRootCaPublisher(options: NamespaceContentOptions): { stop(): Promise<void> } {
  const { client, informers, rootCa } = options;
  const configMaps = informers.for('configmaps');
  return startPerNamespace(options, 'root-ca-cert-publisher', 'configmaps', configMapName, async (namespace) => {
    const known = configMaps.get(configMapName, namespace);
    const data = { 'ca.crt': rootCa };
    if (!known) {
      const metadata = { name: configMapName, namespace, annotations: { [descriptionAnnotation]: description } };
      await client.create('configmaps', { metadata, data }, namespace);
      return;
    }
    const isWhole = Object.keys(known.data ?? {}).length === 1 && known.data?.['ca.crt'] === rootCa;
    if (isWhole && known.metadata.annotations?.[descriptionAnnotation]) return;
    const annotations = { ...known.metadata.annotations, [descriptionAnnotation]: description };
    await client.update('configmaps', { ...known, metadata: { ...known.metadata, annotations }, data });
  });
}

/** Runs `ensure` for each active namespace, and again whenever the object of that name there changes or goes. */
function startPerNamespace(
  options: NamespaceContentOptions,
  name: string,
  resource: 'serviceaccounts' | 'configmaps',
  objectName: string,
  ensure: (namespace: string) => Promise<void>,
): { stop(): Promise<void> } {
  const { informers } = options;
  const namespaces = informers.for('namespaces');
  const ready = informers.synced();
  const isActive = (n: Namespace) => n.status?.phase !== 'Terminating' && !n.metadata.deletionTimestamp;
  const reconcile = async (key: string) => {
    const namespace = namespaces.get(key);
    if (!namespace || !isActive(namespace)) return;
    try {
      await ensure(key);
    } catch (error) {
      if (!isAlreadyExists(error) && !isNotFound(error) && !isNamespaceTerminating(error)) throw error;
    }
  };
  const controller = new Controller({ ...options, name, reconcile, ready });
  const wake = ({ metadata }: KubernetesObject) => {
    if (metadata.name === objectName) controller.enqueue(metadata.namespace ?? '');
  };
  informers.for(resource).on({ modified: wake, deleted: wake });
  const wakeNamespace = ({ metadata }: Namespace) => controller.enqueue(metadata.name ?? '');
  namespaces.on({ added: wakeNamespace, modified: wakeNamespace });
  return { stop: () => controller.stop() };
}
