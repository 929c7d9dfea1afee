import { expandText } from '../expansion';
import { Parser } from '../parser';
import type { Shell } from '../shellState';

/** What PS1 is where nobody set it: busybox' `/ # `, dash's `# `, Debian's or plain bash's. */
export function defaultPrompt(shell: Shell): string {
  const isRoot = shell.process.user.uid === 0;
  if (shell.flavour === 'ash') return '\\w \\$ ';
  if (shell.flavour === 'dash') return isRoot ? '# ' : '$ ';
  return shell.process.files.exists('/etc/alpine-release') ? '\\s-\\v\\$ ' : '\\u@\\h:\\w\\$ ';
}

/** A prompt's escapes, then its expansions. */
export async function promptText(shell: Shell, name: 'PS1' | 'PS2'): Promise<string> {
  const source = shell.variables.get(name) ?? '';
  const escaped =
    shell.flavour === 'dash'
      ? source
      : source.replace(/\\(\[|\]|[0-7]{3}|.)/gs, (_, code: string) => escapeOf(shell, code));
  const word = new Parser(escaped, { flavour: shell.flavour }).wordOf();
  return expandText(shell, word, 'none');
}

function escapeOf(shell: Shell, code: string): string {
  const { process } = shell;
  const home = shell.variables.get('HOME') ?? '';
  const isHome = home.length > 1 && (process.cwd === home || process.cwd.startsWith(`${home}/`));
  const folder = isHome ? `~${process.cwd.slice(home.length)}` : process.cwd;
  const simple: Record<string, string> = {
    u: process.user.name,
    h: process.container.hostname.split('.')[0] ?? '',
    H: process.container.hostname,
    w: folder,
    W: folder === '/' || folder === '~' ? folder : (folder.split('/').at(-1) ?? folder),
    $: process.user.uid === 0 ? '#' : '\\$',
    s: shell.name.split('/').at(-1) ?? '',
    v: '5.2',
    V: '5.2.15',
    n: '\n',
    r: '\r',
    a: '\x07',
    e: '\x1b',
    t: new Date(process.clock.now()).toISOString().slice(11, 19),
    '!': String(shell.history.length + 1),
    '#': String(shell.history.length + 1),
    j: String(shell.jobs.all().length),
    '[': '',
    ']': '',
    '\\': '\\\\',
  };
  if (/^[0-7]{3}$/.test(code)) return String.fromCharCode(parseInt(code, 8));
  return simple[code] ?? `\\${code}`;
}
