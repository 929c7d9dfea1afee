import { beforeAll, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench';
import type { Pod } from '../../testing/bench';

/** As coreutils 9.1 prints it in locale C. */
describe('sort', () => {
  let pod: Pod;

  beforeAll(async () => {
    pod = await new Bench().pod('gnu', { image: 'debian', command: ['sleep', '1000000'] });
  });

  const table = 'web-10 3 1K\nweb-2 10 2M\nweb-1 2 512\n';
  it.each([
    [[], 'b\nB\na\n', 'B\na\nb\n'],
    [['-f'], 'b\nB\na\n', 'a\nB\nb\n'],
    [['-r'], 'a\nc\nb', 'c\nb\na\n'],
    [['-n'], '10\n9\n-1\nx\n1.5\n', '-1\nx\n1.5\n9\n10\n'],
    [['-g'], '1e2\n3\nx\n', 'x\n3\n1e2\n'],
    [['-V'], table, 'web-1 2 512\nweb-2 10 2M\nweb-10 3 1K\n'],
    [['-k2'], table, 'web-2 10 2M\nweb-1 2 512\nweb-10 3 1K\n'],
    [['-k2,2n'], table, 'web-1 2 512\nweb-10 3 1K\nweb-2 10 2M\n'],
    [['-k3h'], table, 'web-1 2 512\nweb-10 3 1K\nweb-2 10 2M\n'],
    [['-k', '1.5,1.5nr'], table, 'web-2 10 2M\nweb-1 2 512\nweb-10 3 1K\n'],
    [['-t:', '-k2,2', '-k1,1r'], 'a:1\nb:1\nc:0\n', 'c:0\nb:1\na:1\n'],
    [['-t:', '-k3n'], 'root:x:0\nbin:x:2\ndaemon:x:1\n', 'root:x:0\ndaemon:x:1\nbin:x:2\n'],
    [['-u'], 'a\nb\na\n', 'a\nb\n'],
    [['-un'], '1 x\n1 y\n0\n', '0\n1 x\n'],
    [['-s', '-k1,1'], 'b 2\na 2\na 1\n', 'a 2\na 1\nb 2\n'],
    [['-M'], 'Mar\njan\nx\n', 'x\njan\nMar\n'],
    [['-b'], '  b\na\n', 'a\n  b\n'],
    [['-d'], '-b\na\n', 'a\n-b\n'],
    [['-z'], 'b\0a\0', 'a\0b\0'],
  ])('%j', async (args, stdin, stdout) => {
    expect(await pod.run(['sort', ...args], { stdin })).toMatchObject({ stdout, stderr: '', code: 0 });
  });

  it.each([
    [['/nope'], 'sort: cannot read: /nope: No such file or directory\n', 2],
    [['-c'], 'sort: -:2: disorder: a\n', 1],
    [['-t', 'ab'], "sort: multi-character tab 'ab'\n", 2],
    [['-k0'], "sort: field number is zero: invalid field specification '0'\n", 2],
    [['-k1x'], "sort: stray character in field spec: invalid field specification '1x'\n", 2],
    [['-x'], "sort: invalid option -- 'x'\nTry 'sort --help' for more information.\n", 2],
  ])('refuses %j', async (args, stderr, code) => {
    expect(await pod.run(['sort', ...args], { stdin: 'b\na\n' })).toMatchObject({ stdout: '', stderr, code });
  });

  it('writes over a file that it reads', async () => {
    await pod.run(['tee', '/tmp/a'], { stdin: 'b\na\n' });
    expect(await pod.run(['sort', '-o', '/tmp/a', '/tmp/a'])).toMatchObject({ code: 0 });
    expect((await pod.run(['cat', '/tmp/a'])).stdout).toBe('a\nb\n');
  });
});
