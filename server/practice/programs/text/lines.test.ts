import { beforeAll, describe, expect, it } from 'vitest';
import { flavouredPods } from '../testing/bench';
import type { Pod } from '../testing/bench';

describe('lines and expressions', () => {
  let pods: Record<string, Pod> = {};

  beforeAll(async () => {
    pods = await flavouredPods();
    for (const pod of Object.values(pods)) {
      await pod.run(['tee', '/tmp/a'], { stdin: '1\n2\n3\n' });
      await pod.run(['tee', '/tmp/b'], { stdin: '2\n4\n' });
    }
  });

  it.each([
    [['rev'], 'abc\nxyz\n', 'cba\nzyx\n', 0],
    [['tac'], 'a\nb\nc\n', 'c\nb\na\n', 0],
    [['tac'], 'a\nb', 'ba\n', 0],
    [['nl'], 'a\n\nb\n', '     1\ta\n       \n     2\tb\n', 0],
    [['nl', '-ba', '-w2', '-s:'], 'a\n\n', ' 1:a\n 2:\n', 0],
    [['fold', '-w', '3'], 'abcdefgh\n', 'abc\ndef\ngh\n', 0],
    [['fold', '-sw', '6'], 'ab cd efgh\n', 'ab cd \nefgh\n', 0],
    [['comm', '/tmp/a', '/tmp/b'], '', '1\n\t\t2\n3\n\t4\n', 0],
    [['comm', '-12', '/tmp/a', '/tmp/b'], '', '2\n', 0],
    [['expr', '1', '+', '2', '*', '3'], '', '7\n', 0],
    [['expr', '(', '1', '+', '2', ')', '*', '3'], '', '9\n', 0],
    [['expr', '7', '/', '2'], '', '3\n', 0],
    [['expr', '3', '-', '3'], '', '0\n', 1],
    [['expr', '2', '<', '10'], '', '1\n', 0],
    [['expr', 'b', '>', 'a'], '', '1\n', 0],
    [['expr', 'web-0', ':', 'web-\\([0-9]*\\)'], '', '0\n', 1],
    [['expr', 'web-12', ':', 'web-\\([0-9]*\\)'], '', '12\n', 0],
    [['expr', 'abc', ':', '.*'], '', '3\n', 0],
    [['expr', 'length', 'abcd'], '', '4\n', 0],
    [['expr', 'substr', 'abcd', '2', '2'], '', 'bc\n', 0],
    [['expr', 'index', 'abcd', 'dc'], '', '3\n', 0],
    [['expr', '', '|', 'x'], '', 'x\n', 0],
    [['expr', 'a', '&', '0'], '', '0\n', 1],
  ])('%j', async (argv, stdin, stdout, code) => {
    for (const pod of [pods.bb, pods.gnu])
      expect(await pod?.run(argv, { stdin })).toMatchObject({ stdout, stderr: '', code });
  });

  it.each([
    ['gnu', ['rev', '/nope'], 'rev: cannot open /nope: No such file or directory\n', 1],
    ['gnu', ['tac', '/nope'], "tac: failed to open '/nope' for reading: No such file or directory\n", 1],
    ['gnu', ['fold', '-w', 'x'], "fold: invalid number of columns: 'x'\n", 1],
    ['gnu', ['comm', '/tmp/a'], "comm: missing operand after '/tmp/a'\nTry 'comm --help' for more information.\n", 1],
    ['gnu', ['expr', '1', '+'], "expr: syntax error: missing argument after '+'\n", 2],
    ['gnu', ['expr', '1', '2'], "expr: syntax error: unexpected argument '2'\n", 2],
    ['gnu', ['expr', 'a', '+', '1'], 'expr: non-integer argument\n', 2],
    ['gnu', ['expr', '1', '/', '0'], 'expr: division by zero\n', 2],
    ['bb', ['expr', 'a', '+', '1'], 'expr: non-numeric argument\n', 2],
    ['bb', ['expr', '1', '+'], 'expr: syntax error\n', 2],
  ])('%s refuses %j', async (pod, argv, stderr, code) => {
    expect(await pods[pod]?.run(argv)).toMatchObject({ stdout: '', stderr, code });
  });
});
