import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servingCertificates } from '../api/access/certificates';
import { systemClock } from '../clock';
import { seededIds } from '../ids';
import { Bench } from './testing/bench';
import type { Pod } from './testing/bench';

const address = '192.168.49.1';

/** What curl 7.88, wget 1.21 and busybox say of a server like the API's, whose authority only the cluster knows. */
describe('HTTPS', () => {
  const pods: Record<string, Pod> = {};
  let folder: string;
  let server: Server;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ordinal-https-'));
    const options = { directory: folder, clock: systemClock, ids: seededIds(1), addresses: [address] };
    const { cert, key, ca } = await servingCertificates(options);
    const bench = await new Bench({ toolbox: true }).withDns();
    const ports = [{ name: 'https', port: 443, protocol: 'TCP' as const }];
    await bench.service('kubernetes', { clusterIP: 'None', ports });
    await bench.slice('kubernetes', [{ addresses: [address], conditions: { ready: true } }], ports);
    server = createServer({ cert, key }, (_request, response) => response.end('hello\n'));
    bench.network.serve(address, 443, (socket) => void server.emit('connection', socket));
    bench.network.serve(address, 80, (socket) => void socket.end('no TLS\n'));
    pods.gnu = await bench.pod('gnu', { image: 'nginx', command: ['sleep', '1000000'] });
    pods.bb = await bench.pod('bb', { image: 'busybox:1.28', command: ['sleep', '1000000'] });
    await pods.gnu.run(['tee', '/ca.crt'], { stdin: ca });
    expect(readFileSync(join(folder, 'ca.crt'), 'utf8')).toBe(ca);
  });

  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  const more =
    'More details here: https://curl.se/docs/sslcerts.html\n\ncurl failed to verify the legitimacy of the server and therefore could not\nestablish a secure connection to it. To learn more about this situation and\nhow to fix it, please visit the web page mentioned above.\n';
  const unknown = `curl: (60) SSL certificate problem: unable to get local issuer certificate\n${more}`;

  it.each([
    ['gnu', ['curl', '-s', '--cacert', '/ca.crt', 'https://kubernetes.default.svc'], 'hello\n', '', 0],
    ['gnu', ['curl', '-s', '--cacert', '/ca.crt', `https://${address}`], 'hello\n', '', 0],
    ['gnu', ['curl', '-sk', 'https://kubernetes'], 'hello\n', '', 0],
    ['gnu', ['curl', '-sS', 'https://kubernetes.default.svc'], '', unknown, 60],
    [
      'gnu',
      ['curl', '-sS', '--cacert', '/nope', 'https://kubernetes'],
      '',
      'curl: (77) error setting certificate file: /nope\n',
      77,
    ],
    [
      'gnu',
      ['curl', '-sSk', 'https://kubernetes:80'],
      '',
      'curl: (35) error:0A00010B:SSL routines::wrong version number\n',
      35,
    ],
    [
      'bb',
      ['wget', '-qO-', 'https://kubernetes'],
      'hello\n',
      'wget: note: TLS certificate validation not implemented\n',
      0,
    ],
    ['bb', ['wget', '-qO-', '--no-check-certificate', 'https://kubernetes'], 'hello\n', '', 0],
  ])('%s: %j', async (pod, argv, stdout, stderr, code) => {
    expect(await pods[pod]?.run(argv)).toMatchObject({ stdout, stderr, code });
  });
});
