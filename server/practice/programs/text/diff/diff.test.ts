import { beforeAll, describe, expect, it } from 'vitest';
import { flavouredPods } from '../../testing/bench';
import type { Pod } from '../../testing/bench';

/** As diffutils 3.8 and busybox print it. */
describe('diff', () => {
  let pods: Record<string, Pod> = {};

  beforeAll(async () => {
    pods = await flavouredPods();
    for (const pod of Object.values(pods)) {
      await pod.run(['mkdir', '-p', '/d/sub', '/e/sub']);
      await pod.run(['tee', '/d/a'], { stdin: 'one\ntwo\nthree\n' });
      await pod.run(['tee', '/e/a'], { stdin: 'one\n2\nthree\nfour\n' });
      await pod.run(['tee', '/d/b', '/e/b'], { stdin: 'same\n' });
      await pod.run(['tee', '/d/sub/x'], { stdin: 'x\n' });
      await pod.run(['tee', '/e/sub/x'], { stdin: 'x' });
      await pod.run(['tee', '/d/left'], { stdin: '' });
      await pod.run(['tee', '/d/bytes'], { stdin: 'a\0b' });
      await pod.run(['tee', '/e/Spaces'], { stdin: 'One\n two \n\nthree\n' });
    }
  });

  it.each([
    [['/d/b', '/e/b'], '', '', 0],
    [['/d/a', '/e/a'], '2c2\n< two\n---\n> 2\n3a4\n> four\n', '', 1],
    [['/d/a', '/d/left'], '1,3d0\n< one\n< two\n< three\n', '', 1],
    [['/d/sub/x', '/e/sub/x'], '1c1\n< x\n---\n> x\n\\ No newline at end of file\n', '', 1],
    [['-q', '/d/a', '/e/a'], 'Files /d/a and /e/a differ\n', '', 1],
    [['-s', '/d/b', '/e/b'], 'Files /d/b and /e/b are identical\n', '', 0],
    [['-iwB', '/d/a', '/e/Spaces'], '', '', 0],
    [
      ['-u', '-L', 'x', '-L', 'y', '/d/a', '/e/a'],
      '--- x\n+++ y\n@@ -1,3 +1,4 @@\n one\n-two\n+2\n three\n+four\n',
      '',
      1,
    ],
    [
      ['-U0', '-L', 'x', '-L', 'y', '/d/a', '/e/a'],
      '--- x\n+++ y\n@@ -2 +2 @@\n-two\n+2\n@@ -3,0 +4 @@\n+four\n',
      '',
      1,
    ],
    [['/d/a', '/d/bytes'], 'Binary files /d/a and /d/bytes differ\n', '', 1],
    [['/d/a', '/e'], '2c2\n< two\n---\n> 2\n3a4\n> four\n', '', 1],
    [
      ['-rq', '/d', '/e'],
      'Only in /e: Spaces\nFiles /d/a and /e/a differ\nOnly in /d: bytes\nOnly in /d: left\nFiles /d/sub/x and /e/sub/x differ\n',
      '',
      1,
    ],
    [
      ['-r', '/d/sub', '/e/sub'],
      'diff -r /d/sub/x /e/sub/x\n1c1\n< x\n---\n> x\n\\ No newline at end of file\n',
      '',
      1,
    ],
    [['/d/a', '/nope'], '', 'diff: /nope: No such file or directory\n', 2],
    [['/d/a'], '', "diff: missing operand after '/d/a'\ndiff: Try 'diff --help' for more information.\n", 2],
  ])('GNU: %j', async (args, stdout, stderr, code) => {
    expect(await pods.gnu?.run(['diff', ...args])).toMatchObject({ stdout, stderr, code });
  });

  it('names the moment a file was changed', async () => {
    const got = await pods.gnu?.run(['diff', '-u', '/d/a', '/e/a']);
    expect(got?.stdout).toMatch(/^--- \/d\/a\t\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{9} \+0000\n\+\+\+ \/e\/a\t/);
  });

  it('is unified in busybox, always', async () => {
    expect(await pods.bb?.run(['diff', '/d/a', '/e/a'])).toMatchObject({
      stdout: '--- /d/a\n+++ /e/a\n@@ -1,3 +1,4 @@\n one\n-two\n+2\n three\n+four\n',
      code: 1,
    });
  });
});
