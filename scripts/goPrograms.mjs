/**
 * Kubernetes' own programs, built from their Go modules into node_modules/.cache, each once: kubectl, the tests by which Kubernetes
 * judges any cluster, and a control plane with CoreDNS. The versions are pinned by the go.mod files beside them. The first build takes minutes (Go's own cache keeps the
 * rest short); nothing here needs root or a container.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './setup.mjs';

export const kubernetesVersion = '1.36.3';

const minor = kubernetesVersion.split('.')[1];
const version = 'k8s.io/component-base/version';
const stamped = [
  '-s -w',
  `-X ${version}.gitVersion=v${kubernetesVersion} -X ${version}.gitMajor=1 -X ${version}.gitMinor=${minor}`,
].join(' ');

const controlPlane = 'e2e/parity/controlplane/build';
const coredns = 'e2e/parity/controlplane/coredns';

const programs = {
  kubectl: { folder: 'e2e/kubectl/build', ldflags: stamped, build: ['build'], of: '.' },
  ginkgo: {
    folder: 'e2e/conformance/build',
    ldflags: '-s -w',
    build: ['build'],
    of: 'github.com/onsi/ginkgo/v2/ginkgo',
  },
  'e2e.test': {
    folder: 'e2e/conformance/build',
    ldflags: stamped,
    build: ['test', '-c'],
    of: 'k8s.io/kubernetes/test/e2e',
  },
  coredns: { folder: coredns, ldflags: '-s -w', build: ['build'], of: '.' },
  etcd: { folder: controlPlane, ldflags: '-s -w', build: ['build'], of: 'go.etcd.io/etcd/server/v3' },
  ...Object.fromEntries(
    ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubemark'].map((name) => [
      name,
      { folder: controlPlane, ldflags: stamped, build: ['build'], of: `k8s.io/kubernetes/cmd/${name}` },
    ]),
  ),
};

export function hasGo() {
  return spawnSync('go', ['version']).status === 0;
}

/** The path of one of the programs above, built first where it is not there yet. Rejects when it cannot be built. */
export async function goProgram(name) {
  const { folder, ldflags, build, of } = programs[name];
  const sums = createHash('sha256').update(readFileSync(join(root, folder, 'go.sum')));
  const out = join(
    root,
    'node_modules/.cache',
    `kubernetes-${kubernetesVersion}-${sums.digest('hex').slice(0, 8)}`,
    name,
  );
  if (existsSync(out)) return out;
  console.log(`building ${name} of Kubernetes ${kubernetesVersion} (minutes, the first time)`);
  mkdirSync(dirname(out), { recursive: true });
  const [verb, ...flags] = build;
  const args = [verb, '-C', join(root, folder), ...flags, '-trimpath', '-ldflags', ldflags, '-o', `${out}.part`, of];
  await go(args);
  // Only a whole program gets its name: one that was interrupted is built again.
  renameSync(`${out}.part`, out);
  return out;
}

function go(args) {
  return new Promise((resolve, reject) => {
    const child = spawn('go', args, { stdio: ['ignore', 1, 2], env: { ...process.env, CGO_ENABLED: '0' } });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`go ${args[0]} ended with ${code}`))));
  });
}
