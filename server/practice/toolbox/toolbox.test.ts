import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bench } from '../programs/testing/bench';
import type { Pod } from '../programs/testing/bench';
import { readsStdin } from './tools';

describe('the toolbox', () => {
  let bench: Bench;
  let pod: Pod;

  beforeAll(async () => {
    bench = new Bench({ toolbox: true });
    pod = await bench.pod('tools', { image: 'busybox', command: ['sleep', '100000'] });
    await pod.run(['tee', '/tmp/a.txt'], { stdin: 'one 1\ntwo 2\nthree 3\n' });
    await pod.run(['tee', '/tmp/bytes'], { stdin: Uint8Array.from([0x68, 0xe9, 0xff, 0x0a]) });
    await pod.run(['tee', '/tmp/ünïcode'], { stdin: 'grün\n' });
  });

  afterAll(() => bench.close());

  it.each([
    [['awk', '{print $2}', '/tmp/a.txt'], '', '1\n2\n3\n'],
    [['sed', 's/o/0/g', '/tmp/a.txt'], '', '0ne 1\ntw0 2\nthree 3\n'],
    [['expand', '-t2'], 'a\tb\n', 'a b\n'],
    [['awk', 'BEGIN { print 6 * 7 }'], '', '42\n'],
    [['sed', 's/ü/ue/', '/tmp/ünïcode'], '', 'gruen\n'],
  ])('%j', async (argv, stdin, stdout) => {
    expect(await pod.run(argv, stdin === '' ? {} : { stdin })).toMatchObject({ code: 0, stdout, stderr: '' });
  });

  it('carries any bytes', async () => {
    const got = await pod.run(['sed', 's/h/H/', '/tmp/bytes']);
    expect([...got.bytes]).toEqual([0x48, 0xe9, 0xff, 0x0a]);
  });

  it('edits a file in place', async () => {
    await pod.run(['sed', '-i', 's/two/2/', '/tmp/a.txt']);
    expect((await pod.run(['cat', '/tmp/a.txt'])).stdout).toBe('one 1\n2 2\nthree 3\n');
  });

  it('says when a file is not there', async () => {
    const got = await pod.run(['awk', '1', '/nope']);
    expect(got).toMatchObject({ code: 1, stderr: 'awk: /nope: No such file or directory\n' });
  });
});

describe('readsStdin', () => {
  it.each([
    ['awk', ['{print}'], true],
    ['awk', ['-F:', '{print}', 'f'], false],
    ['awk', ['-F', ':', '{print}'], true],
    ['awk', ['BEGIN{print "}"}'], false],
    ['awk', ['-f', 'prog'], true],
  ])('%s %j: %s', (name, args, reads) => expect(readsStdin(name, args)).toBe(reads));
});
