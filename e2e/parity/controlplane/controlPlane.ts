import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { resourcePath } from '../../../lib/kubernetes/resources';
import { connect } from '../api';
import { overUdp } from '../dns/exchange';
import { ask } from '../dns/reply';
import type { JsonObject } from '../json';

/**
 * A real control plane on this machine: etcd, API server, controller manager, scheduler and CoreDNS, in a folder of its own, on loopback. It has no
 * kubelet and therefore needs neither root nor containers; whoever wants pods to run serves a node (`servedNode.ts`).
 */
export interface ControlPlane {
  kubeconfig: string;
  /** Where its DNS server is asked. */
  dns: { host: string; port: number };
  stop(): Promise<void>;
}

/** Where the built programs lie. */
export interface Programs {
  etcd: string;
  'kube-apiserver': string;
  'kube-controller-manager': string;
  'kube-scheduler': string;
  coredns: string;
}

const host = '127.0.0.1';
const services = '10.96.0.0/12';
const patienceMs = 120_000;

/** Resolves when all of it is ready. Rejects with where its logs lie when a program ends or is not ready in time. */
export async function startControlPlane(programs: Programs): Promise<ControlPlane> {
  const folder = mkdtempSync(join(tmpdir(), 'ordinal-control-plane-'));
  const running: ChildProcess[] = [];
  const stop = async () => {
    // The store last: what still writes would wait for it.
    for (const child of running.reverse()) await ended(child);
  };
  try {
    const started = await startAll(folder, (name, flags) => {
      running.push(startProgram(folder, name, programs[name], flags));
      return () => {
        const gone = running.find(({ exitCode, pid }) => exitCode !== null || pid === undefined);
        if (gone) throw new Error(`${gone.spawnfile} ended with ${gone.exitCode ?? 'no start'}`);
      };
    });
    return {
      ...started,
      stop: async () => {
        await removeVolumes(started.kubeconfig).finally(stop);
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await stop();
    throw new Error(`the control plane did not start; its logs are in ${folder}`, { cause: error });
  }
}

/** Where the controller manager's provisioner puts volumes on every machine. What it made for this control plane goes with it. */
const provisioned = '/tmp/hostpath_pv';

async function removeVolumes(kubeconfig: string): Promise<void> {
  const api = connect(kubeconfig);
  const { items } = await api.must('GET', resourcePath('persistentvolumes')).finally(() => api.close());
  for (const { spec } of items as JsonObject[]) {
    const { path } = ((spec as JsonObject).hostPath ?? {}) as { path?: string };
    if (path && dirname(path) === provisioned) rmSync(path, { recursive: true, force: true });
  }
  // Its folder is this user's alone: left behind, it would be in everybody else's way. Others may still have volumes in it.
  if (existsSync(provisioned) && readdirSync(provisioned).length === 0) rmdirSync(provisioned);
}

/** Starts a program, and answers with what throws once one of them has ended. */
type Start = (name: keyof Programs, flags: Record<string, string | true>) => () => void;

async function startAll(folder: string, start: Start): Promise<Omit<ControlPlane, 'stop'>> {
  const [etcdPort = 0, peerPort = 0, apiPort = 0, dnsPort = 0] = await freePorts(4);
  const etcd = `http://${host}:${etcdPort}`;
  const certificates = join(folder, 'certificates');
  const tokens = writeTokens(folder);
  writeKeys(folder);
  const etcdAlive = start('etcd', etcdFlags(folder, etcd, `http://${host}:${peerPort}`));
  for (let i = 0; i < 5; i++) await within(etcdAlive, () => advance(etcd));
  const apiAlive = start('kube-apiserver', apiFlags(folder, certificates, etcd, apiPort));
  const ca = await within(apiAlive, () => readFileSync(join(certificates, 'apiserver.crt')));
  const kubeconfigOf = (name: string) =>
    writeKubeconfig(folder, name, `https://${host}:${apiPort}`, ca, tokens[name] ?? '');
  const kubeconfig = kubeconfigOf('admin');
  const api = connect(kubeconfig);
  await within(apiAlive, () => api.must('GET', '/readyz'));
  start('kube-controller-manager', controllerFlags(folder, certificates, kubeconfigOf('controller-manager')));
  const alive = start('kube-scheduler', {
    kubeconfig: kubeconfigOf('scheduler'),
    'leader-elect': 'false',
    'secure-port': '0',
  });
  await within(alive, () => api.must('GET', '/api/v1/namespaces/default/serviceaccounts/default'));
  api.close();
  const dns = { host, port: dnsPort };
  const dnsAlive = start('coredns', { conf: writeCorefile(folder, dnsPort, kubeconfigOf('dns')) });
  await within(dnsAlive, () => ask(overUdp(host, dnsPort), 'kubernetes.default.svc.cluster.local', 'A', plain));
  return { kubeconfig, dns };
}

const plain = { address: String, ttl: String };

/** As kubeadm writes it, but for what goes beyond this machine; answers and denials are both kept, as its own versions long did. */
function writeCorefile(folder: string, port: number, kubeconfig: string): string {
  const file = join(folder, 'Corefile');
  const zone = ['pods insecure', 'fallthrough in-addr.arpa ip6.arpa', 'ttl 30', `kubeconfig ${kubeconfig}`];
  const plugins = [
    `bind ${host}`,
    'errors',
    'loadbalance',
    'cache 30',
    `kubernetes cluster.local in-addr.arpa ip6.arpa {\n${zone.join('\n')}\n}`,
  ];
  writeFileSync(file, `.:${port} {\n${plugins.join('\n')}\n}\n`);
  return file;
}

/** One revision more, so that the store is older than its server: revision 1 is too old for it, as on a cluster that has lived. */
async function advance(etcd: string): Promise<void> {
  const body = JSON.stringify({ key: Buffer.from('/before').toString('base64'), value: '' });
  const { ok, status } = await fetch(`${etcd}/v3/kv/put`, { method: 'POST', body });
  if (!ok) throw new Error(`etcd answers ${status}`);
}

function etcdFlags(folder: string, client: string, peer: string) {
  return {
    'data-dir': join(folder, 'etcd'),
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `default=${peer}`,
    'unsafe-no-fsync': true,
  } as const;
}

function apiFlags(folder: string, certificates: string, etcd: string, port: number) {
  return {
    'etcd-servers': etcd,
    'bind-address': host,
    'secure-port': String(port),
    // Nobody reaches it from a pod; without this it would look for a network interface to announce.
    'advertise-address': '192.0.2.1',
    'endpoint-reconciler-type': 'none',
    'cert-dir': certificates,
    'token-auth-file': join(folder, 'tokens.csv'),
    'service-cluster-ip-range': services,
    'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
    'service-account-key-file': join(folder, 'accounts.pub'),
    'service-account-signing-key-file': join(folder, 'accounts.key'),
    'authorization-mode': 'Node,RBAC',
    'enable-admission-plugins': 'NodeRestriction',
  } as const;
}

function controllerFlags(folder: string, certificates: string, kubeconfig: string) {
  return {
    kubeconfig,
    'use-service-account-credentials': true,
    'service-account-private-key-file': join(folder, 'accounts.key'),
    'root-ca-file': join(certificates, 'apiserver.crt'),
    'enable-hostpath-provisioner': true,
    'leader-elect': 'false',
    'secure-port': '0',
  } as const;
}

function startProgram(folder: string, name: string, program: string, flags: Record<string, string | true>) {
  const log = openSync(join(folder, `${name}.log`), 'w');
  const args = Object.entries(flags).map(([flag, value]) => (value === true ? `--${flag}` : `--${flag}=${value}`));
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', log, log] });
  // A program that is not there has no pid: who waits for it is told.
  child.on('error', () => {});
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  // A controller that still waits for something does not hold up a test run.
  const insist = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await gone;
  clearTimeout(insist);
}

/** Bearer tokens by user, which the API server reads from a file. */
function writeTokens(folder: string): Record<string, string> {
  const users = [
    ['admin', 'admin', 'system:masters'],
    ['controller-manager', 'system:kube-controller-manager', ''],
    ['scheduler', 'system:kube-scheduler', ''],
    ['dns', 'dns', 'system:masters'],
  ] as const;
  const tokens = users.map(([name, user, group]) => ({ name, user, group, token: randomUUID() }));
  const lines = tokens.map(({ token, user, group }) => `${token},${user},${user},"${group}"\n`);
  writeFileSync(join(folder, 'tokens.csv'), lines.join(''), { mode: 0o600 });
  return Object.fromEntries(tokens.map(({ name, token }) => [name, token]));
}

/** What service account tokens are signed with. */
function writeKeys(folder: string): void {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'accounts.pub'), publicKey);
  writeFileSync(join(folder, 'accounts.key'), privateKey, { mode: 0o600 });
}

function writeKubeconfig(folder: string, name: string, server: string, ca: Buffer, token: string): string {
  const file = join(folder, `${name}.kubeconfig`);
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'real', cluster: { server, 'certificate-authority-data': ca.toString('base64') } }],
    users: [{ name, user: { token } }],
    contexts: [{ name: 'real', context: { cluster: 'real', user: name } }],
    'current-context': 'real',
  };
  writeFileSync(file, stringify(config), { mode: 0o600 });
  return file;
}

/** Tries until it works; `alive` throws when there is no more hope. */
async function within<T>(alive: () => void, attempt: () => T | Promise<T>): Promise<T> {
  const until = Date.now() + patienceMs;
  for (;;) {
    alive();
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > until) throw error;
    }
    await new Promise((done) => setTimeout(done, 200));
  }
}

/** Ports that nobody listens on now, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(servers.map((server) => new Promise<void>((done) => server.listen(0, host, done))));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
