import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../clock';
import { buildBox, runScript } from '../../shell/testing';
import { Bench } from '../testing/bench';
import { find } from './find';
import type { Pod } from '../testing/bench';
import { podWithTree } from './testing/tree';

/** What find does where somebody looks on, where it may not look itself, and where there is much to be found. */
describe('find', () => {
  let pod: Pod;

  beforeAll(async () => {
    pod = await podWithTree('debian');
  });

  const tty = { columns: 200, rows: 24 };

  it('shows a terminal no bytes that could control it, and lists names as C has them', async () => {
    expect((await pod.run(['find', 't', '-name', 'ü*'], { tty })).stdout).toBe('t/???"\r\n');
    expect((await pod.run(['find', 't', '-name', 'ü*', '-print0'], { tty })).stdout).toContain('t/ü');
    expect((await pod.run(['find', 't', '-name', 'ü*', '-print0'])).bytes.toString()).toBe('t/ü\n"\0');
    const lines = (await pod.run(['find', 't/none', 't/link', 't/sub/deep', 't/ü\n"', '-ls'])).stdout;
    expect(lines.replace(/^ *\d+ /gm, '').replace(/[A-Z][a-z]{2} [ \d]\d [\d:]{5}/g, 'DATE')).toBe(
      '     0 -rw-r--r--   1 12345    54321           0 Feb 29  2024 t/none\n' +
        '     0 lrwxrwxrwx   1 root     root            5 DATE t/link -> a.txt\n' +
        '     4 drwxr-xr-x   2 root     root         4096 DATE t/sub/deep\n' +
        '     4 -rw-r--r--   1 root     root            1 DATE t/sub/deep/c\\ d.txt\n' +
        '     4 -rw-r--r--   1 root     root            1 DATE t/\\303\\274\\n\\"\n',
    );
  });

  it('warns who types it', async () => {
    const typed = await pod.run(['find', 't', '-name', 'big', '-maxdepth', '1'], { tty });
    expect(typed.stdout).toBe(
      'find: warning: you have specified the global option -maxdepth after the argument -name, but global options are not ' +
        'positional, i.e., -maxdepth affects tests specified before it as well as those specified after it.  Please ' +
        'specify global options before other arguments.\r\nt/big\r\n',
    );
    expect(await pod.run(['find', 't', '-name', 'big', '-maxdepth', '1'])).toMatchObject({ stderr: '' });
  });

  it('has shown what it found when a command takes long', async () => {
    const argv = ['find', 't/big', '-print', '-exec', 'sleep', '1000', ';'];
    const session = await pod.container.exec({ argv, stdin: false, tty: false });
    const found = await session.stdout.read();
    expect(Buffer.from(found ?? []).toString()).toBe('t/big\n');
  });

  it('ends when nobody reads on', async () => {
    const box = buildBox(systemClock, [['/bin/find', find({ kind: 'gnu', distribution: 'debian' })]]);
    const starts = Array.from({ length: 300 }, () => '/').join(' ');
    const { stdout } = await runScript(box, 'bash', `find ${starts} | head; echo \${PIPESTATUS[@]}`);
    expect(stdout).toBe('/\n141 0\n');
  });

  it('asks, and does what is said yes to', async () => {
    const asked = await pod.run(['find', 't', '-name', 'b*', '-ok', 'echo', '{}', ';'], { stdin: 'n\ny\n' });
    expect(asked).toMatchObject({
      stdout: 't/big\n',
      stderr: '< echo ... t/sub/b.log > ? < echo ... t/big > ? < echo ... t/broken > ? ',
      code: 0,
    });
  });

  it('tells times from the start of the call', async () => {
    const bench = new Bench();
    const aged = await bench.pod('aged', { image: 'debian', command: ['sleep', '1000000'], workingDir: '/tmp' });
    await aged.run(['touch', 'old']);
    await bench.clock.advance(90_000);
    await aged.run(['touch', 'new']);
    const found = async (...test: string[]) => (await aged.run(['find', '.', '-type', 'f', ...test])).stdout;
    expect(await found('-mmin', '-1')).toBe('./new\n');
    expect(await found('-mmin', '+1')).toBe('./old\n');
    expect(await found('-mmin', '2')).toBe('./old\n');
    expect(await found('-newer', 'old')).toBe('./new\n');
    expect(await found('-mtime', '0')).toBe('./old\n./new\n');
    expect(await found('-mtime', '+0')).toBe('');
  });

  it('removes a tree from its leaves up, but not where it stands', async () => {
    await pod.run(['mkdir', '-p', '/gone/a/b']);
    await pod.run(['touch', '/gone/a/b/c']);
    expect(await pod.run(['find', '/gone', '-mindepth', '1', '-delete', '-print'])).toMatchObject({
      stdout: '/gone/a/b/c\n/gone/a/b\n/gone/a\n',
      stderr: '',
      code: 0,
    });
    expect((await pod.run(['ls', '/gone'])).stdout).toBe('');
  });

  it('says what it may not look into', async () => {
    const bench = new Bench();
    const user = await bench.pod('user', {
      image: 'debian',
      command: ['sleep', '1000000'],
      runAsUser: 1000,
      workingDir: '/tmp',
    });
    await user.run(['mkdir', 'd', 'd/locked']);
    await user.run(['touch', 'd/mine', 'd/locked/in']);
    await user.run(['chmod', '000', 'd/locked']);
    const stderr = "find: 'd/locked': Permission denied\n";
    expect(await user.run(['find', 'd'])).toMatchObject({ stdout: 'd\nd/locked\nd/mine\n', stderr, code: 1 });
    expect(await user.run(['find', 'd', '-depth'])).toMatchObject({ stdout: 'd/locked\nd/mine\nd\n', stderr, code: 1 });
    expect(await user.run(['find', 'd', '-readable', '-prune'])).toMatchObject({ stdout: 'd\n', code: 0 });
    expect(await user.run(['find', '/etc/passwd', '-writable'])).toMatchObject({ stdout: '', code: 0 });
    expect(await user.run(['find', '/etc/passwd', '-delete'])).toMatchObject({
      stderr: "find: cannot delete '/etc/passwd': Permission denied\n",
      code: 1,
    });
  });

  it('stays on its file system with -xdev', async () => {
    const { stdout } = await pod.run(['find', '/', '-xdev', '-path', '/proc*']);
    expect(stdout).toBe('/proc\n');
  });

  it('is not held up by a pattern', async () => {
    const name = 'a'.repeat(200);
    await pod.run(['touch', `/gone/${name}`]);
    const glob = `${'*a'.repeat(60)}b`;
    expect(await pod.run(['find', '/gone', '-name', glob, '-o', '-regex', '.*\\(a+\\)+b'])).toMatchObject({
      stdout: '',
    });
  });
});
