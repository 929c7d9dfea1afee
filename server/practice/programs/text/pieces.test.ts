import { beforeAll, describe, expect, it } from 'vitest';
import { flavouredPods } from '../testing/bench';
import type { Pod } from '../testing/bench';

describe('lines put together and taken apart', () => {
  let pods: Record<string, Pod> = {};

  beforeAll(async () => {
    pods = await flavouredPods();
    for (const pod of Object.values(pods)) {
      await pod.run(['tee', '/tmp/a'], { stdin: '1\n2\n3\n' });
      await pod.run(['tee', '/tmp/b'], { stdin: 'x\ny\n' });
    }
  });

  it.each([
    [['paste', '-sd+'], '1\n2\n3\n', '1+2+3\n'],
    [['paste', '-s', '/tmp/a', '/tmp/b'], '', '1\t2\t3\nx\ty\n'],
    [['paste', '/tmp/a', '/tmp/b'], '', '1\tx\n2\ty\n3\t\n'],
    [['paste', '-d', ':,', '/tmp/a', '/tmp/b', '/tmp/a'], '', '1:x,1\n2:y,2\n3:,3\n'],
    [['paste', '-', '-'], 'a\nb\nc\n', 'a\tb\nc\t\n'],
    [['shuf', '-n', '0'], 'a\n', ''],
    [['shuf', '-e', 'a'], '', 'a\n'],
  ])('%j', async (argv, stdin, stdout) => {
    for (const pod of [pods.bb, pods.gnu])
      expect(await pod?.run(argv, { stdin })).toMatchObject({ stdout, stderr: '', code: 0 });
  });

  it('shuffles all, each once', async () => {
    const got = await pods.gnu?.run(['shuf', '-i', '1-9']);
    expect(got?.stdout.trim().split('\n').sort().join('')).toBe('123456789');
  });

  it.each([
    [['split', '-l', '2', '/tmp/a', '/tmp/p'], { '/tmp/paa': '1\n2\n', '/tmp/pab': '3\n' }],
    [['split', '-b', '4', '/tmp/a', '/tmp/q'], { '/tmp/qaa': '1\n2\n', '/tmp/qab': '3\n' }],
    [['truncate', '-s', '3', '/tmp/b'], { '/tmp/b': 'x\ny' }],
    [['truncate', '-s', '+1', '/tmp/new'], { '/tmp/new': '\0' }],
  ])('%j', async (argv, files) => {
    expect(await pods.bb?.run(argv)).toMatchObject({ stdout: '', stderr: '', code: 0 });
    for (const [path, content] of Object.entries(files))
      expect((await pods.bb?.run(['cat', path]))?.stdout).toBe(content);
  });

  it.each([
    ['gnu', ['paste', '/nope'], 'paste: /nope: No such file or directory\n'],
    ['gnu', ['split', '/nope'], "split: cannot open '/nope' for reading: No such file or directory\n"],
    ['gnu', ['split', '-b', '1', '-a', '1', '/tmp/long'], 'split: output file suffixes exhausted\n'],
    ['gnu', ['truncate', '-s', 'x', '/tmp/a'], "truncate: Invalid number: 'x'\n"],
    ['gnu', ['shuf', '-i', '3-x'], "shuf: invalid input range: 'x'\n"],
  ])('%s refuses %j', async (pod, argv, stderr) => {
    await pods.gnu?.run(['tee', '/tmp/long'], { stdin: 'x'.repeat(30) });
    expect(await pods[pod]?.run(argv)).toMatchObject({ stdout: '', stderr, code: 1 });
  });
});
