import { agnhost } from '../programs/agnhost/agnhost';
import { httpd } from '../programs/web/httpd';
import type { Program } from '../process/program';
import type { Blueprint } from './blueprint';
import { alpineSystem, busyboxFlavour, busyboxSystem, debianSystem } from './distributions';
import type { Kit } from './distributions';
import { gnuTools } from '../programs/catalog';

/** agnhost and httpd: what Kubernetes' own tests run. */
const certificate = `-----BEGIN CERTIFICATE-----
VGhlIHByYWN0aWNlIGNsdXN0ZXIgc3BlYWtzIG5vIFRMUyBpbnNpZGU6IHRoaXMgZmlsZSBp
cyBoZXJlIHRvIGJlIHNlcnZlZCwgYXMgdGhlIHRlc3Qgb2YgcmVhZGluZXNzIHdhbnRzIGl0
-----END CERTIFICATE-----
`;

const agnhostGroups = [
  'root:x:0:root',
  'nobody:x:65534:',
  'user-defined-in-image:x:1000:',
  'group-defined-in-image:x:50000:user-defined-in-image',
]
  .map((line) => `${line}\n`)
  .join('');

export function agnhostImage(kit: Kit): Blueprint {
  const system = alpineSystem('3.22.2', kit);
  const programs = new Map(system.programs);
  const gnu = gnuTools(kit.toolbox);
  // bind-tools, curl, netcat-openbsd, iproute2 and bash come on top of Alpine's busybox.
  for (const name of ['nslookup', 'dig', 'host', 'curl', 'nc', 'ss']) {
    const of = gnu[name];
    if (of) programs.set(`/usr/bin/${name}`, of({ kind: 'gnu', distribution: 'debian' }));
  }
  programs.set('/bin/bash', kit.shells('bash'));
  programs.set('/agnhost', agnhost);
  programs.set('/agnhost-2', agnhost);
  return {
    files: [
      ...system.files,
      { path: '/uploads', directory: true },
      { path: '/etc/group', content: agnhostGroups },
      { path: '/localhost.crt', content: certificate },
      { path: '/localhost.key', content: '', mode: 0o600 },
    ],
    programs,
    users: [
      ...system.users,
      { name: 'user-defined-in-image', uid: 1000, gid: 1000, home: '/home/user-defined-in-image', shell: '/bin/sh' },
    ],
    shell: 'ash',
    entrypoint: ['/agnhost'],
    command: ['pause'],
    sizeBytes: 53_400_000,
  };
}

/** agnhost with a picture and its name to serve. */
export function webImage(name: string, kit: Kit): Blueprint {
  const agnhost = agnhostImage(kit);
  const data = { path: '/data.json', content: `{\n  "image": "${name}.jpg"\n}\n` };
  return {
    ...agnhost,
    files: [...agnhost.files, data, { path: `/${name}.jpg`, content: '' }],
    command: ['test-webserver'],
  };
}

/** busybox that names another user than root. */
export function nonRootImage(kit: Kit): Blueprint {
  const { files, programs, users, shell } = busyboxSystem(busyboxFlavour('latest'), kit);
  return { files, programs, users, shell, command: ['sh'], user: '1234', sizeBytes: 2_224_000 };
}

/** One setuid program: it says with whose rights it runs. */
export function setuidImage(kit: Kit): Blueprint {
  const { files, programs, users, shell } = alpineSystem('3.22.2', kit);
  const path = '/usr/local/bin/nnp';
  const tellUser: Program = async (process) => {
    await process.stdout.write(Buffer.from(`Effective uid: ${process.user.uid}\n`));
    return 0;
  };
  return {
    files: [...files, { path, content: '', mode: 0o6755 }],
    programs: new Map([...programs, [path, tellUser]]),
    users,
    shell,
    command: ['nnp'],
    sizeBytes: 6_100_000,
  };
}

export function httpdImage(tag: string, kit: Kit): Blueprint {
  const version = /^2\.4\.\d+/.exec(tag)?.[0] ?? '2.4.65';
  const isAlpine = tag.includes('alpine') || /^2\.4\.\d+-\d$/.test(tag);
  const system = isAlpine
    ? alpineSystem('3.22.2', kit)
    : debianSystem({ distribution: 'debian', version: '12', codename: 'bookworm' }, kit);
  const root = '/usr/local/apache2';
  return {
    files: [
      ...system.files,
      { path: `${root}/htdocs/index.html`, content: '<html><body><h1>It works!</h1></body></html>\n' },
      { path: `${root}/logs`, directory: true },
      { path: `${root}/conf/httpd.conf`, content: `ServerRoot "${root}"\nListen 80\nDocumentRoot "${root}/htdocs"\n` },
    ],
    programs: new Map([
      ...system.programs,
      ...[`${root}/bin/httpd`, '/usr/local/bin/httpd-foreground'].map(
        (path) => [path, httpd({ version, root: `${root}/htdocs` })] as const,
      ),
    ]),
    users: isAlpine
      ? [...system.users, { name: 'www-data', uid: 82, gid: 82, home: '/var/www', shell: '/sbin/nologin' }]
      : system.users,
    shell: system.shell,
    env: [
      ['PATH', `${root}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`],
      ['HTTPD_PREFIX', root],
      ['HTTPD_VERSION', version],
    ],
    command: ['httpd-foreground'],
    workingDir: root,
    stopSignal: 'SIGWINCH',
    sizeBytes: isAlpine ? 24_300_000 : 56_700_000,
  };
}
