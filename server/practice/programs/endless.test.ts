import { describe, expect, it } from 'vitest';
import { matchesGlob, matchesSimple } from './patterns';
import { Bench } from './testing/bench';

describe('what has no end', () => {
  it.each([
    [['tail', '/dev/zero'], 'tail: out of memory\n'],
    [['gzip', '-c', '/dev/zero'], 'gzip: out of memory\n'],
    [['cut', '-c1', '/dev/zero'], 'cut: out of memory\n'],
    [['sort', '/dev/zero'], 'sort: out of memory\n'],
  ])('%j ends by itself', async (argv, stderr) => {
    const pod = await new Bench().pod('pod', { image: 'busybox', command: ['sleep', '1000000'] });
    expect(await pod.run(argv)).toMatchObject({ code: 1, stderr });
  });

  it('does not stop a web server that is asked for a device', async () => {
    const bench = new Bench();
    const pod = await bench.pod('web', {
      image: 'registry.k8s.io/e2e-test-images/agnhost:2.63.0',
      args: ['test-webserver'],
    });
    expect((await pod.run(['curl', '-s', 'http://localhost/dev/zero'])).stdout).toBe('404 page not found\n');
  });

  it('`tail -f /dev/null` waits until it is ended', async () => {
    const bench = new Bench();
    const pod = await bench.pod('pod', { image: 'busybox', command: ['tail', '-f', '/dev/null'] });
    await bench.clock.advance(60_000);
    pod.container.signal('SIGKILL');
    expect((await bench.until(pod.container.exited)).code).toBe(137);
  });
});

describe('patterns', () => {
  it.each([
    ['abc', '*', true],
    ['abc', 'a*c', true],
    ['abc', 'a?c', true],
    ['abc', 'b', false],
    ['abc', '[a-c]*[!d]', true],
    ['abc', '[!a]*', false],
    ['a*c', 'a\\*c', true],
    ['abc', 'a\\*c', false],
    ['a[c', 'a[c', true],
    ['a/.c', 'a*c', true],
    ['a'.repeat(5000), `${'*a'.repeat(50)}b`, false],
  ])('%s like %s: %s', (text, pattern, matches) => expect(matchesGlob(text, pattern)).toBe(matches));

  it.each([
    ['nginx', 'ngi', true],
    ['nginx', '^gin', false],
    ['nginx', 'x$', true],
    ['nginx', '^n.*x$', true],
    ['sh', 'bash|sh', true],
    ['sleep', 'nginx|bash', false],
  ])('%s matches %s: %s', (text, pattern, matches) => expect(matchesSimple(text, pattern)).toBe(matches));
});
