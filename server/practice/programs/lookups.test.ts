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
    pods.agnhost = await bench.pod('agnhost', { image: 'registry.k8s.io/e2e-test-images/agnhost:2.63.0' });
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

  const rr = 'web-0.nginx.default.svc.cluster.local';
  const bind = ';; Got recursion not available from 10.96.0.10\n';
  const head = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\n';

  it.each([
    ['nslookup web-0.nginx', `${bind}${head}Name:\t${rr}\nAddress: 10.244.9.5\n${bind}\n`, 0],
    ['nslookup web-9.nginx', `${bind.repeat(3)}${bind}${head}** server can't find web-9.nginx: NXDOMAIN\n\n`, 1],
    ['nslookup 10.244.9.5', `${bind}5.9.244.10.in-addr.arpa\tname = ${rr}.\n\n`, 0],
    [`dig +short ${rr}`, '10.244.9.5\n', 0],
    ['dig +short -x 10.244.9.5', `${rr}.\n`, 0],
    ['dig +short SRV _web._tcp.nginx.default.svc.cluster.local', `0 100 80 ${rr}.\n`, 0],
    ['dig +notcp +noall +answer +search web-0.nginx A', `${rr}. 30 IN A\t10.244.9.5\n`, 0],
    ['dig +tcp +noall +answer +search vip A', 'vip.default.svc.cluster.local. 30 IN\tA\t10.96.5.5\n', 0],
    [`host ${rr}`, `${rr} has address 10.244.9.5\n`, 0],
    ['host nope.x', 'Host nope.x not found: 3(NXDOMAIN)\n', 1],
    ['getent hosts web-0.nginx', `10.244.9.5      ${rr}\n`, 0],
    ['getent hosts nope', '', 2],
  ])('with BIND’s tools: %s', async (line, stdout, code) => {
    expect(await pods.agnhost?.run(line.split(' '))).toMatchObject({ stdout, stderr: '', code });
  });

  it('dig shows the whole answer', async () => {
    const got = await pods.agnhost?.run(['dig', rr]);
    expect(got?.stdout.replace(/id: \d+/, 'id: 1').replace(/WHEN: .*/, 'WHEN:')).toBe(`
; <<>> DiG 9.18.33-1~deb12u2-Debian <<>> ${rr}
;; global options: +cmd
;; Got answer:
;; WARNING: .local is reserved for Multicast DNS
;; You are currently testing what happens when an mDNS query is leaked to DNS
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1
;; flags: qr aa rd; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1
;; WARNING: recursion requested but not available

;; OPT PSEUDOSECTION:
; EDNS: version: 0, flags:; udp: 1232
;; QUESTION SECTION:
;${rr}. IN A

;; ANSWER SECTION:
${rr}. 30 IN A\t10.244.9.5

;; Query time: 0 msec
;; SERVER: 10.96.0.10#53(10.96.0.10) (UDP)
;; WHEN:
;; MSG SIZE  rcvd: 119

`);
  });

  it('ping answers for pods, and not for names that are not there', async () => {
    expect((await pods.new?.run(['ping', '-c', '1', pods.old?.ip ?? '']))?.stdout).toContain(
      '1 packets transmitted, 1 packets received, 0% packet loss',
    );
    expect(await pods.new?.run(['ping', '-c', '1', 'nope'])).toMatchObject({
      stderr: "ping: bad address 'nope'\n",
      code: 1,
    });
  });
});
