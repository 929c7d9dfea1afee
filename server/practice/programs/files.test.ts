import { beforeAll, describe, expect, it } from 'vitest';
import { flavouredPods } from './testing/bench';
import type { Pod } from './testing/bench';

/** The words of busybox 1.35 and of coreutils 9.1 in locale C, as they were printed by the real ones. */
describe('commands on files', () => {
  let pods: Record<string, Pod> = {};

  beforeAll(async () => {
    pods = await flavouredPods();
    for (const pod of Object.values(pods)) {
      await pod.run(['mkdir', '-p', '/t/d/e']);
      await pod.run(['tee', '/t/a'], { stdin: 'hi\n' });
      await pod.run(['ln', '-s', 'a', '/t/l']);
      await pod.run(['chmod', '4755', '/t/a']);
    }
  });

  it.each([
    ['bb', 'ls -l /t/a', '-rwsr-xr-x    1 root     root             3 Jan  1 00:00 /t/a\n', '', 0],
    ['gnu', 'ls -l /t/a', '-rwsr-xr-x 1 root root 3 Jan  1 00:00 /t/a\n', '', 0],
    ['bb', 'ls -ln /t/a', '-rwsr-xr-x    1 0        0                3 Jan  1 00:00 /t/a\n', '', 0],
    ['bb', 'ls /t', 'a\nd\nl\n', '', 0],
    ['bb', 'ls -F /t', 'a*\nd/\nl@\n', '', 0],
    ['gnu', 'ls -R /t', '/t:\na\nd\nl\n\n/t/d:\ne\n\n/t/d/e:\n', '', 0],
    ['gnu', 'ls /nope', '', "ls: cannot access '/nope': No such file or directory\n", 2],
    ['bb', 'mkdir /t/d', '', "mkdir: can't create directory '/t/d': File exists\n", 1],
    ['gnu', 'mkdir /t/d', '', "mkdir: cannot create directory '/t/d': File exists\n", 1],
    ['bb', 'rm /t/x', '', "rm: can't remove '/t/x': No such file or directory\n", 1],
    ['bb', 'rm /t/d', '', "rm: '/t/d' is a directory\n", 1],
    ['gnu', 'rm /t/d', '', "rm: cannot remove '/t/d': Is a directory\n", 1],
    ['bb', 'rm -f /t/x', '', '', 0],
    ['bb', 'rmdir /t/d', '', "rmdir: '/t/d': Directory not empty\n", 1],
    ['bb', 'cp /t/x /t/y', '', "cp: can't stat '/t/x': No such file or directory\n", 1],
    ['gnu', 'cp /t/d /t/y', '', "cp: -r not specified; omitting directory '/t/d'\n", 1],
    ['gnu', 'mv /t/x /t/y', '', "mv: cannot stat '/t/x': No such file or directory\n", 1],
    ['bb', 'mv /t/x /t/y', '', "mv: can't rename '/t/x': No such file or directory\n", 1],
    ['bb', 'readlink /t/l', 'a\n', '', 0],
    ['bb', 'readlink -f /t/l', '/t/a\n', '', 0],
    ['bb', 'basename /t/a.txt .txt', 'a\n', '', 0],
    ['bb', 'dirname /t/a', '/t\n', '', 0],
    ['bb', 'stat -c %n:%s:%a:%U /t/a', '/t/a:3:4755:root\n', '', 0],
    ['bb', 'md5sum /t/a', '764efa883dda1e11db47671c4a3bbd9e  /t/a\n', '', 0],
    ['bb', 'wc /t/a', '        1         1         3 /t/a\n', '', 0],
    ['gnu', 'wc /t/a', '1 1 3 /t/a\n', '', 0],
    ['bb', 'wc -l /t/a', '1 /t/a\n', '', 0],
    ['bb', 'head -n 1 /nope', '', 'head: /nope: No such file or directory\n', 1],
    ['bb', 'tail /nope', '', "tail: can't open '/nope': No such file or directory\n", 1],
    ['bb', 'od -c /t/a', '0000000   h   i  \\n\n0000003\n', '', 0],
    ['bb', 'hexdump -C /t/a', '00000000  68 69 0a                                          |hi.|\n00000003\n', '', 0],
    ['bb', 'xxd /t/a', '00000000: 6869 0a                                  hi.\n', '', 0],
    [
      'bb',
      'dd if=/t/a of=/t/b',
      '',
      '0+1 records in\n0+1 records out\n3 bytes (3B) copied, 0.000001 seconds, 2.9MB/s\n',
      0,
    ],
    ['bb', 'seq 3', '1\n2\n3\n', '', 0],
    ['bb', 'printf %05.1f|%-4s|%x\\n 3.14159 ab 255', '003.1|ab  |ff\n', '', 0],
    ['bb', 'test -d /t/d', '', '', 0],
    ['bb', '[ 1 -gt 2 ]', '', '', 1],
    ['bb', 'id', 'uid=0(root) gid=0(root) groups=0(root),10(wheel)\n', '', 0],
    ['gnu', 'id', 'uid=0(root) gid=0(root) groups=0(root)\n', '', 0],
    ['bb', 'whoami', 'root\n', '', 0],
    ['bb', 'date -d @0 +%F_%T', '1970-01-01_00:00:00\n', '', 0],
    ['bb', 'timeout 1 sleep 5', '', '', 143],
    ['gnu', 'timeout 1 sleep 5', '', '', 124],
    ['gnu', 'env -i A=1 env', 'A=1\n', '', 0],
    ['bb', 'kill 999', '', "kill: can't kill pid 999: No such process\n", 1],
    ['gnu', 'cat -z', '', "cat: invalid option -- 'z'\nTry 'cat --help' for more information.\n", 1],
    ['gnu', 'timeout 1 nope', '', "timeout: failed to run command 'nope': No such file or directory\n", 127],
    ['gnu', 'timeout', '', "Try 'timeout --help' for more information.\n", 125],
    ['gnu', 'wc -L /t/a', '2 /t/a\n', '', 0],
    ['gnu', 'cksum /t/a', '1479881546 3 /t/a\n', '', 0],
    ['gnu', 'sum /t/a', '32856     1 /t/a\n', '', 0],
    ['gnu', 'cmp /t/a /nope', '', 'cmp: /nope: No such file or directory\n', 2],
    ['gnu', 'unlink /nope', '', "unlink: cannot unlink '/nope': No such file or directory\n", 1],
    ['gnu', 'groups', 'root\n', '', 0],
    ['gnu', 'dd bad=1', '', "dd: unrecognized operand 'bad=1'\nTry 'dd --help' for more information.\n", 1],
    ['gnu', 'date -d nonsense', '', "date: invalid date 'nonsense'\n", 1],
    ['bb', 'du -s /t/d', '8\t/t/d\n', '', 0],
  ])('%s: %s', async (pod, line, stdout, stderr, code) => {
    expect(await pods[pod]?.run(line.split(' '))).toMatchObject({ stdout, stderr, code });
  });

  it.each([
    ['plain names', 'd', ['cf', '-'], ['xf', '-']],
    ['kubectl cp’s options', 'd', ['cf', '-'], ['-xmf', '-']],
    ['a name of 150 letters', 'd', ['-cf', '-'], ['-x', '-f', '-']],
    ['gzip', 'd', ['czf', '-'], ['xzf', '-']],
  ])('tar carries any bytes: %s', async (what, folder, create, extract) => {
    const pod = pods.bb;
    const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 7) & 255);
    const name = what.includes('150') ? 'n'.repeat(150) : 'ümlaut file';
    await pod?.run(['mkdir', '-p', '/src/d']);
    await pod?.run(['tee', `/src/d/${name}`], { stdin: bytes });
    const archive = await pod?.run(['tar', ...create, '-C', '/src', folder]);
    expect(archive).toMatchObject({ code: 0, stderr: '' });
    await pod?.run(['rm', '-rf', '/dst']);
    await pod?.run(['mkdir', '-p', '/dst']);
    expect(await pod?.run(['tar', ...extract, '-C', '/dst'], { stdin: archive?.bytes })).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect((await pod?.run(['cat', `/dst/d/${name}`]))?.bytes.equals(bytes)).toBe(true);
    await pod?.run(['rm', '-rf', '/src']);
  });
});
