import { describe, expect, it } from 'vitest';
import type { Endpoints, EndpointSlice, Service } from '../../../../lib/kubernetes/network';
import { fakeCluster } from '../testing/cluster';
import { startEndpointSliceMirroringController } from './endpointSliceMirroringController';
import { maxPerSubset, planMirrors } from './mirrors';

type Subsets = NonNullable<Endpoints['subsets']>;

async function startCluster(subsets: Subsets, spec: Partial<Service['spec']> = {}, metadata: object = {}) {
  const cluster = fakeCluster();
  const { client, clock } = cluster;
  startEndpointSliceMirroringController(cluster);
  await client.create('services', { metadata: { name: 'own', namespace: 'default' }, spec }, 'default');
  await client.create(
    'endpoints',
    { metadata: { name: 'own', namespace: 'default', ...metadata }, subsets },
    'default',
  );
  await clock.advance(10);
  return {
    ...cluster,
    slices: () => client.all('endpointslices'),
    async put(change: Partial<Endpoints>) {
      await client.update('endpoints', { ...(await client.get('endpoints', 'own', 'default')), ...change });
      await clock.advance(10);
    },
  };
}

const ports = [{ name: 'web', port: 80, protocol: 'TCP' }];
const at = (...ips: string[]) => ips.map((ip) => ({ ip }));

describe('mirrored slices', () => {
  it('look as the real ones, and follow their Endpoints to the end', async () => {
    const annotations = { 'endpoints.kubernetes.io/last-change-trigger-time': 'x', note: 'kept' };
    const c = await startCluster(
      [
        {
          addresses: [{ ip: '10.0.0.1', hostname: 'a', nodeName: 'node-1' }],
          notReadyAddresses: at('10.0.0.2'),
          ports,
        },
      ],
      {},
      { labels: { app: 'own' }, annotations },
    );
    const [slice] = c.slices();
    expect(slice).toMatchObject({
      metadata: {
        generateName: 'own-',
        labels: {
          app: 'own',
          'kubernetes.io/service-name': 'own',
          'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io',
        },
        ownerReferences: [{ apiVersion: 'v1', kind: 'Endpoints', name: 'own', controller: true }],
      },
      addressType: 'IPv4',
      ports,
      endpoints: [
        { addresses: ['10.0.0.1'], conditions: { ready: true }, hostname: 'a', nodeName: 'node-1' },
        { addresses: ['10.0.0.2'], conditions: { ready: false } },
      ],
    });
    expect(slice?.metadata.annotations).toEqual({ note: 'kept' });
    await c.put({ subsets: [{ addresses: at('10.0.0.9'), ports: [{ name: 'web', port: 81 }] }] });
    expect(c.slices()).toMatchObject([
      { metadata: { name: slice?.metadata.name }, endpoints: [{ addresses: ['10.0.0.9'] }], ports: [{ port: 81 }] },
    ]);
    await c.client.delete('endpoints', 'own', 'default');
    await c.clock.advance(10);
    expect(c.slices()).toEqual([]);
  });

  const untouched: [string, Partial<Service['spec']>, object][] = [
    ['a Service that selects pods', { selector: { app: 'web' } }, {}],
    ['Endpoints that ask not to be', {}, { labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } }],
    ['a lock of a leader', {}, { annotations: { 'control-plane.alpha.kubernetes.io/leader': '{}' } }],
  ];
  it.each(untouched)('are not made for %s', async (_, spec, metadata) => {
    const c = await startCluster([{ addresses: at('10.0.0.1'), ports }], spec, metadata);
    expect(c.slices()).toEqual([]);
  });

  it('go when the Service comes to select pods, and come back when somebody deletes them', async () => {
    const c = await startCluster([{ addresses: at('10.0.0.1'), ports }]);
    const [first] = c.slices();
    await c.client.delete('endpointslices', first?.metadata.name ?? '', 'default');
    await c.clock.advance(10);
    expect(c.slices()).toHaveLength(1);
    const service = await c.client.get('services', 'own', 'default');
    await c.client.update('services', { ...service, spec: { ...service.spec, selector: { app: 'web' } } });
    await c.clock.advance(10);
    expect(c.slices()).toEqual([]);
  });
});

describe('what is planned', () => {
  const endpoints = (...subsets: Subsets): Endpoints => ({
    kind: 'Endpoints',
    apiVersion: 'v1',
    metadata: { name: 'own', namespace: 'default', uid: 'u' },
    subsets,
  });
  const shape = ({ addressType, endpoints: list, ports: of }: EndpointSlice) => ({
    addressType,
    addresses: list?.map((e) => `${e.addresses.join()}${e.conditions?.ready ? '' : ' not ready'}`),
    ports: of?.map(({ port }) => port),
  });
  const port = (number: number) => [{ name: `p${number}`, port: number, protocol: 'TCP' }];

  it.each<[string, Subsets, object[]]>([
    [
      'one slice for ports that the same addresses serve',
      [
        { addresses: at('10.0.0.1', '10.0.0.2'), ports: port(80) },
        { addresses: at('10.0.0.2', '10.0.0.1'), ports: port(81) },
      ],
      [{ addressType: 'IPv4', addresses: ['10.0.0.1', '10.0.0.2'], ports: [80, 81] }],
    ],
    [
      'one for each set of addresses otherwise',
      [
        { addresses: at('10.0.0.1'), ports: port(80) },
        { addresses: at('10.0.0.1', '10.0.0.2'), ports: port(81) },
      ],
      [
        { addressType: 'IPv4', addresses: ['10.0.0.1'], ports: [80] },
        { addressType: 'IPv4', addresses: ['10.0.0.1', '10.0.0.2'], ports: [81] },
      ],
    ],
    [
      'one for each family',
      [{ addresses: at('10.0.0.1', 'fd00::1'), ports: port(80) }],
      [
        { addressType: 'IPv4', addresses: ['10.0.0.1'], ports: [80] },
        { addressType: 'IPv6', addresses: ['fd00::1'], ports: [80] },
      ],
    ],
    [
      'not ready what is not ready once',
      [
        { addresses: at('10.0.0.1'), ports: port(80) },
        { notReadyAddresses: at('10.0.0.1'), ports: port(80) },
      ],
      [{ addressType: 'IPv4', addresses: ['10.0.0.1 not ready'], ports: [80] }],
    ],
    ['nothing for addresses without ports', [{ addresses: at('10.0.0.1') }], []],
  ])('is %s', (_, subsets, expected) =>
    expect(planMirrors(endpoints(...subsets), []).create.map(shape)).toEqual(expected),
  );

  it('is nothing when nothing changed, and no more than there is room for', () => {
    const given = endpoints({ addresses: at('10.0.0.1'), ports: port(80) });
    const [slice] = planMirrors(given, []).create;
    const existing = { ...slice, metadata: { ...slice?.metadata, name: 'own-1' } } as EndpointSlice;
    expect(planMirrors(given, [existing])).toEqual({ create: [], update: [], remove: [], leftOut: 0 });
    const many = Array.from({ length: maxPerSubset + 5 }, (_, i) => ({ ip: `10.0.${i >> 8}.${i & 255}` }));
    const plan = planMirrors(endpoints({ addresses: many, ports: port(80) }), []);
    expect(plan.leftOut).toBe(5);
    expect(plan.create[0]?.endpoints).toHaveLength(maxPerSubset);
  });
});
