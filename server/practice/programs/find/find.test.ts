import { beforeAll, describe, expect, it } from 'vitest';
import type { Pod } from '../testing/bench';
import { podWithTree } from './testing/tree';

/** No argument of these has a space in it. */
const argvOf = (line: string) => line.split(' ');

/** As findutils 4.9 prints it in locale C; the order is that in which the names were made. */
describe('GNU find', () => {
  let pod: Pod;

  beforeAll(async () => {
    pod = await podWithTree('debian');
  });

  it.each([
    [
      'find t -maxdepth 1',
      't\nt/sub\nt/empty\nt/.hid\nt/full\nt/a.txt\nt/none\nt/big\nt/ü\n"\nt/link\nt/broken\nt/hard\n',
    ],
    ['find t/ t//sub -maxdepth 1 -name t -o -name loop', 't/\nt//sub/loop\n'],
    ['find t -name *.txt', 't/sub/deep/c d.txt\nt/a.txt\n'],
    ['find t -name .*', 't/.hid\nt/.hid/.x\n'],
    ['find t -iname A.TXT', 't/a.txt\n'],
    ['find t -name [!ab]* -type f -size -1', 't/.hid/.x\nt/none\n'],
    ['find t -path t/s*g', 't/sub/b.log\n'],
    ['find t -lname nop*', 't/broken\n'],
    ['find t -regex .*\\(txt\\|log\\)', 't/sub/deep/c d.txt\nt/sub/b.log\nt/a.txt\n'],
    ['find t -regextype posix-extended -regex .*\\.(txt|log)', 't/sub/deep/c d.txt\nt/sub/b.log\nt/a.txt\n'],
    ['find t -iregex .*a+.TXT', 't/a.txt\n'],
    ['find t -type l,p', 't/sub/loop\nt/link\nt/broken\n'],
    ['find t -xtype l', 't/broken\n'],
    ['find t -size 10b', 't/big\n'],
    ['find t -size -2k -type f -newer t/sub/b.log -name a*', 't/a.txt\n'],
    ['find t -size +4k -o -size 5c', 't/a.txt\nt/big\nt/link\nt/hard\n'],
    ['find t -empty', 't/empty\nt/.hid/.x\nt/none\n'],
    ['find t -perm 4755', 't/a.txt\nt/hard\n'],
    ['find t -perm /111 -type f', 't/sub/b.log\nt/a.txt\nt/hard\n'],
    ['find t -perm -u+x -type f', 't/sub/b.log\nt/a.txt\nt/hard\n'],
    ['find t -uid +12000 -gid 54321', 't/none\n'],
    ['find t -user 12345 -nouser -nogroup', 't/none\n'],
    ['find t -links 2 -type f', 't/a.txt\nt/hard\n'],
    ['find t -samefile t/hard', 't/a.txt\nt/hard\n'],
    ['find t -newermt 2024-01-01 -type f -name a.*', 't/a.txt\n'],
    ['find t -type f -executable', 't/sub/b.log\nt/a.txt\nt/hard\n'],
    ['find -H t/link -type f', 't/link\n'],
    ['find t -mindepth 3', 't/sub/deep/c d.txt\n'],
    ['find t -name sub -prune -o -name b*', 't/sub\nt/big\nt/broken\n'],
    ['find t -depth -name sub -o -name deep', 't/sub/deep\nt/sub\n'],
    ['find t -false , -name big', 't/big\n'],
    ['find t ( -name big -o -name hard ) ! -name hard', 't/big\n'],
    ['find t -name big -print -print', 't/big\nt/big\n'],
    ['find t -name big -print0', 't/big\u0000'],
    ['find t -print -quit', 't\n'],
    ['find t -name big -exec echo {} {}x ; -print', 't/big t/bigx\nt/big\n'],
    ['find t -name big ! -exec false ; -print', 't/big\n'],
    ['find t -name b* -exec echo + {} +', '+ t/sub/b.log t/big t/broken\n'],
    ['find t -name b* -execdir echo {} +', './b.log\n./big ./broken\n'],
    [
      'find t/sub -printf %p|%f|%h|%P|%H|%d\\n',
      't/sub|sub|t||t/sub|0\nt/sub/deep|deep|t/sub|deep|t/sub|1\nt/sub/deep/c d.txt|c d.txt|t/sub/deep|deep/c d.txt|t/sub|2\nt/sub/b.log|b.log|t/sub|b.log|t/sub|1\nt/sub/loop|loop|t/sub|loop|t/sub|1\n',
    ],
    [
      'find t/a.txt t/link t/broken -printf %s|%m|%#m|%M|%n|%y|%Y|%l|%u|%G|%k|%b\\n',
      '5|4755|04755|-rwsr-xr-x|2|f|f||root|0|4|8\n5|777|0777|lrwxrwxrwx|1|l|f|a.txt|root|0|0|0\n4|777|0777|lrwxrwxrwx|1|l|N|nope|root|0|0|0\n',
    ],
    [
      'find t/big -printf %t|%T@|%TY-%Tm-%Td_%TH:%TM:%TS|%T+|%Tj|%TU|%Tc\\n',
      'Thu Jan  2 03:04:05.0000000000 2020|1577934245.0000000000|2020-01-02_03:04:05.0000000000|2020-01-02+03:04:05.0000000000|002|00|Thu Jan  2 03:04:05 2020\n',
    ],
    ['find t/big -printf [%6f][%-6f][%.2f][%05m][%3d]\\t\\101\\0\\n', '[   big][big   ][bi][00600][  0]\tA\u0000\n'],
    ['find t/big -printf x\\cy', 'x'],
  ])('%s', async (line, stdout) => {
    expect(await pod.run(argvOf(line))).toMatchObject({ stdout, stderr: '', code: 0 });
  });

  it.each([
    [
      'find -L t -name b.log',
      't/sub/b.log\n',
      "find: File system loop detected; 't/sub/loop' is part of the same file system loop as 't'.\n",
      1,
    ],
    ['find t -name big -exec nocmd {} ;', '', "find: 'nocmd': No such file or directory\n", 0],
    ['find t -name big -exec nocmd {} +', '', "find: 'nocmd': No such file or directory\n", 1],
    [
      'find t/big -printf %Q|%Tq|\\q\\n',
      '%Q|%q|\\q\n',
      "find: warning: unrecognized format directive `%Q'\nfind: warning: unrecognized escape `\\q'\n",
      0,
    ],
    ['find t/full -name full -delete', '', "find: cannot delete 't/full': Directory not empty\n", 1],
    ['find t/big t/.hid/.x nope -prune', 't/big\nt/.hid/.x\n', "find: 'nope': No such file or directory\n", 1],
    ['find nope t/big -name big', 't/big\n', "find: 'nope': No such file or directory\n", 1],
    ['find t/big/x', '', "find: 't/big/x': Not a directory\n", 1],
    ["find t/it's", '', "find: 't/it\\'s': No such file or directory\n", 1],
    ['find t -maxdepth x', '', "find: Expected a positive decimal integer argument to -maxdepth, but got 'x'\n", 1],
    ['find t -name', '', "find: missing argument to `-name'\n", 1],
    ['find t -x', '', "find: unknown predicate `-x'\n", 1],
    ['find t -type x', '', 'find: Unknown argument to -type: x\n', 1],
    ['find t -type ff', '', "find: Must separate multiple arguments to -type using: ','\n", 1],
    ['find t -size 3x', '', "find: invalid -size type `x'\n", 1],
    ['find t -perm 9', '', "find: invalid mode '9'\n", 1],
    ['find t -user who', '', "find: 'who' is not the name of a known user\n", 1],
    ['find t -group who', '', "find: 'who' is not the name of an existing group\n", 1],
    ['find t -links 1x', '', "find: invalid argument `1x' to `-links'\n", 1],
    ['find t -mtime +x', '', "find: invalid argument `+x' to `-mtime'\n", 1],
    ['find t -newer nope', '', "find: 'nope': No such file or directory\n", 1],
    [
      'find t (',
      '',
      "find: invalid expression; expected to find a ')' but didn't see one. Perhaps you need an extra predicate after '('\n",
      1,
    ],
    ['find t ( )', '', 'find: invalid expression; empty parentheses are not allowed.\n', 1],
    [
      'find t ( -name a',
      '',
      "find: invalid expression; I was expecting to find a ')' somewhere but did not see one.\n",
      1,
    ],
    ['find t -name a )', '', "find: you have too many ')'\n", 1],
    ['find t !', '', "find: expected an expression after '!'\n", 1],
    [
      'find t -o -name a',
      '',
      "find: invalid expression; you have used a binary operator '-o' with nothing before it.\n",
      1,
    ],
    ['find t -name a -o', '', "find: expected an expression after '-o'\n", 1],
    [
      'find -name a t',
      '',
      "find: paths must precede expression: `t'\nfind: possible unquoted pattern after predicate `-name'?\n",
      1,
    ],
    ['find t -name a nofile', '', "find: paths must precede expression: `nofile'\n", 1],
    ['find t -exec ls', '', "find: missing argument to `-exec'\n", 1],
    ['find t -exec ;', '', "find: invalid argument `;' to `-exec'\n", 1],
    ['find t -exec ls {} {} +', '', 'find: Only one instance of {} is supported with -exec ... +\n', 1],
    [
      'find t -exec echo a{}b +',
      '',
      "find: In '-exec ... {} +' the '{}' must appear by itself, but you specified 'a{}b'\n",
      1,
    ],
    [
      'find t -prune -delete',
      '',
      'find: The -delete action automatically turns on -depth, but -prune does nothing when -depth is in effect.  If you want to carry on anyway, just explicitly use the -depth option.\n',
      1,
    ],
    ['find t -regex \\(', '', "find: failed to compile regular expression '\\(': Unmatched ( or \\(\n", 1],
  ])('%s', async (line, stdout, stderr, code) => {
    expect(await pod.run(argvOf(line))).toMatchObject({ stdout, stderr, code });
  });
});
