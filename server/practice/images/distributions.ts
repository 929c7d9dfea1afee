import { busyboxTools, gnuTools, multiCall } from '../programs/catalog';
import type { Tools } from '../programs/catalog';
import type { Toolbox } from '../toolbox/toolbox';
import type { Flavour } from '../programs/flavour';
import type { Program } from '../process/program';
import type { ImageFile, ImageUser, ShellFlavour } from './image';

/** The systems images are built on: their folders, users and tools. */
export interface Distribution {
  flavour: Flavour;
  shell: ShellFlavour;
  users: readonly ImageUser[];
  files: readonly ImageFile[];
  programs: ReadonlyMap<string, Program>;
}

/** What images are built with. */
export interface Kit {
  shells: (flavour: ShellFlavour) => Program;
  toolbox: Toolbox;
}

const folders = (paths: string): ImageFile[] => paths.split(' ').map((path) => ({ path, directory: true }));
const shared: ImageFile[] = [
  { path: '/tmp', directory: true, mode: 0o1777 },
  { path: '/root', directory: true, mode: 0o700 },
];

/** Not in busybox. */
const scratch: ImageFile = { path: '/var/tmp', directory: true, mode: 0o1777 };

function user(name: string, uid: number, gid: number, home: string, shell: string): ImageUser {
  return { name, uid, gid, home, shell };
}

const busyboxUsers: ImageUser[] = [
  user('root', 0, 0, '/root', '/bin/sh'),
  user('daemon', 1, 1, '/usr/sbin', '/bin/false'),
  user('bin', 2, 2, '/bin', '/bin/false'),
  user('sys', 3, 3, '/dev', '/bin/false'),
  user('sync', 4, 100, '/bin', '/bin/sync'),
  user('mail', 8, 8, '/var/spool/mail', '/bin/false'),
  user('www-data', 33, 33, '/var/www', '/bin/false'),
  user('operator', 37, 37, '/var', '/bin/false'),
  user('nobody', 65534, 65534, '/home', '/bin/false'),
];

const busyboxGroups = `root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
tty:x:5:
disk:x:6:
mail:x:8:
wheel:x:10:root
www-data:x:33:
operator:x:37:
users:x:100:
nogroup:x:65534:
`;

const busyboxBuilds: Readonly<Record<string, string>> = {
  '1.28': '1.28.4 2018-05-22 17:00:17 UTC',
  '1.36': '1.36.1 2023-05-18 22:34:17 UTC',
  '1.37': '1.37.0 2024-09-26 21:31:42 UTC',
};

/** The tag's own version where it is known, else the number it names. */
export function busyboxFlavour(tag: string): Flavour {
  const [, minor] = /^(1\.\d+)/.exec(tag) ?? [];
  const [version = '1.37.0', ...built] = (busyboxBuilds[minor ?? '1.37'] ?? `${minor}.0 2020-01-01 00:00:00 UTC`).split(
    ' ',
  );
  const named = /^1\.\d+\.\d+/.exec(tag)?.[0];
  return { kind: 'busybox', version: named ?? version, built: built.join(' ') };
}

export function busyboxSystem(flavour: Flavour, { shells, toolbox }: Kit): Distribution {
  const programs = new Map<string, Program>();
  for (const [name, program] of toolsOf(busyboxTools(toolbox), flavour)) programs.set(`/bin/${name}`, program);
  for (const name of ['sh', 'ash']) programs.set(`/bin/${name}`, shells('ash'));
  programs.set('/bin/busybox', multiCall(flavour, busyboxTools(toolbox)));
  const files = [
    ...folders('/bin /dev /etc /home /usr /usr/sbin /var /var/spool /var/spool/mail /var/www'),
    ...shared,
    { path: '/etc/group', content: busyboxGroups },
  ];
  return { flavour, shell: 'ash', users: busyboxUsers, files, programs };
}

const alpineUsers: ImageUser[] = [
  user('root', 0, 0, '/root', '/bin/sh'),
  user('bin', 1, 1, '/bin', '/sbin/nologin'),
  user('daemon', 2, 2, '/sbin', '/sbin/nologin'),
  user('lp', 4, 7, '/var/spool/lpd', '/sbin/nologin'),
  user('sync', 5, 0, '/sbin', '/bin/sync'),
  user('shutdown', 6, 0, '/sbin', '/sbin/shutdown'),
  user('halt', 7, 0, '/sbin', '/sbin/halt'),
  user('mail', 8, 12, '/var/mail', '/sbin/nologin'),
  user('news', 9, 13, '/usr/lib/news', '/sbin/nologin'),
  user('guest', 405, 100, '/dev/null', '/sbin/nologin'),
  user('nobody', 65534, 65534, '/', '/sbin/nologin'),
];

const alpineUsrBin = new Set(
  (
    '[ awk basename bc clear cmp comm cut dc diff dirname du env expand expr factor find fold free head hexdump hostid ' +
    'id killall less md5sum mkfifo nc nohup nproc nslookup od paste pgrep pkill printf readlink realpath reset rev seq ' +
    'sha1sum sha256sum sha512sum shuf sort split strings sum tac tail tee test timeout top tr truncate tty uniq unlink ' +
    'time unxz unzip uptime usleep vi wc wget which whoami whois xargs xxd yes'
  ).split(' '),
);
const alpineSbin = new Set('ifconfig ip route'.split(' '));
/** These come with the package busybox-extras, which an image does not have by itself. */
const alpineExtras = new Set(['httpd']);

export function alpineSystem(version: string, { shells, toolbox }: Kit): Distribution {
  const flavour: Flavour = { kind: 'busybox', version: '1.36.1', built: '2024-06-10 07:11:47 UTC' };
  const programs = new Map<string, Program>();
  for (const [name, program] of toolsOf(busyboxTools(toolbox), flavour)) {
    if (alpineExtras.has(name)) continue;
    const folder = alpineUsrBin.has(name) ? '/usr/bin' : alpineSbin.has(name) ? '/sbin' : '/bin';
    programs.set(`${folder}/${name}`, program);
  }
  for (const name of ['sh', 'ash']) programs.set(`/bin/${name}`, shells('ash'));
  programs.set('/bin/busybox', multiCall(flavour, busyboxTools(toolbox)));
  const release = `NAME="Alpine Linux"\nID=alpine\nVERSION_ID=${version}\nPRETTY_NAME="Alpine Linux v${version.replace(/\.\d+$/, '')}"\nHOME_URL="https://alpinelinux.org/"\n`;
  const files: ImageFile[] = [
    ...folders(
      '/bin /dev /etc /home /lib /media /mnt /opt /run /sbin /srv /usr /usr/bin /usr/lib /usr/local /usr/local/bin /usr/sbin /var /var/cache /var/empty /var/lib /var/local /var/log /var/mail /var/opt /var/run /var/spool',
    ),
    ...shared,
    scratch,
    { path: '/etc/os-release', content: release },
    { path: '/etc/alpine-release', content: `${version}\n` },
  ];
  return { flavour, shell: 'ash', users: alpineUsers, files, programs };
}

const debianUsers: ImageUser[] = [
  user('root', 0, 0, '/root', '/bin/bash'),
  ...(
    [
      ['daemon', 1, '/usr/sbin'],
      ['bin', 2, '/bin'],
      ['sys', 3, '/dev'],
      ['games', 5, '/usr/games'],
      ['man', 6, '/var/cache/man'],
      ['lp', 7, '/var/spool/lpd'],
      ['mail', 8, '/var/mail'],
      ['news', 9, '/var/spool/news'],
      ['uucp', 10, '/var/spool/uucp'],
      ['proxy', 13, '/bin'],
      ['www-data', 33, '/var/www'],
      ['backup', 34, '/var/backups'],
      ['list', 38, '/var/list'],
      ['irc', 39, '/run/ircd'],
    ] as const
  ).map(([name, id, home]) => user(name, id, id, home, '/usr/sbin/nologin')),
  user('_apt', 42, 65534, '/nonexistent', '/usr/sbin/nologin'),
  user('nobody', 65534, 65534, '/nonexistent', '/usr/sbin/nologin'),
];

export interface DebianOptions {
  distribution: 'debian' | 'ubuntu';
  /** `12 bookworm` */
  version: string;
  codename: string;
  /** Packages on top of the plain system. */
  packages?: readonly DebianPackage[];
}

export type DebianPackage = 'curl' | 'wget' | 'procps' | 'dns' | 'iproute' | 'netcat' | 'ping' | 'vim' | 'less';

/** What a slim image of Debian has by itself, and what packages add. */
const packaged: Record<DebianPackage, readonly string[]> = {
  curl: ['curl'],
  wget: ['wget'],
  procps: ['ps', 'top', 'free', 'uptime', 'pgrep', 'pkill', 'kill', 'watch', 'w', 'pidof'],
  dns: ['nslookup', 'dig', 'host'],
  iproute: ['ip', 'ss', 'netstat', 'ifconfig', 'route'],
  netcat: ['nc'],
  ping: ['ping'],
  vim: ['vi', 'vim', 'xxd'],
  less: ['less'],
};

export function debianSystem(options: DebianOptions, { shells, toolbox }: Kit): Distribution {
  const flavour: Flavour = { kind: 'gnu', distribution: options.distribution };
  const extra = new Set(Object.values(packaged).flat());
  const wanted = new Set((options.packages ?? []).flatMap((name) => packaged[name]));
  const programs = new Map<string, Program>();
  for (const [name, program] of toolsOf(gnuTools(toolbox), flavour))
    if (!extra.has(name) || wanted.has(name)) programs.set(`/usr/bin/${name}`, program);
  programs.set('/usr/bin/bash', shells('bash'));
  programs.set('/usr/bin/dash', shells('dash'));
  programs.set('/usr/bin/sh', shells('dash'));
  return { flavour, shell: 'dash', users: debianUsers, files: debianFiles(options), programs };
}

function debianFiles({ distribution, version, codename }: DebianOptions): ImageFile[] {
  const title = distribution === 'debian' ? 'Debian GNU/Linux' : 'Ubuntu';
  const pretty = distribution === 'debian' ? `${title} ${version} (${codename})` : `${title} ${version} LTS`;
  const release = `PRETTY_NAME="${pretty}"\nNAME="${title}"\nVERSION_ID="${version}"\nVERSION="${version} (${codename})"\nVERSION_CODENAME=${codename}\nID=${distribution}\n`;
  return [
    ...folders(
      '/boot /dev /etc /home /media /mnt /opt /run /srv /usr /usr/bin /usr/lib /usr/lib64 /usr/local /usr/local/bin /usr/sbin /usr/share /var /var/cache /var/lib /var/log /var/mail /var/spool',
    ),
    ...shared,
    scratch,
    ...['bin', 'lib', 'lib64', 'sbin'].map((name): ImageFile => ({ path: `/${name}`, target: `usr/${name}` })),
    { path: '/var/run', target: '/run' },
    { path: '/etc/os-release', content: release },
    { path: '/etc/debian_version', content: distribution === 'debian' ? `${version}.0\n` : 'trixie/sid\n' },
    { path: '/root/.profile', content: '# ~/.profile: executed by Bourne-compatible login shells.\n' },
  ];
}

function* toolsOf(tools: Tools, flavour: Flavour): Generator<[string, Program]> {
  for (const [name, of] of Object.entries(tools)) yield [name, of(flavour)];
}
