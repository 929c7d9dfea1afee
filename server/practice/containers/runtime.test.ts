import { describe, expect, it } from 'vitest';
import { ManualClock, settle } from '../clock';
import { createVolumeStore } from '../filesystem/volumeStore';
import { seededIds } from '../ids';
import { buildBox, readAll } from '../shell/testing';
import type { RunningContainer } from './runtime';

async function exec(container: RunningContainer, ...argv: string[]) {
  const session = await container.exec({ argv, stdin: false, tty: false });
  const [stdout, stderr, { code }] = await Promise.all([
    readAll(session.stdout),
    readAll(session.stderr),
    session.exited,
  ]);
  return { stdout, stderr, code };
}

const sh = (container: RunningContainer, script: string) => exec(container, 'sh', '-c', script);
const forever = { command: ['sleep', '1000000'] };

describe('a container', () => {
  it('logs its lines, ends with its code and says why', async () => {
    const container = await buildBox().start({ command: ['sh', '-c', 'echo out; echo err >&2; printf tail; exit 3'] });
    expect(await container.exited).toMatchObject({ code: 3, reason: 'Error' });
    const lines = container.log
      .entries()
      .map(({ stream, line, partial }) => [stream, Buffer.from(line).toString(), partial]);
    expect(lines).toEqual(
      expect.arrayContaining([
        ['stdout', 'out', undefined],
        ['stderr', 'err', undefined],
        ['stdout', 'tail', true],
      ]),
    );
  });

  it('fails to start when its program is not there', async () => {
    await expect(buildBox().start({ command: ['foo'] })).rejects.toThrow(
      'exec: "foo": executable file not found in $PATH',
    );
    await expect(buildBox().start({ command: ['/nope/foo'] })).rejects.toThrow(
      'stat /nope/foo: no such file or directory',
    );
  });

  it.each([
    ['sleep 1000000', false],
    ['while :; do sleep 1; done', false],
    ['trap "exit 5" TERM; while :; do sleep 0.01; done', true],
  ])('as process 1 (%s) ends by SIGTERM: %s', async (script, ends) => {
    const clock = new ManualClock();
    const container = await buildBox(clock).start({ command: ['sh', '-c', script] });
    await clock.advance(50);
    container.signal('SIGTERM');
    await clock.advance(50);
    let exit: unknown;
    void container.exited.then((status) => (exit = status));
    await settle();
    expect(exit !== undefined).toBe(ends);
    container.signal('SIGKILL');
    expect((await container.exited).code).toBe(ends ? 5 : 137);
  });

  it('has files of its own above the image, and loses them with it', async () => {
    const box = buildBox();
    const first = await box.start(forever);
    await sh(first, 'echo x > /etc/mine; echo "#!/bin/sh" > /run.sh');
    const second = await box.start(forever);
    expect((await sh(first, 'cat /etc/mine')).stdout).toBe('x\n');
    expect((await sh(second, 'cat /etc/mine 2>/dev/null || echo none')).stdout).toBe('none\n');
    expect((await sh(second, '/run.sh')).code).toBe(127);
  });

  it.each(['/etc/resolv.conf', '/etc/motd'])('sees a file of a volume in place of its %s', async (path) => {
    const clock = new ManualClock();
    const { volume, set } = createVolumeStore({ clock, ids: seededIds(1) }).rendered('config');
    set(new Map([['key', { bytes: Buffer.from('of the volume\n'), mode: 0o644 }]]));
    const mounts = [{ volumeName: 'config', volume, path, subPath: 'key', readOnly: false }];
    const container = await buildBox(clock).start({ ...forever, mounts });
    expect((await sh(container, `cat ${path}`)).stdout).toBe('of the volume\n');
  });

  it('has files as old as itself, though nobody looked at them before', async () => {
    const clock = new ManualClock();
    const container = await buildBox(clock).start(forever);
    await clock.advance(60_000);
    const { code } = await sh(
      container,
      ': > /new; [ /new -nt /etc/hosts ] && [ /new -nt /proc ] && [ /new -nt /etc ]',
    );
    expect(code).toBe(0);
  });

  it('shares a volume with another, by subPath and read-only', async () => {
    const box = buildBox();
    const volume = createVolumeStore({ clock: new ManualClock(), ids: seededIds(1) }).temporary('v');
    const mount = { volumeName: 'v', volume, path: '/data', readOnly: false };
    const writer = await box.start({ ...forever, mounts: [mount] });
    const reader = await box.start({
      ...forever,
      mounts: [{ ...mount, subPath: 'in/side', path: '/deep/er', readOnly: true }],
    });
    await sh(writer, 'echo hi > /data/in/side/f');
    expect((await sh(reader, 'cat /deep/er/f; echo no > /deep/er/g')).stdout).toBe('hi\n');
    expect((await sh(reader, 'echo no > /deep/er/g')).stderr).toContain('Read-only file system');
  });

  it('runs a program that was copied, linked or moved, and not one that may not be run', async () => {
    const container = await buildBox().start(forever);
    const script = 'cat /bin/cat > /copy; /copy /etc/hostname; umask; [ -x /copy ] || echo plain';
    const { stdout, stderr } = await sh(container, script);
    expect(stderr).toContain('Permission denied');
    expect(stdout).toContain('plain');
  });

  it('runs as the user asked for, who may not write everywhere', async () => {
    const container = await buildBox().start({ ...forever, runAsUser: 65534, supplementalGroups: [2000] });
    expect(container.user).toEqual({ uid: 65534, gid: 65534, supplementalGroups: [65534, 2000] });
    const { stderr, stdout } = await sh(container, 'echo x > /root-only; echo x > /tmp/mine && echo ok');
    expect([stdout, stderr]).toEqual(['ok\n', "sh: can't create /root-only: Permission denied\n"]);
  });

  it('passes input through, byte by byte as it comes', async () => {
    const container = await buildBox().start(forever);
    const session = await container.exec({ argv: ['sh'], stdin: true, tty: false });
    await session.stdin.write(Buffer.from('echo one\n'));
    expect(Buffer.from((await session.stdout.read()) ?? []).toString()).toBe('one\n');
    await session.stdin.write(Buffer.from('exit 42\n'));
    expect((await session.exited).code).toBe(42);
  });

  it('carries a mebibyte of any bytes', async () => {
    const container = await buildBox().start(forever);
    const bytes = Uint8Array.from({ length: 2 ** 20 }, (_, i) => (i * 31) & 255);
    const session = await container.exec({ argv: ['sh', '-c', 'cat > /f; cat /f'], stdin: true, tty: false });
    void session.stdin.write(bytes).then(() => session.stdin.close());
    const chunks: Uint8Array[] = [];
    for (let chunk = await session.stdout.read(); chunk; chunk = await session.stdout.read()) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(Buffer.from(bytes))).toBe(true);
  });

  it('lets several attach', async () => {
    const container = await buildBox().start({ command: ['cat'], stdin: true });
    const options = { stdin: true, stdout: true, stderr: true };
    const [a, b] = [container.attach(options), container.attach(options)];
    await a.stdin.write(Buffer.from('hi\n'));
    for (const session of [a, b]) expect(Buffer.from((await session.stdout.read()) ?? []).toString()).toBe('hi\n');
    container.signal('SIGKILL');
    await container.exited;
  });

  it('ends an attachment well, however the container ends', async () => {
    const container = await buildBox().start({ command: ['sh', '-c', 'read line; exit 42'], stdin: true });
    const attached = container.attach({ stdin: true, stdout: true, stderr: true });
    await attached.stdin.write(Buffer.from('go\n'));
    expect(await attached.exited).toEqual({ code: 0 });
    expect((await container.exited).code).toBe(42);
  });

  it('lets go of who has no more to say, and leaves the input open for the next', async () => {
    const container = await buildBox().start({ command: ['cat'], stdin: true });
    const options = { stdin: true, stdout: true, stderr: true };
    const first = container.attach(options);
    await first.stdin.write(Buffer.from('hi\n'));
    expect(Buffer.from((await first.stdout.read()) ?? []).toString()).toBe('hi\n');
    first.stdin.close();
    expect(await first.exited).toEqual({ code: 0 });
    expect(await first.stdout.read()).toBeNull();
    const second = container.attach(options);
    await second.stdin.write(Buffer.from('again\n'));
    expect(Buffer.from((await second.stdout.read()) ?? []).toString()).toBe('again\n');
    container.signal('SIGKILL');
    await container.exited;
  });

  it('ends the input with its only client where it was asked to', async () => {
    const container = await buildBox().start({ command: ['cat'], stdin: true, stdinOnce: true });
    const only = container.attach({ stdin: true, stdout: true, stderr: true });
    await only.stdin.write(Buffer.from('hi\n'));
    only.stdin.close();
    expect(Buffer.from((await only.stdout.read()) ?? []).toString()).toBe('hi\n');
    expect((await container.exited).code).toBe(0);
  });

  it('keeps a busy loop from holding up the others', async () => {
    const box = buildBox();
    const busy = await box.start({ command: ['sh', '-c', 'while :; do :; done'] });
    const other = await box.start(forever);
    expect((await sh(other, 'echo still here')).stdout).toBe('still here\n');
    busy.signal('SIGKILL');
    expect((await busy.exited).code).toBe(137);
  });

  it('shows its processes in /proc', async () => {
    const container = await buildBox().start(forever);
    expect((await sh(container, 'cat /proc/1/comm; cat /proc/self/comm; echo log > /proc/1/fd/1')).stdout).toBe(
      'sleep\ncat\n',
    );
    await settle();
    expect(container.log.entries().map(({ line }) => Buffer.from(line).toString())).toEqual(['log']);
  });
});
