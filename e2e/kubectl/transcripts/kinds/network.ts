import type { Subject } from '../subject';

const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'one' } };
const ports = [{ name: 'http', port: 80, targetPort: 8080 }];
const endpoints = { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'one' } };
const slice = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: { name: 'one' } };

/** Addresses and names. Cluster IPs are given, so that columns are as wide on every cluster. */
export const network: readonly Subject[] = [
  {
    resource: 'services',
    object: { ...service, spec: { clusterIP: '10.96.0.77', selector: { app: 'one' }, ports } },
    changed: {
      ...service,
      spec: {
        clusterIP: '10.96.0.77',
        selector: { app: 'one' },
        sessionAffinity: 'ClientIP',
        ports: [...ports, { name: 'dns', port: 53, protocol: 'UDP' }],
      },
    },
    invalid: { ...service, spec: { clusterIP: 'None', ports: [{ port: 0 }, { port: 80, protocol: 'ICMP' }] } },
    patch: { spec: { publishNotReadyAddresses: true } },
    more: {
      create: [
        'kubectl create service clusterip two --tcp=80 --clusterip=None',
        'kubectl create svc externalname three --external-name=example.com',
      ],
      get: ['kubectl get svc two three -o wide'],
      describe: ['kubectl describe svc two three'],
      set: ['kubectl set selector svc one app=two', 'kubectl get svc one -o wide'],
      patch: [`kubectl patch svc one -p '{"spec":{"clusterIP":"10.96.0.78"}}'`],
      delete: ['kubectl delete svc two three'],
    },
    also: {
      expose: [
        'kubectl expose service one --name=four --port=81 --cluster-ip=10.96.0.79',
        'kubectl get service four -o wide',
        'kubectl expose service nobody --port=80',
        'kubectl delete service four',
      ],
    },
  },
  {
    resource: 'endpoints',
    object: { ...endpoints, subsets: [{ addresses: [{ ip: '192.0.2.1' }], ports: [{ name: 'http', port: 80 }] }] },
    changed: {
      ...endpoints,
      subsets: [
        {
          addresses: [{ ip: '192.0.2.1' }, { ip: '192.0.2.2', hostname: 'two' }],
          notReadyAddresses: [{ ip: '192.0.2.3' }],
          ports: [{ name: 'http', port: 80 }],
        },
      ],
    },
    invalid: { ...endpoints, subsets: [{ addresses: [{ ip: '127.0.0.1' }, { ip: 'here' }], ports: [{ port: 0 }] }] },
    more: { get: ['kubectl get ep one'] },
  },
  {
    resource: 'endpointslices',
    object: {
      ...slice,
      addressType: 'IPv4',
      endpoints: [{ addresses: ['192.0.2.1'] }],
      ports: [{ name: 'http', port: 80 }],
    },
    changed: {
      ...slice,
      metadata: { name: 'one', labels: { 'kubernetes.io/service-name': 'one' } },
      addressType: 'IPv4',
      endpoints: [
        { addresses: ['192.0.2.1'], conditions: { ready: true }, hostname: 'two', nodeName: 'node-1' },
        { addresses: ['192.0.2.2'], conditions: { ready: false } },
      ],
      ports: [{ name: 'http', port: 80 }],
    },
    invalid: { ...slice, addressType: 'IPv4', endpoints: [{ addresses: ['here'] }, {}], ports: [{ port: 70000 }] },
    patch: { ports: null },
  },
];
