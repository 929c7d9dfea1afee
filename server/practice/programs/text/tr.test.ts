import { beforeAll, describe, expect, it } from 'vitest';
import { flavouredPods } from '../testing/bench';
import type { Pod } from '../testing/bench';

/** As coreutils 9.1 and busybox print it in locale C. */
describe('tr', () => {
  let pods: Record<string, Pod> = {};

  beforeAll(async () => {
    pods = await flavouredPods();
  });

  it.each([
    [['a-z', 'A-Z'], 'web-0', 'WEB-0'],
    [['[:lower:]', '[:upper:]'], 'web', 'WEB'],
    [['\\0', ' '], 'sleep\x00100000\x00', 'sleep 100000 '],
    [['\\n', ','], 'a\nb\n', 'a,b,'],
    [['\\012', '\\t'], 'a\n', 'a\t'],
    [['-d', '[:digit:]'], 'w3b0', 'wb'],
    [['-dc', 'a-z'], 'A b!c', 'bc'],
    [['-d', 'a-'], 'a-b', 'b'],
    [['-s', ' '], 'a   b  c', 'a b c'],
    [['-s', 'a-c', 'x'], 'aabbcd', 'xd'],
    [['-ds', 'a', 'b'], 'aabbab', 'b'],
    [['-cs', '[:alnum:]', '\\n'], 'one, two', 'one\ntwo'],
    [['abc', 'x'], 'aabbcc', 'xxxxxx'],
    [['-t', 'abc', 'xy'], 'abc', 'xyc'],
    [['-c', 'a', '_'], 'aba', 'a_a'],
    [['a-c', '[x*]z'], 'abc', 'xxz'],
    [['a-c', '[x*2]z'], 'abc', 'xxz'],
    [['[=a=]', 'b'], 'a', 'b'],
    [['--', '-', '_'], 'a-b', 'a_b'],
    [['ü', 'u'], 'ü', 'uu'],
  ])('%j', async (args, stdin, stdout) => {
    for (const pod of [pods.bb, pods.gnu])
      expect(await pod?.run(['tr', ...args], { stdin })).toMatchObject({ stdout, stderr: '', code: 0 });
  });

  it.each([
    [[], "tr: missing operand\nTry 'tr --help' for more information.\n"],
    [
      ['a'],
      "tr: missing operand after 'a'\nTwo strings must be given when translating.\nTry 'tr --help' for more information.\n",
    ],
    [['z-a', 'x'], "tr: range-endpoints of 'z-a' are in reverse collating sequence order\n"],
    [['[:no:]', 'x'], "tr: invalid character class 'no'\n"],
    [['a', ''], 'tr: when not truncating set1, string2 must be non-empty\n'],
    [['-x'], "tr: invalid option -- 'x'\nTry 'tr --help' for more information.\n"],
  ])('GNU refuses %j', async (args, stderr) => {
    expect(await pods.gnu?.run(['tr', ...args])).toMatchObject({ stdout: '', stderr, code: 1 });
  });

  it('busybox shows how it is used', async () => {
    const got = await pods.bb?.run(['tr', 'a']);
    expect(got?.stderr).toMatch(/^BusyBox v.*\n\nUsage: tr \[-cds\] STRING1 \[STRING2\]\n/);
  });

  it('goes over any length', async () => {
    const got = await pods.gnu?.run(['tr', '-s', 'a', 'b'], { stdin: `${'a'.repeat(200_000)}c` });
    expect(got?.stdout).toBe('bc');
  });
});
