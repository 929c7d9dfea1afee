import type { Program } from '../process/program';
import { nginx } from '../programs/web/nginx';
import { nginxEntrypoint } from '../programs/web/nginxEntrypoint';
import type { Blueprint } from './blueprint';
import { alpineSystem, debianSystem } from './distributions';
import type { Distribution, Kit } from './distributions';
import type { ImageFile, ImageUser } from './image';

/** The nginx images of the labs. Their configuration files are there to be read, but nothing follows them. */
const welcome = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>html { color-scheme: light dark; } body { width: 35em; margin: 0 auto; font-family: sans-serif; }</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>This page is served by the nginx of the practice cluster. If you see it, the web server works.</p>
</body>
</html>
`;

const errorPage = `<!DOCTYPE html>
<html>
<head><title>Error</title></head>
<body><h1>An error occurred.</h1></body>
</html>
`;

const configuration = (port: number, root: string, user: string) => `user  ${user};
worker_processes  auto;

error_log  /var/log/nginx/error.log notice;
pid        /run/nginx.pid;

events {
    worker_connections  1024;
}

http {
    default_type  application/octet-stream;
    access_log  /var/log/nginx/access.log;
    keepalive_timeout  65;

    server {
        listen       ${port};
        server_name  localhost;

        location / {
            root   ${root};
            index  index.html index.htm;
        }
    }
}
`;

const nginxUser: ImageUser = { name: 'nginx', uid: 101, gid: 101, home: '/nonexistent', shell: '/bin/false' };

function logFiles(): ImageFile[] {
  return [
    { path: '/var/log/nginx', directory: true },
    { path: '/var/log/nginx/access.log', target: '/dev/stdout' },
    { path: '/var/log/nginx/error.log', target: '/dev/stderr' },
    { path: '/var/cache/nginx', directory: true },
  ];
}

function site(root: string, owner?: { uid: number; gid: number }): ImageFile[] {
  return [
    { path: root, directory: true, ...owner },
    { path: `${root}/index.html`, content: welcome, ...owner },
    { path: `${root}/50x.html`, content: errorPage, ...owner },
  ];
}

/** docker.io/library/nginx: Debian, or Alpine for `-alpine` tags. */
export function officialNginx(tag: string, kit: Kit): Blueprint {
  const version = versionOf(tag, '1.29.3');
  const isAlpine = tag.includes('alpine');
  const system = isAlpine
    ? alpineSystem('3.22.2', kit)
    : debianSystem({ distribution: 'debian', version: '12', codename: 'bookworm', packages: ['curl'] }, kit);
  const server = nginx({
    version,
    port: 80,
    root: '/usr/share/nginx/html',
    worker: { uid: 101, gid: 101 },
    logs: 'main',
    pidFile: '/run/nginx.pid',
    cacheFolder: '/var/cache/nginx',
  });
  return {
    ...withPrograms(system, { '/usr/sbin/nginx': server, '/docker-entrypoint.sh': nginxEntrypoint }),
    users: [...system.users, nginxUser],
    files: [
      ...system.files,
      ...site('/usr/share/nginx/html'),
      ...logFiles(),
      { path: '/docker-entrypoint.d', directory: true },
      { path: '/etc/nginx/nginx.conf', content: configuration(80, '/usr/share/nginx/html', 'nginx') },
    ],
    env: [['NGINX_VERSION', version]],
    entrypoint: ['/docker-entrypoint.sh'],
    command: ['nginx', '-g', 'daemon off;'],
    stopSignal: 'SIGQUIT',
    sizeBytes: isAlpine ? 22_600_000 : 59_800_000,
  };
}

/** nginx-slim, the image of Kubernetes' own StatefulSet tutorial. */
export function slimNginx(tag: string, kit: Kit): Blueprint {
  const isOld = /^0\.\d$/.test(tag);
  const version = isOld ? '1.11.1' : versionOf(tag.replace(/^0\.(\d\d)$/, '1.$1.0'), '1.21.0');
  const system = debianSystem(
    {
      distribution: 'debian',
      version: isOld ? '8' : '11',
      codename: isOld ? 'jessie' : 'bullseye',
      packages: ['curl'],
    },
    kit,
  );
  return {
    ...withPrograms(system, {
      '/usr/sbin/nginx': plainServer(version, 80, '/usr/share/nginx/html', { uid: 33, gid: 33 }),
    }),
    users: system.users,
    files: [
      ...system.files,
      ...site('/usr/share/nginx/html'),
      ...logFiles(),
      { path: '/etc/nginx/nginx.conf', content: configuration(80, '/usr/share/nginx/html', 'www-data') },
    ],
    command: ['nginx', '-g', 'daemon off;'],
    sizeBytes: isOld ? 46_200_000 : 59_500_000,
  };
}

/** bitnami/nginx: never root, port 8080, and its pages lie in /app. */
export function bitnamiNginx(tag: string, kit: Kit): Blueprint {
  const version = versionOf(tag, '1.29.3');
  const owner = { uid: 1001, gid: 0 };
  const system = debianSystem(
    { distribution: 'debian', version: '12', codename: 'bookworm', packages: ['curl', 'procps'] },
    kit,
  );
  const server = nginx({
    version,
    port: 8080,
    root: '/app',
    worker: owner,
    logs: 'combined',
    pidFile: '/opt/bitnami/nginx/tmp/nginx.pid',
    cacheFolder: '/opt/bitnami/nginx/tmp',
  });
  return {
    ...withPrograms(system, {
      '/opt/bitnami/nginx/sbin/nginx': server,
      '/opt/bitnami/scripts/nginx/run.sh': bitnamiRun(server),
      '/opt/bitnami/scripts/nginx/entrypoint.sh': passOn,
    }),
    users: system.users,
    files: [
      ...system.files,
      ...site('/app', owner),
      { path: '/opt/bitnami/nginx/tmp', directory: true, mode: 0o775, ...owner },
      { path: '/opt/bitnami/nginx/conf/nginx.conf', content: configuration(8080, '/app', 'daemon'), ...owner },
      { path: '/opt/bitnami/nginx/logs/access.log', target: '/dev/stdout' },
      { path: '/opt/bitnami/nginx/logs/error.log', target: '/dev/stderr' },
    ],
    env: [
      ['HOME', '/'],
      ['BITNAMI_APP_NAME', 'nginx'],
      ['APP_VERSION', version],
      ['NGINX_HTTP_PORT_NUMBER', '8080'],
    ],
    entrypoint: ['/opt/bitnami/scripts/nginx/entrypoint.sh'],
    command: ['/opt/bitnami/scripts/nginx/run.sh'],
    workingDir: '/app',
    user: '1001',
    stopSignal: 'SIGQUIT',
    sizeBytes: 68_000_000,
  };
}

function plainServer(version: string, port: number, root: string, worker: { uid: number; gid: number }): Program {
  return nginx({
    version,
    port,
    root,
    worker,
    logs: 'combined',
    pidFile: '/run/nginx.pid',
    cacheFolder: '/var/cache/nginx',
  });
}

/** The entry point of bitnami's images runs what it is given. */
const passOn: Program = (process) => process.exec(process.argv.slice(1));

/** `run.sh` announces itself and becomes the server. */
function bitnamiRun(server: Program): Program {
  return async (process) => {
    const now = new Date(process.clock.now()).toISOString().slice(11, 22);
    await process.stderr.write(Buffer.from(`nginx ${now} INFO  ==> ** Starting NGINX **\n`)).catch(() => {});
    return server(process);
  };
}

function withPrograms(system: Distribution, own: Record<string, Program>) {
  return { shell: system.shell, programs: new Map([...system.programs, ...Object.entries(own)]) };
}

/** The version a tag names, made whole; the newest for `latest` and its like. */
function versionOf(tag: string, newest: string): string {
  const [, numbers] = /^v?(\d+(?:\.\d+){1,2})/.exec(tag) ?? [];
  if (numbers === undefined) return newest;
  return numbers.split('.').length === 3 ? numbers : `${numbers}.0`;
}
