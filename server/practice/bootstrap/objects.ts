import type { RoleBinding } from '../../../lib/kubernetes/access';
import type { Endpoints, EndpointSlice, Service } from '../../../lib/kubernetes/network';
import type { ObjectOf, ResourceName } from '../../../lib/kubernetes/resources';
import type { StorageClass } from '../../../lib/kubernetes/storage';
import type { Deployment } from '../../../lib/kubernetes/workloads';
import { bootstrapClusterRoleBindings, bootstrapClusterRoles } from '../api/access/bootstrapRoles';
import type { ApiClient, Draft } from '../client';
import { isNotFound } from '../status';

export const clusterDomain = 'cluster.local';
export const kubernetesServiceIp = '10.96.0.1';
/**
 * Where the API server is to pods. The address it listens on for everybody else is a loopback one, which no endpoint may have.
 */
export const apiServer = { address: '192.168.49.1', port: 6443 };
export const clusterDnsIp = '10.96.0.10';
export const studentNamespace = 'student';

const systemNamespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/**
 * What a cluster has before anyone uses it. Made when missing, never changed: what a user changed or (the default class)
 * deleted while the cluster ran stays so, except for what the cluster itself cannot do without.
 */
export async function bootstrapObjects(client: ApiClient): Promise<void> {
  for (const name of systemNamespaces) await ensure(client, 'namespaces', { metadata: { name } });
  for (const role of bootstrapClusterRoles) await ensure(client, 'clusterroles', role);
  for (const binding of bootstrapClusterRoleBindings) await ensure(client, 'clusterrolebindings', binding);
  await ensure(client, 'services', kubernetesService);
  await ensure(client, 'endpoints', kubernetesEndpoints);
  await ensure(client, 'endpointslices', kubernetesSlice);
  await ensure(client, 'services', dnsService);
  await ensure(client, 'deployments', dnsDeployment);
}

/** What only a new cluster gets: a user may take these away for good. */
export async function firstObjects(client: ApiClient): Promise<void> {
  await ensure(client, 'storageclasses', standardClass);
  await ensure(client, 'namespaces', { metadata: { name: studentNamespace } });
  await ensure(client, 'rolebindings', studentBinding);
}

async function ensure<R extends ResourceName>(
  client: ApiClient,
  resource: R,
  object: Draft<ObjectOf[R]>,
): Promise<void> {
  const { name = '', namespace } = object.metadata;
  // Asked first: to create what is there fails in its own way where an address is asked for that it has itself taken.
  const known = await client.get(resource, name, namespace).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
  });
  if (!known) await client.create(resource, object, namespace);
}

const standardClass: StorageClass = {
  metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'k8s.io/minikube-hostpath',
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'Immediate',
};

const kubernetesService: Draft<Service> = {
  metadata: {
    name: 'kubernetes',
    namespace: 'default',
    labels: { component: 'apiserver', provider: 'kubernetes' },
  },
  spec: {
    clusterIP: kubernetesServiceIp,
    ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
    type: 'ClusterIP',
  },
};

const kubernetesEndpoints: Endpoints = {
  metadata: { name: 'kubernetes', namespace: 'default', labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
  subsets: [
    { addresses: [{ ip: apiServer.address }], ports: [{ name: 'https', port: apiServer.port, protocol: 'TCP' }] },
  ],
};

const kubernetesSlice: EndpointSlice = {
  metadata: { name: 'kubernetes', namespace: 'default', labels: { 'kubernetes.io/service-name': 'kubernetes' } },
  addressType: 'IPv4',
  endpoints: [{ addresses: [apiServer.address], conditions: { ready: true } }],
  ports: [{ name: 'https', port: apiServer.port, protocol: 'TCP' }],
};

const dnsLabels = { 'k8s-app': 'kube-dns' };

const dnsService: Draft<Service> = {
  metadata: {
    name: 'kube-dns',
    namespace: 'kube-system',
    labels: { ...dnsLabels, 'kubernetes.io/cluster-service': 'true', 'kubernetes.io/name': 'CoreDNS' },
  },
  spec: {
    clusterIP: clusterDnsIp,
    selector: dnsLabels,
    ports: [
      { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
      { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
      { name: 'metrics', port: 9153, protocol: 'TCP', targetPort: 9153 },
    ],
  },
};

/** The cluster's DNS server. One pod is enough here, where kubeadm starts two. */
const dnsDeployment: Draft<Deployment> = {
  metadata: { name: 'coredns', namespace: 'kube-system', labels: dnsLabels },
  spec: {
    replicas: 1,
    selector: { matchLabels: dnsLabels },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
    template: {
      metadata: { labels: dnsLabels },
      spec: {
        priorityClassName: '',
        containers: [
          {
            name: 'coredns',
            image: 'registry.k8s.io/coredns/coredns:v1.13.1',
            args: ['-conf', '/etc/coredns/Corefile'],
            ports: [
              { name: 'dns', containerPort: 53, protocol: 'UDP' },
              { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' },
              { name: 'metrics', containerPort: 9153, protocol: 'TCP' },
            ],
            livenessProbe: { httpGet: { path: '/health', port: 8080 }, initialDelaySeconds: 60, failureThreshold: 5 },
            readinessProbe: { httpGet: { path: '/ready', port: 8181 }, periodSeconds: 1 },
          },
        ],
        dnsPolicy: 'Default',
        terminationGracePeriodSeconds: 1,
        tolerations: [{ operator: 'Exists' }],
      },
    },
  },
};

export const studentBinding: Draft<RoleBinding> = {
  metadata: { name: 'student', namespace: studentNamespace },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'admin' },
  subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'student' }],
};
