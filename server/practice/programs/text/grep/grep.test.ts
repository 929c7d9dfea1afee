import { beforeAll, describe, expect, it } from 'vitest';
import { flavouredPods } from '../../testing/bench';
import type { Pod } from '../../testing/bench';

const log = 'GET / 200\nGET /x 404\nPOST / 500\n\nGET /y 404\n';

/** As GNU grep 3.8 in locale C and busybox 1.36 print it. */
describe('grep', () => {
  let pods: Record<string, Pod> = {};

  beforeAll(async () => {
    pods = await flavouredPods();
    for (const pod of Object.values(pods)) {
      await pod.run(['mkdir', '-p', '/t/sub']);
      await pod.run(['tee', '/t/log'], { stdin: log });
      await pod.run(['tee', '/t/other'], { stdin: 'nothing\n' });
      await pod.run(['tee', '/t/sub/deep.txt'], { stdin: 'GET deep\n' });
      await pod.run(['tee', '/patterns'], { stdin: '200\n500\n' });
      await pod.run(['tee', '/bytes'], { stdin: 'a\0b\nGET\n' });
    }
  });

  it.each([
    [['grep', '404', '/t/log'], 'GET /x 404\nGET /y 404\n', 0],
    [['grep', 'nope', '/t/log'], '', 1],
    [['grep', '-v', 'GET', '/t/log'], 'POST / 500\n\n', 0],
    [['grep', '-c', 'GET', '/t/log'], '3\n', 0],
    [['grep', '-n', '404', '/t/log'], '2:GET /x 404\n5:GET /y 404\n', 0],
    [['grep', '-i', 'get /X', '/t/log'], 'GET /x 404\n', 0],
    [['grep', '-o', '[0-9][0-9]*', '/t/log'], '200\n404\n500\n404\n', 0],
    [['grep', '-w', '40', '/t/log'], '', 1],
    [['grep', '-x', 'POST / 500', '/t/log'], 'POST / 500\n', 0],
    [['grep', '-E', '^(GET|POST) / ', '/t/log'], 'GET / 200\nPOST / 500\n', 0],
    [['egrep', '4{1}0|5', '/t/log'], 'GET /x 404\nPOST / 500\nGET /y 404\n', 0],
    [['grep', '^\\(GET\\|POST\\) / ', '/t/log'], 'GET / 200\nPOST / 500\n', 0],
    [['grep', '-F', '/ 2', '/t/log'], 'GET / 200\n', 0],
    [['fgrep', '.', '/t/log'], '', 1],
    [['grep', '-e', '200', '-e', '500', '/t/log'], 'GET / 200\nPOST / 500\n', 0],
    [['grep', '-f', '/patterns', '/t/log'], 'GET / 200\nPOST / 500\n', 0],
    [['grep', '-m', '1', 'GET', '/t/log'], 'GET / 200\n', 0],
    [['grep', '-q', 'GET', '/t/log'], '', 0],
    [['grep', '-l', 'GET', '/t/log', '/t/other'], '/t/log\n', 0],
    [['grep', '-L', 'GET', '/t/log', '/t/other'], '/t/other\n', 0],
    [['grep', '-c', 'GET', '/t/log', '/t/other'], '/t/log:3\n/t/other:0\n', 0],
    [['grep', '-h', 'nothing', '/t/log', '/t/other'], 'nothing\n', 0],
    [['grep', '-Hn', '200', '/t/log'], '/t/log:1:GET / 200\n', 0],
    [['grep', '-A1', 'POST', '/t/log'], 'POST / 500\n\n', 0],
    [['grep', '-B', '1', 'POST', '/t/log'], 'GET /x 404\nPOST / 500\n', 0],
    [['grep', '-nC1', '200', '/t/log'], '1:GET / 200\n2-GET /x 404\n', 0],
    [['grep', '-A0', '-e', '200', '-e', 'y', '/t/log'], 'GET / 200\n--\nGET /y 404\n', 0],
    [['grep', '-r', 'GET', '/t/sub'], '/t/sub/deep.txt:GET deep\n', 0],
    [['grep', '-c', '', '/t/log'], '5\n', 0],
    [['grep', '^$', '/t/log'], '\n', 0],
    [['grep', '*a', '/t/log'], '', 1],
  ])('%j', async (argv, stdout, code) => {
    for (const [name, pod] of Object.entries(pods)) {
      // busybox prints no gap between matches without context.
      if (name === 'bb' && argv.includes('-A0')) continue;
      expect(await pod.run(argv)).toMatchObject({ stdout, stderr: '', code });
    }
  });

  it.each([
    ['gnu', ['grep', '--color=always', 'p', '/t/sub/deep.txt'], 'GET dee\x1b[01;31m\x1b[Kp\x1b[m\x1b[K\n', '', 0],
    ['gnu', ['grep', '--color=auto', 'p', '/t/sub/deep.txt'], 'GET deep\n', '', 0],
    ['gnu', ['grep', '-r', '--include=*.txt', 'GET', '/t'], '/t/sub/deep.txt:GET deep\n', '', 0],
    ['gnu', ['grep', '-rh', '--exclude-dir=sub', 'GET /y', '/t'], 'GET /y 404\n', '', 0],
    ['gnu', ['grep', '-P', '\\d{3}$', '/t/log'], 'GET / 200\nGET /x 404\nPOST / 500\nGET /y 404\n', '', 0],
    ['gnu', ['grep', 'GET', '/bytes'], '', 'grep: /bytes: binary file matches\n', 0],
    ['gnu', ['grep', '-a', 'GET', '/bytes'], 'GET\n', '', 0],
    ['bb', ['grep', 'GET', '/bytes'], 'GET\n', '', 0],
    ['gnu', ['grep', 'x', '/nope'], '', 'grep: /nope: No such file or directory\n', 2],
    ['gnu', ['grep', '-s', 'x', '/nope'], '', '', 2],
    [
      'gnu',
      ['grep', 'GET', '/nope', '/t/sub/deep.txt'],
      '/t/sub/deep.txt:GET deep\n',
      'grep: /nope: No such file or directory\n',
      2,
    ],
    ['gnu', ['grep', 'x', '/t'], '', 'grep: /t: Is a directory\n', 2],
    ['gnu', ['grep', '[a', '/t/log'], '', 'grep: Unmatched [, [^, [:, [., or [=\n', 2],
    ['gnu', ['grep', '-m', 'x', 'a'], '', 'grep: invalid max count\n', 2],
    ['gnu', ['grep'], '', "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n", 2],
  ])('%s: %j', async (pod, argv, stdout, stderr, code) => {
    expect(await pods[pod]?.run(argv)).toMatchObject({ stdout, stderr, code });
  });

  it('looks at its input where no file is named', async () => {
    expect(await pods.gnu?.run(['grep', '-n', 'b'], { stdin: 'a\nb' })).toMatchObject({ stdout: '2:b\n', code: 0 });
    expect(await pods.gnu?.run(['grep', '-H', 'b'], { stdin: 'b\n' })).toMatchObject({
      stdout: '(standard input):b\n',
    });
  });

  it('leaves what has no end once it has seen enough', async () => {
    expect(await pods.gnu?.run(['grep', '-aqm1', '', '/dev/urandom'])).toMatchObject({ code: 0 });
  });

  it('is not held up by an expression', async () => {
    const got = await pods.gnu?.run(['grep', '-E', '(a+)+(a*)*$', '-c'], { stdin: `${'a'.repeat(5000)}b\n` });
    expect(got).toMatchObject({ stdout: '0\n', code: 1 });
  });
});
