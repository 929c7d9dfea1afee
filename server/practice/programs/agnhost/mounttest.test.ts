import { afterEach, describe, expect, it } from 'vitest';
import { createVolumeStore } from '../../filesystem/volumeStore';
import type { Medium } from '../../filesystem/volume';
import { Bench } from '../testing/bench';
import { goMode } from './mounttest';

const bench = new Bench();
afterEach(() => bench.close());
let count = 0;

async function mounttest(args: string[], medium: Medium = {}, options: { runAsUser?: number; subPath?: string } = {}) {
  const volume = createVolumeStore(bench).temporary('v', medium);
  const { subPath, ...user } = options;
  const pod = await bench.pod(`mount-${++count}`, {
    image: 'registry.k8s.io/e2e-test-images/agnhost:2.63.0',
    args: ['mounttest', ...args],
    mounts: [{ volumeName: 'v', volume, path: '/v', readOnly: false, ...(subPath ? { subPath } : {}) }],
    ...user,
  });
  const { code } = await bench.until(pod.container.exited);
  return { code, log: pod.log() };
}

describe('agnhost mounttest', () => {
  it('makes a file with exactly the permissions it is told, and reads it', async () => {
    const args = ['--fs_type=/v', '--new_file_0666=/v/file', '--file_perm=/v/file', '--file_mode=/v'];
    expect(await mounttest(args)).toEqual({
      code: 0,
      log: [
        'mount type of "/v": 61267',
        'content of file "/v/file": mount-tester new file',
        '',
        'mode of file "/v": drwxrwxrwx',
        'perms of file "/v/file": -rw-rw-rw-\n',
      ].join('\n'),
    });
  });

  it.each([0, 1001])('shows a volume in memory given to a group, to user %i', async (runAsUser) => {
    const args = ['--fs_type=/v', '--new_file_0660=/v/file', '--file_mode=/v', '--file_owner=/v/file'];
    const { code, log } = await mounttest(args, { inMemory: true, group: 123 }, { runAsUser });
    expect(code).toBe(0);
    expect(log).toContain('mount type of "/v": tmpfs\n');
    expect(log).toContain('mode of file "/v": dgtrwxrwxrwx\n');
    expect(log).toContain(`owner UID of "/v/file": ${runAsUser}\nowner GID of "/v/file": 123\n`);
  });

  it('finds a subPath that was not there made like the volume itself', async () => {
    const medium = { inMemory: true, group: 123 };
    const { log } = await mounttest(['--file_mode=/v', '--file_owner=/v'], medium, { subPath: 'a/b' });
    expect(log).toBe('mode of file "/v": dgtrwxrwxrwx\nowner UID of "/v": 0\nowner GID of "/v": 123\n');
  });

  it('fails in the words of Go, and goes on', async () => {
    const { code, log } = await mounttest(['--file_mode=/v/gone', '--file_owner=/v/gone', '--file_content=/v/gone']);
    expect(code).toBe(1);
    expect(log).toBe(
      [
        'error from Stat("/v/gone"): stat /v/gone: no such file or directory',
        'error from stat("/v/gone"): no such file or directory',
        'error reading file content for "/v/gone": open /v/gone: no such file or directory\n',
      ].join('\n'),
    );
  });

  it('looks again every two seconds until it has looked for long enough', async () => {
    const args = ['--break_on_expected_content=false', '--retry_time=5', '--file_content_in_loop=/v/gone'];
    const { code, log } = await mounttest(args);
    const line = 'Error reading file /v/gone: open /v/gone: no such file or directory, retrying\n';
    expect({ code, log: log.split(line).length - 1 }).toEqual({ code: 1, log: 4 });
  });
});

describe('a mode as Go prints it', () => {
  it.each([
    ['file', 0o644, '-rw-r--r--'],
    ['directory', 0o755, 'drwxr-xr-x'],
    ['file', 0o4755, 'urwxr-xr-x'],
    ['symlink', 0o777, 'Lrwxrwxrwx'],
    ['character', 0o666, 'Dcrw-rw-rw-'],
  ] as const)('%s %o: %s', (type, mode, text) => {
    expect(goMode({ type, mode })).toBe(text);
  });
});
