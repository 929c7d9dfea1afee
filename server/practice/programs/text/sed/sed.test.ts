import { beforeEach, describe, expect, it } from 'vitest';
import { settle } from '../../../clock';
import { Bench } from '../../testing/bench';
import type { Pod } from '../../testing/bench';
import { listLine } from './listLine';
import { busyboxUsage, gnuUsage } from './usage';

describe('a stream', () => {
  let bench: Bench;
  let pod: Pod;

  beforeEach(async () => {
    bench = new Bench();
    pod = await bench.pod('pod', { image: 'debian', command: ['sleep', '1000000'] });
  });

  async function start(args: string[]) {
    const session = await pod.container.exec({ argv: ['sed', ...args], stdin: true, tty: false });
    const say = async (text: string): Promise<void> => {
      await session.stdin.write(Buffer.from(text));
      for (let turn = 0; turn < 20; turn++) await settle();
    };
    const heard = async (): Promise<string> => Buffer.from((await session.stdout.read()) ?? []).toString();
    return { session, say, heard };
  }

  it.each([['s/a/b/'], ['-u', 's/a/b/'], ['-n', 's/a/b/p']])(
    '%s %s: a line is printed when it comes',
    async (...args) => {
      const { session, say, heard } = await start(args);
      await say('a1\n');
      expect(await heard()).toBe('b1\n');
      await say('a2\na');
      expect(await heard()).toBe('b2\n');
      await say('3\n');
      expect(await heard()).toBe('b3\n');
      session.stdin.close();
      expect(await bench.until(session.exited)).toMatchObject({ code: 0 });
    },
  );

  it('`$` waits for one line more', async () => {
    const { session, say, heard } = await start(['$s/^/last: /']);
    await say('1\n2\n');
    expect(await heard()).toBe('1\n');
    session.stdin.close();
    expect(await heard()).toBe('last: 2\n');
  });

  it('`2q` ends while there is more to come', async () => {
    const { session, say, heard } = await start(['2q']);
    await say('1\n2\n3\n');
    expect(await heard()).toBe('1\n2\n');
    expect(await bench.until(session.exited)).toMatchObject({ code: 0 });
  });

  it('a script that goes round for ever can be ended', async () => {
    const container = (await bench.pod('loop', { image: 'debian', command: ['sed', ':a;ba', '/etc/hostname'] }))
      .container;
    for (let turn = 0; turn < 50; turn++) await settle();
    container.signal('SIGKILL');
    expect(await bench.until(container.exited)).toMatchObject({ code: 137 });
  });

  it('has no line longer than memory allows', async () => {
    expect(await pod.run(['sed', 'p', '/dev/zero'])).toMatchObject({
      code: 4,
      stdout: '',
      stderr: "sed: couldn't allocate memory\n",
    });
  });
});

describe.each([
  ['debian', 4, /^sed: cannot rename \/etc\/sed\w{6}: Device or resource busy\n$/],
  ['busybox', 1, /^sed: can't move '\/etc\/hosts\w{6}' to '\/etc\/hosts': Device or resource busy\n$/],
])('-i in %s', (image, code, busy) => {
  it('keeps the mode and makes a new file', async () => {
    const pod = await new Bench().pod('pod', { image, command: ['sleep', '1000000'] });
    await pod.run(['tee', '/f'], { stdin: 'a\n' });
    await pod.run(['chmod', '640', '/f']);
    await pod.run(['ln', '/f', '/other']);
    await pod.run(['sed', '-i', 's/a/b/', '/f']);
    expect((await pod.run(['cat', '/f', '/other'])).stdout).toBe('b\na\n');
    expect((await pod.run(['stat', '-c', '%a %h', '/f'])).stdout).toBe('640 1\n');
  });

  it('cannot replace a file that is mounted', async () => {
    const pod = await new Bench().pod('pod', { image, command: ['sleep', '1000000'] });
    const before = (await pod.run(['cat', '/etc/hosts'])).stdout;
    const result = await pod.run(['sed', '-i', 's/local/LOCAL/', '/etc/hosts']);
    expect(result).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(busy) });
    expect((await pod.run(['cat', '/etc/hosts'])).stdout).toBe(before);
  });
});

describe('without a script', () => {
  it.each([
    ['debian', gnuUsage],
    ['busybox', `\n\nUsage: sed ${busyboxUsage}\n`],
  ])('%s shows its usage', async (image, usage) => {
    const pod = await new Bench().pod('pod', { image, command: ['sleep', '1000000'] });
    const { code, stderr } = await pod.run(['sed']);
    expect(code).toBe(1);
    expect(stderr.replace(/^BusyBox.*/, '')).toBe(usage);
  });
});

describe('listLine', () => {
  it.each([
    ['a\tb\\\x01\xc3', 70, 'a\\tb\\\\\\001\\303$'],
    ['abcdefgh', 4, 'abc\\\ndef\\\ngh$'],
    ['abcdefgh', 0, 'abcdefgh$'],
  ])('%j in %i columns', (text, width, expected) => expect(listLine(text, width)).toBe(expected));
});
