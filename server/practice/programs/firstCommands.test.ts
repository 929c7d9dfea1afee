import { describe, expect, it } from 'vitest';
import { Bench } from './testing/bench';

describe('a busybox pod', () => {
  it.each([
    [['hostname'], 'web-0\n', '', 0],
    [['hostname', '-f'], 'web-0.nginx.default.svc.cluster.local\n', '', 0],
    [['hostname', '-i'], '10.244.0.2\n', '', 0],
    [['echo', '-n', 'a', 'b'], 'a b', '', 0],
    [['echo', '-e', 'a\\tb\\x41\\0101'], 'a\tbAA\n', '', 0],
    [['cat', '/nope'], '', "cat: can't open '/nope': No such file or directory\n", 1],
    [['cat', '/etc/hostname'], 'web-0\n', '', 0],
    [['ls', '/nope'], '', 'ls: /nope: No such file or directory\n', 1],
    [['ls', '-d', '/etc'], '/etc\n', '', 0],
    [['true'], '', '', 0],
    [['false'], '', '', 1],
    [['sleep', 'x'], '', "sleep: invalid number 'x'\n", 1],
    [['busybox', 'echo', 'hi'], 'hi\n', '', 0],
  ])('%j', async (argv, stdout, stderr, code) => {
    const bench = new Bench();
    const pod = await bench.pod('web-0', { image: 'busybox:1.28', command: ['sleep', '1000'], subdomain: 'nginx' });
    expect(await pod.run(argv)).toMatchObject({ stdout, stderr, code });
  });
});
