import type { Program } from '../process/program';
import type { Blueprint } from './blueprint';
import { alpineSystem, busyboxFlavour, busyboxSystem, debianSystem } from './distributions';
import type { Distribution, Kit } from './distributions';
import { bitnamiNginx, officialNginx, slimNginx } from './nginxImages';
import { corednsImage, pauseImage } from './systemImages';
import { agnhostImage, httpdImage, nonRootImage, setuidImage, webImage } from './testImages';

/** Every image there is: repositories, the tags each has, and how an image of it is made. */
export interface CatalogEntry {
  /** `docker.io/library/nginx` */
  repositories: readonly string[];
  tags: RegExp;
  build: (tag: string, deps: CatalogDeps) => Blueprint;
}

export interface CatalogDeps {
  kit: Kit;
  /** The cluster's DNS server. */
  dns: Program;
}

const versioned = (prefix: string) => new RegExp(`^(?:latest|stable|mainline|${prefix}[\\w.-]*)$`);
/** nginx tags: `latest`, `1.27`, `1.27.3-alpine`, `alpine`, `stable-alpine3.20` … */
const nginxTags =
  /^(?:latest|mainline|stable|alpine|alpine-slim|stable-alpine[\d.]*|mainline-alpine[\d.]*|bookworm|trixie|1(?:\.\d+){0,2}(?:-(?:alpine[\d.]*|alpine-slim|bookworm|trixie|bullseye|perl))?)$/;

export const catalog: readonly CatalogEntry[] = [
  {
    repositories: ['k8s.gcr.io/nginx-slim', 'registry.k8s.io/nginx-slim', 'gcr.io/google_containers/nginx-slim'],
    tags: /^0\.\d+$/,
    build: (tag, { kit }) => slimNginx(tag, kit),
  },
  {
    repositories: ['docker.io/library/nginx'],
    tags: nginxTags,
    build: (tag, { kit }) => officialNginx(tag, kit),
  },
  {
    repositories: ['registry.k8s.io/e2e-test-images/nginx', 'k8s.gcr.io/e2e-test-images/nginx'],
    tags: /^1\.\d+-\d+$/,
    build: (tag, { kit }) => officialNginx(`${tag.replace(/-\d+$/, '')}-alpine`, kit),
  },
  {
    repositories: ['docker.io/bitnami/nginx', 'docker.io/bitnamilegacy/nginx'],
    tags: versioned('1\\.'),
    build: (tag, { kit }) => bitnamiNginx(tag, kit),
  },
  {
    repositories: [
      'docker.io/library/busybox',
      'registry.k8s.io/e2e-test-images/busybox',
      'k8s.gcr.io/busybox',
      'registry.k8s.io/busybox',
    ],
    tags: /^(?:latest|stable|musl|glibc|uclibc|unstable|1(?:\.\d+){0,2}(?:-[\w.]+)?)$/,
    build: (tag, { kit }) => plainBox(busyboxSystem(busyboxFlavour(tag), kit), ['sh'], 2_224_000),
  },
  {
    repositories: ['docker.io/library/alpine'],
    tags: /^(?:latest|edge|3(?:\.\d+){0,2})$/,
    build: (_tag, { kit }) => plainBox(alpineSystem('3.22.2', kit), ['/bin/sh'], 3_800_000),
  },
  {
    repositories: ['docker.io/library/debian'],
    tags: /^(?:latest|stable|stable-slim|(?:bookworm|bullseye|trixie)(?:-slim)?|1[123](?:\.\d+)?(?:-slim)?)$/,
    build: (_tag, { kit }) =>
      plainBox(
        debianSystem({ distribution: 'debian', version: '12', codename: 'bookworm' }, kit),
        ['bash'],
        48_500_000,
      ),
  },
  {
    // What the recycler of volumes runs.
    repositories: ['registry.k8s.io/build-image/debian-base'],
    tags: /^(?:bookworm|bullseye|trixie)-v1\.\d+\.\d+$/,
    build: (_tag, { kit }) =>
      plainBox(
        debianSystem({ distribution: 'debian', version: '12', codename: 'bookworm' }, kit),
        ['bash'],
        22_000_000,
      ),
  },
  {
    repositories: ['docker.io/library/ubuntu'],
    tags: /^(?:latest|rolling|noble|jammy|focal|2[024]\.04)$/,
    build: (_tag, { kit }) =>
      plainBox(
        debianSystem({ distribution: 'ubuntu', version: '24.04', codename: 'noble' }, kit),
        ['/bin/bash'],
        29_700_000,
      ),
  },
  {
    repositories: ['docker.io/library/bash'],
    tags: /^(?:latest|devel|[345](?:\.\d+){0,2}(?:-alpine[\d.]*)?)$/,
    build: (_tag, { kit }) => bashBox(kit),
  },
  {
    repositories: ['registry.k8s.io/e2e-test-images/agnhost', 'k8s.gcr.io/e2e-test-images/agnhost'],
    tags: /^2\.\d+(?:\.\d+)?$/,
    build: (_tag, { kit }) => agnhostImage(kit),
  },
  {
    repositories: ['registry.k8s.io/e2e-test-images/glibc-dns-testing'],
    tags: /^[12]\.\d+(?:\.\d+)?$/,
    build: (_tag, { kit }) =>
      plainBox(
        debianSystem({ distribution: 'debian', version: '12', codename: 'bookworm', packages: ['dns'] }, kit),
        ['bash'],
        66_800_000,
      ),
  },
  ...['nautilus', 'kitten'].map((name): CatalogEntry => ({
    repositories: [`registry.k8s.io/e2e-test-images/${name}`],
    tags: /^1\.\d+$/,
    build: (_tag, { kit }) => webImage(name, kit),
  })),
  {
    repositories: ['registry.k8s.io/e2e-test-images/nonroot'],
    tags: /^1\.\d+$/,
    build: (_tag, { kit }) => nonRootImage(kit),
  },
  {
    repositories: ['registry.k8s.io/e2e-test-images/nonewprivs'],
    tags: /^1\.\d+$/,
    build: (_tag, { kit }) => setuidImage(kit),
  },
  {
    repositories: [
      'docker.io/library/httpd',
      'registry.k8s.io/e2e-test-images/httpd',
      'k8s.gcr.io/e2e-test-images/httpd',
    ],
    tags: /^(?:latest|alpine|bookworm|trixie|2(?:\.4(?:\.\d+)?)?(?:-(?:\d|alpine[\d.]*|bookworm|trixie))?)$/,
    build: (tag, { kit }) => httpdImage(tag, kit),
  },
  {
    repositories: ['registry.k8s.io/pause', 'k8s.gcr.io/pause'],
    tags: /^(?:latest|3\.\d+(?:\.\d+)?)$/,
    build: () => pauseImage(),
  },
  {
    repositories: ['registry.k8s.io/coredns/coredns', 'docker.io/coredns/coredns'],
    tags: /^(?:latest|v?1\.\d+\.\d+)$/,
    build: (_tag, { dns }) => corednsImage(dns),
  },
];

export function plainBox(system: Distribution, command: string[], sizeBytes: number): Blueprint {
  return {
    files: system.files,
    programs: system.programs,
    users: system.users,
    shell: system.shell,
    command,
    sizeBytes,
  };
}

/** docker.io/library/bash: Alpine with a bash of its own; its entry point runs what it is given, bash for options. */
function bashBox(kit: Kit): Blueprint {
  const system = alpineSystem('3.22.2', kit);
  const entrypoint: Program = (process) => {
    const args = process.argv.slice(1);
    return process.exec(args[0] === undefined || args[0].startsWith('-') ? ['bash', ...args] : args);
  };
  const programs = new Map([
    ...system.programs,
    ['/usr/local/bin/bash', kit.shells('bash')],
    ['/usr/local/bin/docker-entrypoint.sh', entrypoint],
  ] as const);
  return {
    ...plainBox(system, ['bash'], 6_600_000),
    programs,
    entrypoint: ['docker-entrypoint.sh'],
    env: [['_BASH_VERSION', '5.3.3']],
  };
}
