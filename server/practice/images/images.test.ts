import { describe, expect, it } from 'vitest';
import { ImageError } from '../containers/runtime';
import { Bench } from '../programs/testing/bench';
import { formatReference, parseReference } from './reference';

describe('parseReference', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:1.27', 'docker.io/library/nginx:1.27'],
    ['bitnami/nginx', 'docker.io/bitnami/nginx:latest'],
    ['k8s.gcr.io/nginx-slim:0.8', 'k8s.gcr.io/nginx-slim:0.8'],
    ['localhost:5000/a/b', 'localhost:5000/a/b:latest'],
    ['index.docker.io/library/nginx', 'docker.io/library/nginx:latest'],
    [`nginx@sha256:${'a'.repeat(64)}`, `docker.io/library/nginx@sha256:${'a'.repeat(64)}`],
  ])('%s is %s', (text, full) => expect(formatReference(parseReference(text))).toBe(full));

  it.each(['', 'NGINX', 'nginx:', 'nginx:a b', 'a//b', '-nginx', 'nginx@sha256:short', '$(id)', 'nginx:latest:x'])(
    'refuses %j',
    (text) => expect(() => parseReference(text)).toThrow(expect.objectContaining({ reason: 'InvalidImageName' })),
  );
});

describe('the registry', () => {
  it.each([
    [
      'nosuch',
      'ErrImagePull',
      /^failed to pull and unpack image "docker.io\/library\/nosuch:latest": failed to resolve reference .*pull access denied/,
    ],
    ['nginx:nosuch', 'ErrImagePull', /docker.io\/library\/nginx:nosuch: not found$/],
    ['quay.io/a/b', 'ErrImagePull', /quay.io\/a\/b:latest: not found$/],
  ])('has no %s', (text, reason, message) => {
    try {
      new Bench().images.find(text);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ImageError);
      expect(error).toMatchObject({ reason, message: expect.stringMatching(message) });
    }
  });

  it('gives the same image for the same name', () => {
    const { images } = new Bench();
    expect(images.find('nginx')).toBe(images.find('docker.io/library/nginx:latest'));
    expect(images.find('nginx').facts.id).toMatch(/^docker.io\/library\/nginx@sha256:[0-9a-f]{64}$/);
  });

  it('has dig and the rest of dnsutils where a package brings them, and not in plain Debian', () => {
    const { images } = new Bench();
    const dns = images.find('registry.k8s.io/e2e-test-images/glibc-dns-testing:2.0.0');
    expect([...dns.programs.keys()]).toEqual(expect.arrayContaining(['/usr/bin/dig', '/usr/bin/getent']));
    expect([...images.find('debian').programs.keys()]).not.toContain('/usr/bin/dig');
  });

  it.each(['registry.k8s.io/e2e-test-images/httpd:2.4.38-4', 'httpd:2.4'])(
    '%s has /var/tmp for anyone',
    async (image) => {
      const pod = await new Bench().pod('web', { image });
      expect((await pod.run(['ls', '-ld', '/var/tmp'])).stdout).toMatch(/^drwxrwxrwt /);
    },
  );

  it('runs a stand-in that says so, when any image may run', async () => {
    const bench = new Bench({ anyImage: true });
    expect(bench.images.find('redis:7').facts.standIn).toBe(true);
    const pod = await bench.pod('redis', { image: 'redis:7' });
    expect(pod.log()).toContain('there is no image docker.io/library/redis:7 here');
    expect((await pod.run(['hostname'])).stdout).toBe('redis\n');
  });

  it.each([
    ['k8s.gcr.io/nginx-slim:0.8', 0],
    ['registry.k8s.io/nginx-slim:0.24', 0],
    ['nginx:alpine', 0],
    ['bitnami/nginx', 1001],
    ['httpd:2.4', 0],
    ['registry.k8s.io/e2e-test-images/httpd:2.4.38-4', 0],
    ['registry.k8s.io/e2e-test-images/agnhost:2.63.0', 0],
    ['registry.k8s.io/pause:3.10', 65535],
  ])('%s runs as %s until it is told to stop', async (image, uid) => {
    const bench = new Bench();
    const pod = await bench.pod('pod', { image });
    expect(pod.container.user.uid).toBe(uid);
    pod.container.signal(bench.images.find(image).stopSignal);
    expect((await bench.until(pod.container.exited)).code).toBe(image.includes('agnhost') ? 2 : 0);
  });
});

describe('a setuid program', () => {
  const image = 'registry.k8s.io/e2e-test-images/nonewprivs:1.4';
  it.each([
    [{}, 0],
    [{ noNewPrivileges: true }, 1000],
  ])('runs, for user 1000 and %j, as user %i', async (options, uid) => {
    const bench = new Bench();
    const first = await bench.pod('first', { image, runAsUser: 1000, ...options });
    await bench.until(first.container.exited);
    expect(first.log()).toBe(`Effective uid: ${uid}\n`);
    const second = await bench.pod('second', { image, command: ['sleep', '9'], runAsUser: 1000, ...options });
    expect((await second.run(['nnp'])).stdout).toBe(`Effective uid: ${uid}\n`);
    expect((await second.run(['env', 'nnp'])).stdout).toBe(`Effective uid: ${uid}\n`);
  });
});

describe('agnhost', () => {
  it('serves its root folder, and readiness goes with the file', async () => {
    const bench = new Bench();
    const pod = await bench.pod('web', {
      image: 'registry.k8s.io/e2e-test-images/agnhost:2.63.0',
      args: ['test-webserver'],
    });
    const status = async () =>
      (await pod.run(['curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', 'http://localhost/localhost.crt'])).stdout;
    expect(await status()).toBe('200');
    await pod.run(['mv', '-v', '/localhost.crt', '/tmp/']);
    expect(await status()).toBe('404');
    await pod.run(['mv', '-v', '/tmp/localhost.crt', '/']);
    expect(await status()).toBe('200');
  });

  it('netexec tells its name and dials others', async () => {
    const bench = new Bench();
    const pod = await bench.pod('net', {
      image: 'registry.k8s.io/e2e-test-images/agnhost:2.55',
      args: ['netexec', '--http-port=8083'],
    });
    const get = async (path: string) => (await pod.run(['curl', '-s', `http://${pod.ip}:8083${path}`])).stdout;
    expect(await get('/hostname')).toBe('net');
    expect(await get('/echo?msg=a%20b')).toBe('a b');
    expect(await get(`/dial?host=${pod.ip}&port=8083&request=hostname&tries=2`)).toBe('{"responses":["net","net"]}');
    expect(await get(`/dial?host=${pod.ip}&port=8081&request=hostname&protocol=udp`)).toBe('{"responses":["net"]}');
    expect(await get('/shell?cmd=echo%20hi')).toBe('{"output":"hi\\n"}');
  });
});
