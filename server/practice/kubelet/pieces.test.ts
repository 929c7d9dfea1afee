import { describe, expect, it } from 'vitest';
import type { Service } from '../../../lib/kubernetes/network';
import { AddressPool } from './addresses/addressPool';
import { hostsFile } from './addresses/hostsFile';
import { resolvConf } from './addresses/resolvConf';
import { BackOff } from './backOff';
import { goDuration } from './duration';
import { ConfigError, environmentOf } from './environment/environment';
import { expand } from './environment/expansion';
import { resourceFieldValue } from './environment/resourceField';
import { serviceVariables, visibleServices } from './environment/serviceVariables';
import { MountError, renderVolume } from './volumes/sources';
import { podNamed } from './testing/testCluster';

const dns = { clusterDns: '10.96.0.10', clusterDomain: 'cluster.local' };

describe('/etc/hosts', () => {
  it.each([
    ['a plain pod', {}, '10.244.0.5\tweb-0'],
    [
      'a pod with a subdomain',
      { hostname: 'web-0', subdomain: 'nginx' },
      '10.244.0.5\tweb-0.nginx.default.svc.cluster.local\tweb-0',
    ],
    ['a pod with another hostname', { hostname: 'db' }, '10.244.0.5\tdb'],
  ])('of %s', (_what, spec, line) => {
    const lines = hostsFile(podNamed('web-0', spec), '10.244.0.5', 'cluster.local').split('\n');
    expect(lines[0]).toBe('# Kubernetes-managed hosts file.');
    expect(lines[1]).toBe('127.0.0.1\tlocalhost');
    expect(lines[7]).toBe(line);
  });

  it('lists host aliases', () => {
    const text = hostsFile(
      podNamed('a', { hostAliases: [{ ip: '1.2.3.4', hostnames: ['x', 'y'] }] }),
      '10.244.0.5',
      'cluster.local',
    );
    expect(text.endsWith('\n\n# Entries added by HostAliases.\n1.2.3.4\tx\ty\n')).toBe(true);
  });
});

describe('/etc/resolv.conf', () => {
  const first =
    'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n';
  it.each([
    ['ClusterFirst', { dnsPolicy: 'ClusterFirst' }, first],
    ['ClusterFirst on the host network', { dnsPolicy: 'ClusterFirst', hostNetwork: true }, 'nameserver 10.96.0.10\n'],
    ['ClusterFirstWithHostNet', { dnsPolicy: 'ClusterFirstWithHostNet', hostNetwork: true }, first],
    ['Default', { dnsPolicy: 'Default' }, 'nameserver 10.96.0.10\n'],
    [
      'None with a dnsConfig',
      {
        dnsPolicy: 'None',
        dnsConfig: {
          nameservers: ['1.1.1.1'],
          searches: ['a.b'],
          options: [{ name: 'ndots', value: '2' }, { name: 'debug' }],
        },
      },
      'search a.b\nnameserver 1.1.1.1\noptions ndots:2 debug\n',
    ],
    [
      'ClusterFirst with options of its own',
      { dnsConfig: { options: [{ name: 'ndots', value: '1' }] } },
      first.replace('ndots:5', 'ndots:1'),
    ],
  ])('%s', (_what, spec, text) => {
    expect(resolvConf(podNamed('a', spec), dns)).toBe(text);
  });
});

describe('environment', () => {
  const service = (name: string, namespace: string, clusterIP: string): Service => ({
    metadata: { name, namespace },
    spec: { clusterIP, ports: [{ name: 'web', port: 80, protocol: 'TCP' }] },
  });
  const sources = {
    configMap: (name: string) =>
      name === 'conf' ? { metadata: { name }, data: { KEY: 'value', OTHER: 'x' } } : undefined,
    secret: (name: string) => (name === 'keys' ? { metadata: { name }, data: { pass: 'czNjcmV0' } } : undefined),
    services: [] as Service[],
    allocatable: { cpu: '4', memory: '8Gi' },
  };

  it.each([
    ['$(A)-$(B)', 'a-$(B)'],
    ['$$(A)', '$(A)'],
    ['$$$(A)', '$a'],
    ['$A $(', '$A $('],
    ['100%', '100%'],
  ])('expands %s to %s', (text, expected) => {
    expect(expand(text, new Map([['A', 'a']]))).toBe(expected);
  });

  it('takes values from everywhere, in order', () => {
    const container = {
      name: 'c',
      envFrom: [{ prefix: 'P_', configMapRef: { name: 'conf' } }, { secretRef: { name: 'keys' } }],
      env: [
        { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        { name: 'KEY', valueFrom: { configMapKeyRef: { name: 'conf', key: 'KEY' } } },
        { name: 'PASS', valueFrom: { secretKeyRef: { name: 'keys', key: 'pass' } } },
        { name: 'MAYBE', valueFrom: { secretKeyRef: { name: 'gone', key: 'x', optional: true } } },
        { name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
        { name: 'ALL', value: '$(POD)/$(KEY)/$(NOPE)' },
      ],
    };
    expect(Object.fromEntries(environmentOf(podNamed('web-0'), container, sources))).toEqual({
      P_KEY: 'value',
      P_OTHER: 'x',
      pass: 's3cret',
      POD: 'web-0',
      KEY: 'value',
      PASS: 's3cret',
      CPU: '4',
      ALL: 'web-0/value/$(NOPE)',
    });
  });

  it.each([
    [{ envFrom: [{ configMapRef: { name: 'gone' } }] }, 'configmap "gone" not found'],
    [
      { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'conf', key: 'no' } } }] },
      "couldn't find key no in ConfigMap default/conf",
    ],
    [{ env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'gone', key: 'no' } } }] }, 'secret "gone" not found'],
  ])('says what is missing: %j', (container, message) => {
    expect(() => environmentOf(podNamed('a'), { name: 'c', ...container }, sources)).toThrow(new ConfigError(message));
  });

  it('names Services, but not headless ones', () => {
    const all = [
      service('my-db', 'default', '10.96.0.7'),
      service('nginx', 'default', 'None'),
      service('x', 'other', '10.96.0.8'),
    ];
    const master = service('kubernetes', 'default', '10.96.0.1');
    expect(visibleServices([...all, master], 'default', true).map((s) => s.metadata.name)).toEqual([
      'kubernetes',
      'my-db',
      'nginx',
    ]);
    expect(visibleServices([...all, master], 'other', false).map((s) => s.metadata.name)).toEqual(['kubernetes']);
    expect(serviceVariables(all.slice(0, 2))).toEqual([
      ['MY_DB_SERVICE_HOST', '10.96.0.7'],
      ['MY_DB_SERVICE_PORT', '80'],
      ['MY_DB_SERVICE_PORT_WEB', '80'],
      ['MY_DB_PORT', 'tcp://10.96.0.7:80'],
      ['MY_DB_PORT_80_TCP', 'tcp://10.96.0.7:80'],
      ['MY_DB_PORT_80_TCP_PROTO', 'tcp'],
      ['MY_DB_PORT_80_TCP_PORT', '80'],
      ['MY_DB_PORT_80_TCP_ADDR', '10.96.0.7'],
    ]);
  });

  it.each([
    ['requests.memory', undefined, { requests: { memory: '64Mi' } }, '67108864'],
    ['limits.memory', '1Mi', { limits: { memory: '64Mi' } }, '64'],
    ['limits.cpu', '1m', { limits: { cpu: '250m' } }, '250'],
    ['limits.cpu', undefined, { limits: { cpu: '250m' } }, '1'],
    ['limits.memory', '1Gi', {}, '8'],
  ])('%s in units of %s', (resource, divisor, resources, expected) => {
    expect(resourceFieldValue({ name: 'c', resources }, resource, divisor, sources.allocatable)).toBe(expected);
  });
});

describe('rendered volumes', () => {
  const sources = {
    configMap: (name: string) =>
      name === 'conf' ? { metadata: { name }, data: { a: '1', b: '2' }, binaryData: { c: '/w==' } } : undefined,
    secret: () => undefined,
    allocatable: {},
    tokens: new Map([['token', Buffer.from('secret-token')]]),
  };
  const texts = (files: ReturnType<typeof renderVolume>) =>
    Object.fromEntries(
      [...files].map(([path, { bytes, mode }]) => [
        path,
        `${Buffer.from(bytes).toString('latin1')} ${mode.toString(8)}`,
      ]),
    );

  it('hold all keys, or those asked for', () => {
    const pod = podNamed('a');
    expect(texts(renderVolume(pod, { name: 'v', configMap: { name: 'conf' } }, sources))).toEqual({
      a: '1 644',
      b: '2 644',
      c: 'ÿ 644',
    });
    const items = [{ key: 'a', path: 'x/y', mode: 0o400 }];
    expect(
      texts(renderVolume(pod, { name: 'v', configMap: { name: 'conf', items, defaultMode: 0o600 } }, sources)),
    ).toEqual({ 'x/y': '1 400' });
  });

  it('project a token, a ConfigMap and fields into one folder', () => {
    const projected = {
      defaultMode: 0o644,
      sources: [
        { serviceAccountToken: { path: 'token', expirationSeconds: 3607 } },
        { configMap: { name: 'conf', items: [{ key: 'a', path: 'ca.crt' }] } },
        { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
      ],
    };
    expect(texts(renderVolume(podNamed('a'), { name: 'v', projected }, sources))).toEqual({
      token: 'secret-token 644',
      'ca.crt': '1 644',
      namespace: 'default 644',
    });
  });

  it.each([
    [{ configMap: { name: 'gone' } }, 'configmap "gone" not found'],
    [{ secret: { secretName: 'gone' } }, 'secret "gone" not found'],
    [
      { configMap: { name: 'conf', items: [{ key: 'z', path: 'z' }] } },
      'configmap references non-existent config key: z',
    ],
  ])('fail for %j', (volume, message) => {
    expect(() => renderVolume(podNamed('a'), { name: 'v', ...volume }, sources)).toThrow(new MountError(message));
  });

  it('are empty where an optional source is missing', () => {
    expect(
      renderVolume(podNamed('a'), { name: 'v', secret: { secretName: 'gone', optional: true } }, sources).size,
    ).toBe(0);
  });
});

describe('small things', () => {
  it.each([
    [0, '0s'],
    [153, '153ms'],
    [2770.4, '2.77s'],
    [10_000, '10s'],
    [62_500, '1m2.5s'],
    [300_000, '5m0s'],
    [3_661_000, '1h1m1s'],
  ])('%d ms is %s', (ms, text) => expect(goDuration(ms)).toBe(text));

  it('backs off up to the limit and forgets after long quiet', () => {
    const backOff = new BackOff(10_000, 300_000);
    const delays = Array.from({ length: 7 }, (_, i) => {
      const delay = backOff.delayAfter('a', i);
      backOff.next('a', i, i);
      return delay / 1000;
    });
    expect(delays).toEqual([0, 10, 20, 40, 80, 160, 300]);
    expect(backOff.delayAfter('a', 700_000)).toBe(0);
  });

  it('hands out every address before one a second time', () => {
    const pool = new AddressPool('10.244.0');
    const first = pool.take();
    pool.release(first);
    const next = Array.from({ length: 252 }, () => pool.take());
    expect(next).not.toContain(first);
    expect(pool.take()).toBe(first);
    expect(() => pool.take()).toThrow(/no IP addresses available/);
  });
});
