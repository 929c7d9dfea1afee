import { beforeAll, describe, expect, it } from 'vitest';
import { Bench } from '../testing/bench';
import type { Pod } from '../testing/bench';

describe('nginx', () => {
  let bench: Bench;
  let server: Pod;
  let client: Pod;
  let tools: Pod;

  beforeAll(async () => {
    bench = await new Bench().withDns();
    server = await bench.pod('web-0', { image: 'k8s.gcr.io/nginx-slim:0.8', subdomain: 'nginx' });
    client = await bench.pod('client', { image: 'busybox:1.28', command: ['sleep', '1000000'] });
    tools = await bench.pod('tools', { image: 'nginx' });
    const ports = [{ name: 'web', port: 80, protocol: 'TCP' as const }];
    await bench.service('nginx', { clusterIP: 'None', ports });
    await bench.service('web', { clusterIP: '10.96.5.5', ports: [{ name: 'web', port: 8000, protocol: 'TCP' }] });
    await bench.service('empty', { clusterIP: '10.96.5.6', ports });
    const endpoints = [{ addresses: [server.ip], hostname: 'web-0', conditions: { ready: true } }];
    for (const name of ['nginx', 'web']) await bench.slice(name, endpoints, ports);
  });

  it.each([
    ['the pod by name', 'http://web-0.nginx/', /Welcome to nginx!/],
    ['the Service', 'http://web:8000/', /Welcome to nginx!/],
    ['the address', 'http://10.244.0.3', /Welcome to nginx!/],
  ])('wget reaches %s', async (_what, url, body) => {
    const got = await client.run(['wget', '-qO-', url]);
    expect(got).toMatchObject({ code: 0, stderr: '' });
    expect(got.stdout).toMatch(body);
  });

  it.each([
    [['wget', '-qO-', 'http://web-0.nginx/nope'], 'wget: server returned error: HTTP/1.1 404 Not Found\n', 1],
    [['wget', '-qO-', 'http://web-9.nginx/'], "wget: bad address 'web-9.nginx'\n", 1],
    [
      ['wget', '-qO-', 'http://web-0.nginx:81/'],
      "wget: can't connect to remote host (10.244.0.3): Connection refused\n",
      1,
    ],
    [['wget', '-qO-', 'http://empty/'], "wget: can't connect to remote host (10.96.5.6): Connection refused\n", 1],
    [['wget', '-qO-', '-T', '2', 'http://10.96.5.5:9/'], 'wget: download timed out\n', 1],
  ])('%j fails', async (argv, stderr, code) => {
    expect(await client.run(argv)).toMatchObject({ stderr, code, stdout: '' });
  });

  const page = (title: string) =>
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/1.11.1</center>\r\n</body>\r\n</html>\r\n`;

  it.each([
    ['a missing file', ['/nope'], '404 Not Found', page('404 Not Found'), []],
    [
      'a folder without a slash',
      ['/images'],
      '301 Moved Permanently',
      page('301 Moved Permanently'),
      ['Location: http://10.244.0.3/images/'],
    ],
    ['a folder without an index', ['/images/'], '403 Forbidden', page('403 Forbidden'), []],
    ['another method', ['-X', 'DELETE', '/'], '405 Not Allowed', page('405 Not Allowed'), []],
    ['a bad escape', ['/%zz'], '400 Bad Request', page('400 Bad Request'), []],
    [
      'a range',
      ['-H', 'Range: bytes=0-3', '/a.bin'],
      '206 Partial Content',
      '\0\x01\x02\x03',
      ['Content-Range: bytes 0-3/256', 'Content-Type: application/octet-stream'],
    ],
    [
      'the end of a file',
      ['-H', 'Range: bytes=-2', '/a.bin'],
      '206 Partial Content',
      '\xfe\xff',
      ['Content-Range: bytes 254-255/256'],
    ],
    [
      'a range beyond the end',
      ['-H', 'Range: bytes=300-', '/a.bin'],
      '416 Requested Range Not Satisfiable',
      page('416 Requested Range Not Satisfiable'),
      ['Content-Range: bytes */256'],
    ],
    ['a hidden file', ['/.hidden'], '200 OK', 'h', []],
    ['an unreadable file', ['/secret'], '403 Forbidden', page('403 Forbidden'), []],
    ['a style sheet', ['/s.css'], '200 OK', '', ['Content-Type: text/css', 'Content-Length: 0']],
  ])('answers for %s', async (_what, args, status, body, headers) => {
    const root = '/usr/share/nginx/html';
    const files: [string, Uint8Array][] = [
      ['a.bin', Uint8Array.from({ length: 256 }, (_, i) => i)],
      ['.hidden', Buffer.from('h')],
      ['secret', Buffer.from('s')],
      ['s.css', Buffer.from('')],
    ];
    for (const [name, bytes] of files) await server.run(['tee', `${root}/${name}`], { stdin: bytes });
    await server.run(['mkdir', '-p', `${root}/images`]);
    await server.run(['chmod', '600', `${root}/secret`]);
    const url = args.at(-1) ?? '';
    const got = await tools.run(['curl', '-si', ...args.slice(0, -1), `http://${server.ip}${url}`]);
    const text = got.bytes.toString('latin1');
    expect(text.startsWith(`HTTP/1.1 ${status}\r\nServer: nginx/1.11.1\r\n`)).toBe(true);
    expect(text.slice(text.indexOf('\r\n\r\n') + 4)).toBe(body);
    for (const header of headers) expect(text).toContain(`${header}\r\n`);
  });

  it('answers HEAD and conditional requests without a body', async () => {
    const head = await tools.run(['curl', '-q', '-sI', `http://${server.ip}/`]);
    const etag = /ETag: (.*)\r/.exec(head.stdout)?.[1] ?? '';
    const since = /Last-Modified: (.*)\r/.exec(head.stdout)?.[1] ?? '';
    expect(head.stdout).toMatch(
      /^HTTP\/1.1 200 OK\r\nServer: .*\r\nDate: .*\r\nContent-Type: text\/html\r\nContent-Length: \d+\r\nLast-Modified: .*\r\nConnection: keep-alive|close\r\nETag: .*\r\nAccept-Ranges: bytes\r\n\r\n$/,
    );
    for (const header of [`If-None-Match: ${etag}`, `If-Modified-Since: ${since}`]) {
      const again = await tools.run(['curl', '-si', '-H', header, `http://${server.ip}/`]);
      expect(again.stdout).toMatch(/^HTTP\/1.1 304 Not Modified\r\n/);
      expect(again.stdout).toMatch(/\r\n\r\n$/);
    }
  });

  it('logs like its image', async () => {
    await tools.run(['curl', '-s', `http://${server.ip}/missing`]);
    expect(server.log()).toMatch(
      /\[error\] 1#1: \*\d+ open\(\) "\/usr\/share\/nginx\/html\/missing" failed \(2: No such file or directory\), client: 10.244.0.5, server: , request: "GET \/missing HTTP\/1.1", host: "10.244.0.3"\n10.244.0.5 - - \[01\/Jan\/2026:00:\d\d:\d\d \+0000\] "GET \/missing HTTP\/1.1" 404 153 "-" "curl\/7.88.1"\n$/,
    );
  });

  it.each(['SIGTERM', 'SIGQUIT'] as const)('ends by %s with 0', async (signal) => {
    const pod = await bench.pod('gone', { image: 'nginx:1.27' });
    pod.container.signal(signal);
    expect(await bench.until(pod.container.exited)).toMatchObject({ code: 0, reason: 'Completed' });
  });

  it('cannot start without root, and says why', async () => {
    const pod = await bench.pod('denied', { image: 'nginx', runAsUser: 1000 });
    expect(await bench.until(pod.container.exited)).toMatchObject({ code: 1 });
    expect(pod.log()).toContain(
      'nginx: [emerg] mkdir() "/var/cache/nginx/client_temp" failed (13: Permission denied)\n',
    );
  });

  it('serves /app on 8080 as user 1001 in bitnami’s image', async () => {
    const pod = await bench.pod('bitnami', { image: 'bitnami/nginx' });
    expect(pod.container.user.uid).toBe(1001);
    expect((await tools.run(['curl', '-s', `http://${pod.ip}:8080/`])).stdout).toContain('Welcome to nginx!');
    expect((await tools.run(['curl', '-sS', `http://${pod.ip}/`])).code).toBe(7);
  });
});
