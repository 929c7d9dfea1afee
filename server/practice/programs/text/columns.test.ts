import { beforeAll, describe, expect, it } from 'vitest';
import { flavouredPods } from '../testing/bench';
import type { Pod } from '../testing/bench';

describe('parts of lines', () => {
  let pods: Record<string, Pod> = {};

  beforeAll(async () => {
    pods = await flavouredPods();
  });

  it.each([
    [['cut', '-d', ' ', '-f1'], 'x y\nz\n', 'x\nz\n'],
    [['cut', '-d:', '-f', '1,3-'], 'a:b:c:d\n', 'a:c:d\n'],
    [['cut', '-f2'], 'a\tb\n', 'b\n'],
    [['cut', '-d:', '-f3,1'], 'a:b:c', 'a:c\n'],
    [['cut', '-sd:', '-f1'], 'a:b\nc\n', 'a\n'],
    [['cut', '-c1-3'], 'abcdef\n', 'abc\n'],
    [['cut', '-c', '-2,4'], 'abcdef\n', 'abd\n'],
    [['cut', '-b2'], 'ü\n', Buffer.from([0xbc, 10]).toString()],
    [['uniq'], 'a\na\nb\na\n', 'a\nb\na\n'],
    [['uniq', '-c'], 'a\na\nb\n', '      2 a\n      1 b\n'],
    [['uniq', '-d'], 'a\na\nb\n', 'a\n'],
    [['uniq', '-u'], 'a\na\nb\n', 'b\n'],
    [['uniq', '-i'], 'a\nA\nb\n', 'a\nb\n'],
    [['uniq', '-f1'], '1 x\n2 x\n3 y\n', '1 x\n3 y\n'],
    [['uniq', '-s1', '-w', '1'], '1xa\n2xb\n3y\n', '1xa\n3y\n'],
    [['head', '-2'], 'a\nb\nc\n', 'a\nb\n'],
    [['tail', '-1'], 'a\nb\nc\n', 'c\n'],
  ])('%j', async (argv, stdin, stdout) => {
    for (const pod of [pods.bb, pods.gnu])
      expect(await pod?.run(argv, { stdin })).toMatchObject({ stdout, stderr: '', code: 0 });
  });

  it.each([
    ['gnu', ['cut', '-d:', '--output-delimiter=-', '-f1,2'], 'a:b\n', 'a-b\n'],
    ['gnu', ['cut', '--complement', '-c1'], 'abc\n', 'bc\n'],
    ['gnu', ['cut', '--output-delimiter=,', '-c1,3-4'], 'abcd\n', 'a,cd\n'],
    ['gnu', ['head', '-c2'], 'abc', 'ab'],
    ['gnu', ['head', '-1k'], 'abc', 'abc'],
    ['gnu', ['tail', '-2c'], 'abc', 'bc'],
    ['bb', ['tail', '+2'], 'a\nb\nc\n', 'b\nc\n'],
  ])('%s: %j', async (pod, argv, stdin, stdout) => {
    expect(await pods[pod]?.run(argv, { stdin })).toMatchObject({ stdout, stderr: '', code: 0 });
  });

  const hint = "Try 'cut --help' for more information.\n";
  it.each([
    ['gnu', ['cut'], `cut: you must specify a list of bytes, characters, or fields\n${hint}`],
    ['gnu', ['cut', '-f', 'x'], `cut: invalid field value 'x'\n${hint}`],
    ['gnu', ['cut', '-f', '0'], `cut: fields are numbered from 1\n${hint}`],
    ['gnu', ['cut', '-f', '3-1'], `cut: invalid decreasing range\n${hint}`],
    ['gnu', ['cut', '-d', 'ab', '-f1'], `cut: the delimiter must be a single character\n${hint}`],
    ['gnu', ['cut', '-c1', '/nope'], 'cut: /nope: No such file or directory\n'],
    ['bb', ['cut'], 'cut: expected a list of bytes, characters, or fields\n'],
    ['gnu', ['uniq', '/nope'], 'uniq: /nope: No such file or directory\n'],
  ])('%s refuses %j', async (pod, argv, stderr) => {
    expect(await pods[pod]?.run(argv)).toMatchObject({ stdout: '', stderr, code: 1 });
  });

  it('tells how long a command took', async () => {
    expect(await pods.bb?.run(['time', 'sleep', '61.5'])).toMatchObject({
      stderr: 'real\t1m 1.50s\nuser\t0m 0.00s\nsys\t0m 0.00s\n',
      code: 0,
    });
    expect(await pods.bb?.run(['time', '-p', 'false'])).toMatchObject({
      stderr: 'real 0.00\nuser 0.00\nsys 0.00\n',
      code: 1,
    });
  });
});
