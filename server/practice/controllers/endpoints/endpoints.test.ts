import { describe, expect, it } from 'vitest';
import type { Service } from '../../../../lib/kubernetes/network';
import { fakeCluster } from '../testing/cluster';
import { pod, service, type PodFacts } from '../testing/objects';
import { startEndpointsController } from './endpointsController';
import { startEndpointSliceController } from './endpointSliceController';

async function startCluster(spec: Partial<Service['spec']> = {}, members: PodFacts[] = []) {
  const cluster = fakeCluster();
  const { client, clock } = cluster;
  startEndpointSliceController(cluster);
  startEndpointsController(cluster);
  await client.create('nodes', { metadata: { name: 'node-1', labels: { 'topology.kubernetes.io/zone': 'z1' } } });
  for (const facts of members) client.seed('pods', pod({ node: 'node-1', ...facts }));
  await client.create('services', service(spec));
  await clock.advance(10);
  const slices = () => client.all('endpointslices');
  return {
    ...cluster,
    slices,
    slice: () => slices()[0],
    endpoints: () => client.peek('endpoints', 'nginx', 'default'),
    service: () => client.get('services', 'nginx', 'default'),
    async put(facts: PodFacts) {
      client.seed('pods', pod({ node: 'node-1', ...facts }));
      await clock.advance(10);
    },
  };
}

const web0: PodFacts = {
  name: 'web-0',
  ip: '10.200.0.24',
  spec: { hostname: 'web-0', subdomain: 'nginx' },
  readySince: '2026-01-01T00:00:05Z',
};

describe('slices', () => {
  it('look as the real ones', async () => {
    const c = await startCluster({}, [web0]);
    const { uid } = (await c.service()).metadata;
    const slice = c.slice();
    expect(slice).toMatchObject({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        generateName: 'nginx-',
        labels: {
          app: 'nginx',
          'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
          'kubernetes.io/service-name': 'nginx',
          'service.kubernetes.io/headless': '',
        },
        ownerReferences: [
          { apiVersion: 'v1', kind: 'Service', name: 'nginx', uid, controller: true, blockOwnerDeletion: true },
        ],
      },
      addressType: 'IPv4',
      ports: [{ name: 'web', port: 80, protocol: 'TCP' }],
    });
    expect(slice?.metadata.name).toMatch(/^nginx-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(slice?.endpoints).toEqual([
      {
        addresses: ['10.200.0.24'],
        conditions: { ready: true, serving: true, terminating: false },
        hostname: 'web-0',
        nodeName: 'node-1',
        zone: 'z1',
        targetRef: { kind: 'Pod', namespace: 'default', name: 'web-0', uid: 'uid-web-0' },
      },
    ]);
  });

  const rows: { name: string; facts: Partial<PodFacts>; spec?: Partial<Service['spec']>; conditions: unknown }[] = [
    { name: 'a ready pod', facts: {}, conditions: { ready: true, serving: true, terminating: false } },
    {
      name: 'an unready pod',
      facts: { isReady: false },
      conditions: { ready: false, serving: false, terminating: false },
    },
    {
      name: 'a terminating pod that still serves',
      facts: { isTerminating: true },
      conditions: { ready: false, serving: true, terminating: true },
    },
    {
      name: 'an unready pod under publishNotReadyAddresses',
      facts: { isReady: false },
      spec: { publishNotReadyAddresses: true },
      conditions: { ready: true, serving: false, terminating: false },
    },
    { name: 'a failed pod', facts: { phase: 'Failed' }, conditions: undefined },
    { name: 'a finished pod', facts: { phase: 'Succeeded' }, conditions: undefined },
    { name: 'a pod without an address', facts: { ip: undefined }, conditions: undefined },
    { name: 'a pod with other labels', facts: { labels: { app: 'other' } }, conditions: undefined },
  ];
  it.each(rows)('show $name', async ({ facts, spec, conditions }) => {
    const c = await startCluster(spec, [{ ...web0, ...facts }]);
    expect(c.slice()?.endpoints?.[0]?.conditions).toEqual(conditions);
  });

  it('give a host name only under the service that the pod names', async () => {
    const c = await startCluster({}, [{ ...web0, spec: { hostname: 'web-0', subdomain: 'other' } }]);
    expect(c.slice()?.endpoints?.[0]).not.toHaveProperty('hostname');
    expect(c.endpoints()?.subsets?.[0]?.addresses?.[0]).not.toHaveProperty('hostname');
  });

  it('find named ports, pod by pod', async () => {
    const named = (containerPort: number): Partial<PodFacts> => ({
      spec: { containers: [{ name: 'c', ports: [{ name: 'http', containerPort, protocol: 'TCP' }] }] },
    });
    const ports: Service['spec']['ports'] = [{ name: 'web', port: 80, targetPort: 'http', protocol: 'TCP' }];
    const c = await startCluster({ ports }, [
      { name: 'a', ip: '10.0.0.1', ...named(8080) },
      { name: 'b', ip: '10.0.0.2', ...named(9090) },
      { name: 'c', ip: '10.0.0.3' },
    ]);
    const seen = c.slices().map((s) => [s.ports?.[0]?.port, s.endpoints?.map((e) => e.addresses[0])]);
    expect(seen).toEqual(
      expect.arrayContaining([
        [8080, ['10.0.0.1']],
        [9090, ['10.0.0.2']],
        [undefined, ['10.0.0.3']],
      ]),
    );
    expect(c.endpoints()?.subsets).toMatchObject([
      { addresses: [{ ip: '10.0.0.1' }], ports: [{ name: 'web', port: 8080 }] },
      { addresses: [{ ip: '10.0.0.2' }], ports: [{ name: 'web', port: 9090 }] },
    ]);
  });

  it('keep their name while pods come and go, and empty out', async () => {
    const c = await startCluster({}, []);
    const name = c.slice()?.metadata.name;
    expect(c.slice()).toMatchObject({ endpoints: null, ports: null });
    await c.put(web0);
    expect(c.slice()).toMatchObject({ metadata: { name }, ports: [{ port: 80 }] });
    await c.client.delete('pods', 'web-0', 'default', { gracePeriodSeconds: 0 });
    await c.clock.advance(10);
    expect(c.slices()).toHaveLength(1);
    expect(c.slice()).toMatchObject({ metadata: { name }, endpoints: null });
  });

  it('hold a hundred endpoints each', async () => {
    const many = Array.from({ length: 230 }, (_, i) => ({ name: `p-${i}`, ip: `10.1.${Math.floor(i / 250)}.${i}` }));
    const c = await startCluster({}, many);
    expect(c.slices().map((s) => s.endpoints?.length)).toEqual(expect.arrayContaining([100, 100, 30]));
    await c.put({ name: 'p-new', ip: '10.2.0.1' });
    expect(c.slices().map((s) => s.endpoints?.length)).toEqual(expect.arrayContaining([100, 100, 31]));
  });

  it('are not made for ExternalName, nor without a selector', async () => {
    const none = await startCluster({ selector: undefined }, [web0]);
    expect([none.slices(), none.endpoints()]).toEqual([[], undefined]);
    const external = await startCluster({ type: 'ExternalName', externalName: 'example.com' }, [web0]);
    expect([external.slices(), external.endpoints()]).toEqual([[], undefined]);
  });

  it('are repaired when someone else changes them', async () => {
    const c = await startCluster({}, [web0]);
    const slice = c.slice();
    if (!slice) throw new Error('no slice');
    await c.client.update('endpointslices', { ...slice, endpoints: [] });
    await c.clock.advance(10);
    expect(c.slice()?.endpoints).toHaveLength(1);
    await c.client.delete('endpointslices', slice.metadata.name ?? '', 'default');
    await c.clock.advance(10);
    expect(c.slice()?.endpoints).toHaveLength(1);
  });

  it('wait for the node of a pod', async () => {
    const c = await startCluster({}, [{ ...web0, node: 'node-2' }]);
    expect(c.slice()?.endpoints).toBeNull();
    await c.client.create('nodes', { metadata: { name: 'node-2' } });
    await c.clock.advance(5000);
    expect(c.slice()?.endpoints).toHaveLength(1);
  });

  it('follow the labels of the service', async () => {
    const c = await startCluster({}, [web0]);
    const live = await c.service();
    await c.client.update('services', { ...live, metadata: { ...live.metadata, labels: { tier: 'x' } } });
    await c.clock.advance(10);
    expect(c.slice()?.metadata.labels).toMatchObject({ tier: 'x' });
    expect(c.slice()?.metadata.labels).not.toHaveProperty('app');
    expect(c.endpoints()?.metadata.labels).toEqual({
      tier: 'x',
      'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
      'service.kubernetes.io/headless': '',
    });
  });
});

describe('endpoints', () => {
  it('look as the real ones', async () => {
    const c = await startCluster({}, [
      web0,
      { ...web0, name: 'web-1', ip: '10.200.0.3', spec: { hostname: 'web-1', subdomain: 'nginx' }, isReady: false },
    ]);
    expect(c.endpoints()).toMatchObject({
      metadata: {
        annotations: { 'endpoints.kubernetes.io/last-change-trigger-time': '2026-01-01T00:00:00Z' },
        labels: {
          app: 'nginx',
          'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
          'service.kubernetes.io/headless': '',
        },
      },
    });
    expect(c.endpoints()?.subsets).toEqual([
      {
        addresses: [
          {
            hostname: 'web-0',
            ip: '10.200.0.24',
            nodeName: 'node-1',
            targetRef: { kind: 'Pod', name: 'web-0', namespace: 'default', uid: 'uid-web-0' },
          },
        ],
        notReadyAddresses: [
          {
            hostname: 'web-1',
            ip: '10.200.0.3',
            nodeName: 'node-1',
            targetRef: { kind: 'Pod', name: 'web-1', namespace: 'default', uid: 'uid-web-1' },
          },
        ],
        ports: [{ name: 'web', port: 80, protocol: 'TCP' }],
      },
    ]);
  });

  it('tell the time of the change that they show', async () => {
    const c = await startCluster({}, []);
    await c.put({ ...web0, readySince: '2026-01-01T00:01:00Z' });
    const annotation = 'endpoints.kubernetes.io/last-change-trigger-time';
    expect(c.endpoints()?.metadata.annotations?.[annotation]).toBe('2026-01-01T00:01:00Z');
    expect(c.slice()?.metadata.annotations?.[annotation]).toBe('2026-01-01T00:01:00Z');
  });

  it('put ports together that the same pods serve', async () => {
    const ports: Service['spec']['ports'] = [
      { name: 'a', port: 80, targetPort: 80 },
      { name: 'b', port: 81, targetPort: 81 },
    ];
    const c = await startCluster({ ports, clusterIP: '10.96.0.9' }, [web0]);
    expect(c.endpoints()?.subsets).toMatchObject([{ ports: [{ name: 'a' }, { name: 'b' }] }]);
    expect(c.endpoints()?.metadata.labels).not.toHaveProperty('service.kubernetes.io/headless');
  });

  it('of a headless service need no ports', async () => {
    const c = await startCluster({ ports: undefined }, [web0, { ...web0, name: 'web-1', ip: '10.0.0.2' }]);
    expect(c.endpoints()?.subsets).toMatchObject([{ addresses: [{ ip: '10.0.0.2' }, { ip: '10.200.0.24' }] }]);
    expect(c.slice()?.endpoints).toHaveLength(2);
  });

  it('leave terminating pods out unless not-ready ones are published', async () => {
    const c = await startCluster({}, [{ ...web0, isTerminating: true }]);
    expect(c.endpoints()?.subsets).toBeUndefined();
    const p = await startCluster({ publishNotReadyAddresses: true }, [{ ...web0, isTerminating: true }]);
    expect(p.endpoints()?.subsets).toMatchObject([{ addresses: [{ ip: '10.200.0.24' }] }]);
  });

  it('go with their service, and come back without it being asked', async () => {
    const c = await startCluster({}, [web0]);
    await c.client.delete('endpoints', 'nginx', 'default');
    await c.clock.advance(10);
    expect(c.endpoints()?.subsets).toHaveLength(1);
    await c.client.delete('services', 'nginx', 'default');
    await c.clock.advance(10);
    expect(c.endpoints()).toBeUndefined();
  });

  it('stop at a thousand addresses and say so', async () => {
    const many = Array.from({ length: 1003 }, (_, i) => ({
      name: `p-${i}`,
      ip: `10.1.${Math.floor(i / 250)}.${i % 250}`,
      isReady: i % 2 === 0,
    }));
    const c = await startCluster({}, many);
    const [subset] = c.endpoints()?.subsets ?? [];
    expect((subset?.addresses?.length ?? 0) + (subset?.notReadyAddresses?.length ?? 0)).toBe(1000);
    expect(subset?.addresses).toHaveLength(502);
    expect(c.endpoints()?.metadata.annotations).toMatchObject({ 'endpoints.kubernetes.io/over-capacity': 'truncated' });
  });
});

it('nothing is written while nothing changes', async () => {
  const c = await startCluster({}, [web0]);
  const writes = c.client.writes.length;
  await c.put({ ...web0, metadata: { annotations: { noise: '1' } } });
  await c.clock.advance(60_000);
  expect(c.client.writes).toHaveLength(writes);
  expect(c.failures).toEqual([]);
});
