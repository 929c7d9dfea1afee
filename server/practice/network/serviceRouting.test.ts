import { describe, expect, it } from 'vitest';
import type { Service } from '../../../lib/kubernetes/network';
import { ManualClock, settle } from '../clock';
import { createInformers } from '../controllers/runtime/informer';
import { FakeApi } from '../controllers/testing/fakeApi';
import { seededIds } from '../ids';
import { createServiceRouting } from './serviceRouting';

const client = { ip: '10.244.1.9', nodeName: 'node-1' };
const web = (spec: Partial<Service['spec']>, labels: Record<string, string> = {}) => ({
  metadata: { name: 'web', namespace: 'default', labels },
  spec: { clusterIP: '10.96.0.7', ports: [{ port: 80, nodePort: 30_080, protocol: 'TCP' as const }], ...spec },
});
const there = { kind: 'endpoint', ip: '10.244.2.5', port: 8080 };

/** Two nodes; the Service `web` has one endpoint, on the second. */
async function routing(service = web({}), sliceLabels: Record<string, string> = {}) {
  const clock = new ManualClock();
  const ids = seededIds(1);
  const api = new FakeApi({ clock, ids });
  for (const [name, address] of [
    ['node-1', '172.18.0.2'],
    ['node-2', '172.18.0.3'],
  ] as const)
    await api.create('nodes', { metadata: { name }, status: { addresses: [{ type: 'InternalIP', address }] } });
  await api.create('services', service, 'default');
  const metadata = {
    name: 'web-1',
    namespace: 'default',
    labels: { 'kubernetes.io/service-name': 'web', ...sliceLabels },
  };
  const endpoints = [{ addresses: ['10.244.2.5'], nodeName: 'node-2', conditions: { ready: true } }];
  const ports = [{ port: 8080, protocol: 'TCP' }];
  await api.create('endpointslices', { metadata, addressType: 'IPv4', endpoints, ports }, 'default');
  const informers = createInformers(api);
  const services = createServiceRouting({ informers, ids, clock });
  await settle();
  return { api, services };
}

describe('a Service', () => {
  it.each([
    ['its cluster IP', '10.96.0.7', 80, there],
    ['another port of it', '10.96.0.7', 81, { kind: 'silent' }],
    ['its node port, on any node', '172.18.0.2', 30_080, there],
    ['its node port, in a pod of its own network', '127.0.0.1', 30_080, { kind: 'none' }],
    ['another port of a node', '172.18.0.2', 22, { kind: 'node' }],
    ['an address nobody has', '172.18.0.9', 30_080, { kind: 'none' }],
  ])('is reached by %s', async (_what, ip, port, route) => {
    const { services } = await routing();
    expect(services.route(ip, port, 'TCP', client)).toEqual(route);
  });

  it('is reached by a node port from a pod on the network of a node', async () => {
    const { services } = await routing();
    expect(services.route('127.0.0.1', 30_080, 'TCP', { ip: '172.18.0.2', nodeName: 'node-1' })).toEqual(there);
  });

  it('is reached by its external IPs', async () => {
    const { services } = await routing(web({ externalIPs: ['203.0.113.1'] }));
    expect(services.route('203.0.113.1', 80, 'TCP', client)).toEqual(there);
  });

  it('stays on the node where its policy says so', async () => {
    const { services } = await routing(web({ internalTrafficPolicy: 'Local', externalTrafficPolicy: 'Local' }));
    const routes = ['node-1', 'node-2'].map((nodeName) =>
      services.route('10.96.0.7', 80, 'TCP', { ...client, nodeName }),
    );
    expect(routes).toEqual([{ kind: 'silent' }, there]);
    expect(services.route('172.18.0.2', 30_080, 'TCP', client)).toEqual({ kind: 'silent' });
    expect(services.route('172.18.0.3', 30_080, 'TCP', client)).toEqual(there);
  });

  it.each(['service.kubernetes.io/service-proxy-name', 'service.kubernetes.io/headless'])(
    'with the label %s is left alone',
    async (label) => {
      const { services } = await routing(web({}, { [label]: '' }));
      expect(services.route('10.96.0.7', 80, 'TCP', client)).toEqual({ kind: 'none' });
    },
  );

  it('has no endpoints in a slice with such a label', async () => {
    const { services } = await routing(web({}), { 'service.kubernetes.io/headless': '' });
    expect(services.route('10.96.0.7', 80, 'TCP', client)).toEqual({ kind: 'refused' });
  });
});

describe('a host port', () => {
  const port = (hostIP?: string) => ({ containerPort: 8080, hostPort: 54_321, ...(hostIP ? { hostIP } : {}) });
  it.each([
    [undefined, '172.18.0.2', 'TCP', true],
    ['0.0.0.0', '172.18.0.2', 'TCP', true],
    ['172.18.0.2', '172.18.0.2', 'TCP', true],
    ['127.0.0.1', '172.18.0.2', 'TCP', false],
    [undefined, '172.18.0.2', 'UDP', false],
    [undefined, '172.18.0.3', 'TCP', false],
  ] as const)('at %s, asked at %s by %s: %s', async (hostIP, ip, protocol, isReached) => {
    const { api, services } = await routing();
    const spec = { nodeName: 'node-1', containers: [{ name: 'c', ports: [port(hostIP)] }] };
    const status = { phase: 'Running' as const, podIP: '10.244.1.4' };
    api.seed('pods', { metadata: { name: 'p', namespace: 'default' }, spec, status });
    await settle();
    const expected = isReached ? { kind: 'endpoint', ip: '10.244.1.4', port: 8080 } : { kind: 'node' };
    expect(services.route(ip, 54_321, protocol, client)).toEqual(expected);
  });
});
