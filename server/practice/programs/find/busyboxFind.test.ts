import { beforeAll, describe, expect, it } from 'vitest';
import { Bench } from '../testing/bench';
import type { Pod } from '../testing/bench';
import { podWithTree } from './testing/tree';

/** No argument of these has a space in it. */
const argvOf = (line: string) => line.split(' ');

const usage =
  'BusyBox v1.36.1 (2023-05-18 22:34:17 UTC) multi-call binary.\n\nUsage: find [-HL] [PATH]... [OPTIONS] [ACTIONS]\n';

/** As findutils/find.c of busybox 1.36 has it. */
describe('busybox find', () => {
  let pod: Pod;

  beforeAll(async () => {
    pod = await podWithTree('busybox:1.36');
  });

  it.each([
    ['find t -maxdepth 1 -name b*', 't/big\nt/broken\n', '', 0],
    ['find t -type l', 't/sub/loop\nt/link\nt/broken\n', '', 0],
    ['find t -size 10', '', '', 0],
    ['find t -size +1k', 't\nt/sub\nt/sub/deep\nt/empty\nt/.hid\nt/full\nt/big\n', '', 0],
    ['find t -size 5c', 't/a.txt\nt/link\nt/hard\n', '', 0],
    ['find t -empty', 't/empty\nt/.hid/.x\nt/none\n', '', 0],
    ['find t -perm +111 -type f', 't/sub/b.log\nt/a.txt\nt/hard\n', '', 0],
    ['find t -perm /4000', 't/a.txt\nt/hard\n', '', 0],
    ['find t -newer t/sub/b.log -name a*', 't/a.txt\n', '', 0],
    ['find t -user 12345 -group 54321', 't/none\n', '', 0],
    ['find t -regex .*\\(txt\\|log\\)', 't/sub/deep/c d.txt\nt/sub/b.log\nt/a.txt\n', '', 0],
    ['find t -name sub -prune -o -name b*', 't/sub\nt/big\nt/broken\n', '', 0],
    ['find t -name big -o', 't/big\n', '', 0],
    ['find -o -name big t', '', `find: unrecognized: t\n${usage}`, 1],
    ['find t -o -name big -maxdepth 0', 't\n', '', 0],
    ['find t ( -name big -o -name none ) -print0', 't/none\u0000t/big\u0000', '', 0],
    ['find t -name big -exec echo {} {}x ; -print', 't/big t/bigx\nt/big\n', '', 0],
    ['find t -name b* -exec echo + <{}> +', '', "find: only one '{}' allowed for -exec +\n", 1],
    ['find t -name big -exec nocmd {} ;', '', 'find: nocmd: No such file or directory\n', 0],
    ['find t -print -quit', 't\n', '', 0],
    ['find t/full -name full -delete', '', 'find: t/full: Directory not empty\n', 0],
    ['find nope t/big', 't/big\n', 'find: nope: No such file or directory\n', 1],
    ['find t -x', '', `find: unrecognized: -x\n${usage}`, 1],
    ['find t -printf %p', '', `find: unrecognized: -printf\n${usage}`, 1],
    ['find t -ls', '', `find: unrecognized: -ls\n${usage}`, 1],
    ['find t -name', '', 'find: -name requires an argument\n', 1],
    ['find t -type x', '', "find: invalid argument 'x' to '-type'\n", 1],
    ['find t -type f,d', '', "find: invalid argument 'f,d' to '-type'\n", 1],
    ['find t -maxdepth x', '', "find: invalid number 'x'\n", 1],
    ['find t -size 3M', '', "find: invalid number '3M'\n", 1],
    ['find t -perm 9', '', "find: invalid mode '9'\n", 1],
    ['find t -user who', '', 'find: unknown user who\n', 1],
    ['find t -group who', '', 'find: unknown group who\n', 1],
    ['find t -mtime +x', '', "find: invalid number 'x'\n", 1],
    ['find t -newer nope', '', "find: can't stat 'nope': No such file or directory\n", 1],
    ['find t (', '', "find: unpaired '('\n", 1],
    [
      'find t )',
      't\nt/sub\nt/sub/deep\nt/sub/deep/c d.txt\nt/sub/b.log\nt/sub/loop\nt/empty\nt/.hid\nt/.hid/.x\nt/full\nt/full/x\nt/a.txt\nt/none\nt/big\nt/ü\n"\nt/link\nt/broken\nt/hard\n',
      'find: ): No such file or directory\n',
      1,
    ],
    ['find t -exec ls', '', 'find: -exec requires an argument\n', 1],
    ['find t -exec ls {} {} +', '', "find: only one '{}' allowed for -exec +\n", 1],
    ['find -HL t -name loop -maxdepth 2', 't/sub/loop\n', '', 0],
  ])('%s', async (line, stdout, stderr, code) => {
    expect(await pod.run(argvOf(line))).toMatchObject({ stdout, stderr, code });
  });

  it.each([
    ['busybox:1.28', '-executable'],
    ['busybox:1.28', '-quit'],
    ['busybox:1.28', '-empty'],
    ['busybox:1.36', '-ok'],
  ])('%s has no %s yet', async (image, word) => {
    const older = await new Bench().pod('older', { image, command: ['sleep', '1000000'] });
    const { stderr, code } = await older.run(['find', '/tmp', word]);
    expect(stderr).toContain(`find: unrecognized: ${word}\nBusyBox v1.`);
    expect(code).toBe(1);
  });
});
