/** A set as the nginx lab has it, with its headless Service, for `kubectl create -f -`. */
export function setOf(name, replicas, podManagementPolicy = 'OrderedReady') {
  const labels = { app: name };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { clusterIP: 'None', selector: labels, ports: [{ port: 80, name: 'web' }] },
  };
  const container = {
    name: 'nginx',
    image: 'registry.k8s.io/nginx-slim:0.8',
    ports: [{ containerPort: 80, name: 'web' }],
    volumeMounts: [{ name: 'www', mountPath: '/usr/share/nginx/html' }],
  };
  const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  const set = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name },
    spec: {
      serviceName: name,
      replicas,
      podManagementPolicy,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
      volumeClaimTemplates: [{ metadata: { name: 'www' }, spec: claim }],
    },
  };
  return [service, set].map((object) => JSON.stringify(object)).join('\n');
}
