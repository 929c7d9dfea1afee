import { beforeAll, describe, expect, it } from 'vitest';
import { Bench } from './testing/bench';
import type { Pod } from './testing/bench';

/** What busybox 1.35, BIND 9.18 and the older busybox of the labs printed for the same records. */
describe('looking names up', () => {
  let bench: Bench;
  const pods: Record<string, Pod> = {};

  beforeAll(async () => {
    bench = await new Bench().withDns();
    const ports = [{ name: 'web', port: 80, protocol: 'TCP' as const }];
    await bench.service('nginx', { clusterIP: 'None', ports });
    await bench.service('vip', { clusterIP: '10.96.5.5', ports });
    await bench.service('ext', { type: 'ExternalName', externalName: 'example.com' });
    await bench.slice('nginx', [{ addresses: ['10.244.9.5'], hostname: 'web-0', conditions: { ready: true } }], ports);
    pods.old = await bench.pod('old', { image: 'busybox:1.28', command: ['sleep', '100000'] });
    pods.new = await bench.pod('new', { image: 'busybox', command: ['sleep', '100000'] });
  });

  const server = 'Server:    10.96.0.10\nAddress 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local\n\n';
  const newer = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n';

  it.each([
    [
      'old',
      ['web-0.nginx'],
      `${server}Name:      web-0.nginx\nAddress 1: 10.244.9.5 web-0.nginx.default.svc.cluster.local\n`,
      '',
      0,
    ],
    ['old', ['web-9.nginx'], server, "nslookup: can't resolve 'web-9.nginx'\n", 1],
    [
      'new',
      ['nginx.default.svc.cluster.local'],
      `${newer}Name:\tnginx.default.svc.cluster.local\nAddress: 10.244.9.5\n\n\n`,
      '',
      0,
    ],
    [
      'new',
      ['web-0.nginx'],
      `${newer}** server can't find web-0.nginx: NXDOMAIN\n\n** server can't find web-0.nginx: NXDOMAIN\n\n`,
      '',
      1,
    ],
    [
      'new',
      ['-type=srv', '_web._tcp.nginx.default.svc.cluster.local'],
      `${newer}_web._tcp.nginx.default.svc.cluster.local\tservice = 0 100 80 web-0.nginx.default.svc.cluster.local\n\n`,
      '',
      0,
    ],
    ['new', ['10.244.9.5'], `${newer}5.9.244.10.in-addr.arpa\tname = web-0.nginx.default.svc.cluster.local\n\n`, '', 0],
    ['new', ['-type=xx', 'a'], '', 'nslookup: invalid query type "xx"\n', 1],
  ])('%s: nslookup %j', async (pod, args, stdout, stderr, code) => {
    expect(await pods[pod]?.run(['nslookup', ...args])).toMatchObject({ stdout, stderr, code });
  });
});
