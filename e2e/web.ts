import type { Ordinal } from './ordinal';

/** Before it stops, a pod waits one real second more than the pod before it. */
const inTurn = { preStop: { exec: { command: ['sh', '-c', 'sleep $((${HOSTNAME##*-} + 1))'] } } };

/** The objects of the nginx lab, for tests that make them from outside the page. `stops`: all at once, or in turn. */
export function webSet(name = 'web', replicas = 3, stops: 'atOnce' | 'inTurn' = 'atOnce') {
  const labels = { app: name };
  return {
    service: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'nginx', labels },
      spec: { clusterIP: 'None', selector: labels, ports: [{ port: 80, name: 'web' }] },
    },
    set: {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name },
      spec: {
        serviceName: 'nginx',
        replicas,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            terminationGracePeriodSeconds: stops === 'inTurn' ? replicas + 2 : 2,
            containers: [
              {
                name: 'nginx',
                image: 'k8s.gcr.io/nginx-slim:0.8',
                ports: [{ containerPort: 80, name: 'web' }],
                volumeMounts: [{ name: 'www', mountPath: '/usr/share/nginx/html' }],
                ...(stops === 'inTurn' ? { lifecycle: inTurn } : {}),
              },
            ],
          },
        },
        volumeClaimTemplates: [
          {
            metadata: { name: 'www' },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
          },
        ],
      },
    },
  };
}

export async function createNamespace(ordinal: Ordinal, name: string): Promise<void> {
  await ordinal.api('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
}

export async function createWeb(
  ordinal: Ordinal,
  namespace: string,
  name?: string,
  replicas?: number,
  stops?: 'atOnce' | 'inTurn',
): Promise<void> {
  const { service, set } = webSet(name, replicas, stops);
  await ordinal.api('POST', `/api/v1/namespaces/${namespace}/services`, service);
  await ordinal.api('POST', `/apis/apps/v1/namespaces/${namespace}/statefulsets`, set);
}

/** An nginx Deployment; with a claim, all its pods share that one. */
export function webDeployment(name = 'web-deploy', replicas = 3, claim?: string) {
  const labels = { app: name };
  const volumes = claim === undefined ? [] : [{ name: 'site', persistentVolumeClaim: { claimName: claim } }];
  const volumeMounts = claim === undefined ? [] : [{ name: 'site', mountPath: '/usr/share/nginx/html' }];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          terminationGracePeriodSeconds: 2,
          containers: [
            { name: 'nginx', image: 'k8s.gcr.io/nginx-slim:0.8', ports: [{ containerPort: 80 }], volumeMounts },
          ],
          volumes,
        },
      },
    },
  };
}

export async function createDeployment(
  ordinal: Ordinal,
  namespace: string,
  name?: string,
  replicas?: number,
  claim?: string,
) {
  const answer = await ordinal.api(
    'POST',
    `/apis/apps/v1/namespaces/${namespace}/deployments`,
    webDeployment(name, replicas, claim),
  );
  if (answer.code !== 201) throw new Error(`the Deployment was answered with ${answer.code}`);
}
