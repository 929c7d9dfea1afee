import { describe, expect, it } from 'vitest';
import type { Endpoint, EndpointSlice, Service } from '../../../lib/kubernetes/network';
import { answerFromZone } from './zone';
import type { ZoneView } from './zone';

/** The specification's table: names and types, and what is answered. */
function service(name: string, spec: Service['spec'], namespace = 'default'): Service {
  return { metadata: { name, namespace }, spec } as Service;
}

function slice(name: string, endpoints: Endpoint[], ports: EndpointSlice['ports']): EndpointSlice {
  const metadata = { name: `${name}-x`, namespace: 'default', labels: { 'kubernetes.io/service-name': name } };
  return { metadata, addressType: 'IPv4', endpoints, ports } as EndpointSlice;
}

const ready = (ip: string, hostname?: string): Endpoint => ({ addresses: [ip], hostname, conditions: { ready: true } });
const web = [{ name: 'web', port: 8080, protocol: 'TCP' }];

const services = [
  service('nginx', { clusterIP: 'None', ports: [{ name: 'web', port: 80 }] }),
  service('vip', { clusterIP: '10.96.0.7', ports: [{ name: 'http', port: 80 }] }),
  service('empty', { clusterIP: 'None', ports: [{ name: 'web', port: 80 }] }),
  service('portless', { clusterIP: 'None' }),
  service('ext', { type: 'ExternalName', externalName: 'example.com' }),
  service('alias', { type: 'ExternalName', externalName: 'vip.default.svc.cluster.local' }),
  service('loop', { type: 'ExternalName', externalName: 'loop.default.svc.cluster.local' }),
  service('kube-dns', { clusterIP: '10.96.0.10', ports: [{ name: 'dns', port: 53, protocol: 'UDP' }] }, 'kube-system'),
];
const slices = [
  slice('nginx', [ready('10.244.0.5', 'web-0'), ready('10.244.0.6', 'web-1'), ready('10.244.0.7')], web),
  slice('empty', [{ addresses: ['10.244.0.9'], hostname: 'web-9', conditions: { ready: false } }], web),
  slice('portless', [ready('10.244.0.5', 'web-0')], []),
];

const view: ZoneView = {
  service: (namespace, name) => services.find((s) => s.metadata.name === name && s.metadata.namespace === namespace),
  slices: (namespace, name) =>
    slices.filter(
      (s) => s.metadata.namespace === namespace && s.metadata.labels?.['kubernetes.io/service-name'] === name,
    ),
  hasNamespace: (name) => name === 'default' || name === 'kube-system',
  servicesByAddress: (ip) => services.filter((s) => s.spec.clusterIP === ip),
  slicesByAddress: (ip) => slices.filter((s) => s.endpoints?.some((e) => e.addresses.includes(ip))),
  ownServices: () => [{ namespace: 'kube-system', name: 'kube-dns', ip: '10.96.0.10' }],
  synced: () => true,
};

function ask(name: string, type: string, on: ZoneView = view): string {
  const answer = answerFromZone({ name, type }, on, { domain: 'cluster.local', ttl: 30, serial: 1 });
  if (!answer) return 'elsewhere';
  const data = answer.answers.map((record) => {
    if (record.type === 'A') return record.address;
    if (record.type === 'SRV') return `${record.priority} ${record.weight} ${record.port} ${record.target}`;
    if (record.type === 'TXT') return record.text;
    if (record.type === 'SOA') return record.primary;
    return `${record.type} ${record.target}`;
  });
  const soa = answer.authorities.some((record) => record.type === 'SOA') ? ' SOA' : '';
  return [answer.rcode, ...data].join(' | ') + soa;
}

const z = 'svc.cluster.local';

describe('the zone', () => {
  it.each([
    [`nginx.default.${z}`, 'A', 'NOERROR | 10.244.0.5 | 10.244.0.6 | 10.244.0.7'],
    [`web-0.nginx.default.${z}`, 'A', 'NOERROR | 10.244.0.5'],
    [`WEB-0.Nginx.default.${z}`, 'A', 'NOERROR | 10.244.0.5'],
    [`10-244-0-7.nginx.default.${z}`, 'A', 'NOERROR | 10.244.0.7'],
    [`10-244-0-5.nginx.default.${z}`, 'A', 'NXDOMAIN SOA'],
    [`web-9.nginx.default.${z}`, 'A', 'NXDOMAIN SOA'],
    [`nginx.default.${z}`, 'AAAA', 'NOERROR SOA'],
    [`nginx.default.${z}`, 'CNAME', 'NOERROR SOA'],
    [`nginx.default.${z}`, 'MX', 'NOERROR SOA'],
    [
      `_web._tcp.nginx.default.${z}`,
      'SRV',
      `NOERROR | 0 33 8080 web-0.nginx.default.${z} | 0 33 8080 web-1.nginx.default.${z} | 0 33 8080 10-244-0-7.nginx.default.${z}`,
    ],
    [`_nope._tcp.nginx.default.${z}`, 'SRV', 'NXDOMAIN SOA'],
    [`_web._udp.nginx.default.${z}`, 'SRV', 'NXDOMAIN SOA'],
    [
      `nginx.default.${z}`,
      'SRV',
      `NOERROR | 0 33 8080 web-0.nginx.default.${z} | 0 33 8080 web-1.nginx.default.${z} | 0 33 8080 10-244-0-7.nginx.default.${z}`,
    ],
    [`vip.default.${z}`, 'A', 'NOERROR | 10.96.0.7'],
    [`_http._tcp.vip.default.${z}`, 'SRV', `NOERROR | 0 100 80 vip.default.${z}`],
    [`empty.default.${z}`, 'A', 'NXDOMAIN SOA'],
    [`web-9.empty.default.${z}`, 'A', 'NXDOMAIN SOA'],
    [`portless.default.${z}`, 'A', 'NOERROR | 10.244.0.5'],
    [`portless.default.${z}`, 'SRV', 'NOERROR SOA'],
    [`ext.default.${z}`, 'A', 'NOERROR | CNAME example.com'],
    [`ext.default.${z}`, 'CNAME', 'NOERROR | CNAME example.com'],
    [`a.ext.default.${z}`, 'A', 'NXDOMAIN SOA'],
    [`alias.default.${z}`, 'A', `NOERROR | CNAME vip.default.${z} | 10.96.0.7`],
    [`alias.default.${z}`, 'AAAA', 'NOERROR SOA'],
    [`loop.default.${z}`, 'A', 'NOERROR SOA'],
    [`nope.default.${z}`, 'A', 'NXDOMAIN SOA'],
    [`nginx.nope.${z}`, 'A', 'NXDOMAIN SOA'],
    [`default.${z}`, 'A', 'NOERROR SOA'],
    [`nope.${z}`, 'A', 'NXDOMAIN SOA'],
    [z, 'A', 'NOERROR SOA'],
    ['cluster.local', 'A', 'NOERROR SOA'],
    ['cluster.local', 'SOA', 'NOERROR | ns.dns.cluster.local'],
    ['cluster.local', 'NS', `NOERROR | NS kube-dns.kube-system.${z}`],
    ['ns.dns.cluster.local', 'A', 'NOERROR | 10.96.0.10'],
    ['dns-version.cluster.local', 'TXT', 'NOERROR | 1.1.0'],
    [`nginx.default.${z}`, 'TXT', 'NOERROR SOA'],
    ['cluster.local', 'AXFR', 'REFUSED'],
    ['1-2-3-4.default.pod.cluster.local', 'A', 'NOERROR | 1.2.3.4'],
    ['1-2-3-400.default.pod.cluster.local', 'A', 'NXDOMAIN SOA'],
    ['1-2-3-4.nope.pod.cluster.local', 'A', 'NXDOMAIN SOA'],
    [`a.b.c.nginx.default.${z}`, 'A', 'NXDOMAIN SOA'],
    ['5.0.244.10.in-addr.arpa', 'PTR', `NOERROR | PTR web-0.nginx.default.${z} | PTR web-0.portless.default.${z}`],
    ['7.0.244.10.in-addr.arpa', 'PTR', `NOERROR | PTR 10-244-0-7.nginx.default.${z}`],
    ['7.0.96.10.in-addr.arpa', 'PTR', `NOERROR | PTR vip.default.${z}`],
    ['9.0.244.10.in-addr.arpa', 'PTR', 'elsewhere'],
    ['example.com', 'A', 'elsewhere'],
    ['notcluster.local', 'A', 'elsewhere'],
  ])('%s %s: %s', (name, type, answer) => expect(ask(name, type)).toBe(answer));

  it('knows nothing before it is synced', () => {
    expect(ask(`nope.default.${z}`, 'A', { ...view, synced: () => false })).toBe('SERVFAIL SOA');
  });
});
