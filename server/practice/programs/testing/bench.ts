import type { Endpoint, EndpointSlice, Service } from '../../../../lib/kubernetes/network';
import { ManualClock, settle, systemClock } from '../../clock';
import { createContainerRuntime } from '../../containers/createRuntime';
import type { ContainerOptions, ContainerRuntime, RunningContainer, Sandbox } from '../../containers/runtime';
import { createInformers } from '../../controllers/runtime/informer';
import { FakeApi } from '../../controllers/testing/fakeApi';
import { createDns } from '../../dns/dnsServer';
import { seededIds } from '../../ids';
import { createImageRegistry } from '../../images/imageRegistry';
import { createClusterNetwork } from '../../network/clusterNetwork';
import { createServiceRouting } from '../../network/serviceRouting';
import type { ByteReader, Program } from '../../process/program';
import { builtWorker } from '../../toolbox/testing/builtWorker';
import { createToolbox } from '../../toolbox/toolbox';
import type { Toolbox } from '../../toolbox/toolbox';

/** A node with pods but without a kubelet: what programs, images, network and DNS are tried out on. */
export interface Result {
  code: number;
  stdout: string;
  stderr: string;
  bytes: Buffer;
}

export interface RunOptions {
  stdin?: string | Uint8Array;
  tty?: { columns: number; rows: number };
}

/** A shell that only knows `sh -c 'ONE COMMAND'` with words apart by spaces: these tests need no more. */
const tinyShell: Program = async (process) => {
  const at = process.argv.indexOf('-c');
  const words = (process.argv[at + 1] ?? '').split(' ').filter(Boolean);
  return words.length === 0 ? 0 : process.exec(words);
};

export class Bench {
  readonly clock = new ManualClock();
  readonly ids = seededIds(1);
  readonly api = new FakeApi({ clock: this.clock, ids: this.ids });
  readonly informers = createInformers(this.api);
  private readonly routing = createServiceRouting({ informers: this.informers, ids: this.ids, clock: this.clock });
  readonly network = createClusterNetwork({ clock: this.clock, ids: this.ids, services: () => this.routing });
  /** Its workers are real threads, and so their time is real. */
  private readonly toolbox: Toolbox;
  readonly dns;
  readonly images;
  readonly runtime: ContainerRuntime;
  private readonly sandboxes = new Map<string, Sandbox>();
  private next = 2;

  constructor(private readonly options: { cacheSeconds?: number; anyImage?: boolean; toolbox?: boolean } = {}) {
    const { informers, clock, ids } = this;
    this.toolbox = createToolbox({ clock: systemClock, worker: options.toolbox ? builtWorker() : '', size: 1 });
    this.dns = createDns({ informers, clock, ids, cacheSeconds: options.cacheSeconds ?? 0 });
    this.images = createImageRegistry({
      anyImage: options.anyImage ?? false,
      dns: this.dns.program,
      shells: () => tinyShell,
      toolbox: this.toolbox,
    });
    this.runtime = createContainerRuntime({ images: this.images, network: this.network, clock, ids });
  }

  /** kube-dns and the namespaces, as every cluster has them. */
  async withDns(): Promise<this> {
    for (const name of ['default', 'kube-system']) await this.api.create('namespaces', { metadata: { name } });
    const ports = [
      { name: 'dns', port: 53, protocol: 'UDP' as const },
      { name: 'dns-tcp', port: 53, protocol: 'TCP' as const },
    ];
    await this.service('kube-dns', { clusterIP: '10.96.0.10', ports }, 'kube-system');
    const dns = await this.pod('coredns', { image: 'registry.k8s.io/coredns/coredns:v1.14.7' });
    await this.slice('kube-dns', [{ addresses: [dns.ip], conditions: { ready: true } }], ports, 'kube-system');
    await settle();
    return this;
  }

  async service(name: string, spec: Service['spec'], namespace = 'default'): Promise<void> {
    await this.api.create('services', { metadata: { name, namespace }, spec }, namespace);
  }

  async slice(
    service: string,
    endpoints: Endpoint[],
    ports: EndpointSlice['ports'] = [],
    namespace = 'default',
  ): Promise<void> {
    const labels = { 'kubernetes.io/service-name': service };
    const metadata = { name: `${service}-${this.ids.suffix(5)}`, namespace, labels };
    await this.api.create('endpointslices', { metadata, addressType: 'IPv4', endpoints, ports }, namespace);
  }

  async pod(name: string, options: Partial<ContainerOptions> & { image: string; subdomain?: string }): Promise<Pod> {
    const ip = `10.244.0.${this.next++}`;
    const full = options.subdomain === undefined ? [] : [`${name}.${options.subdomain}.default.svc.cluster.local`];
    const sandbox = this.runtime.createSandbox({
      podUid: this.ids.uid(),
      namespace: 'default',
      podName: name,
      hostname: name,
      ip,
      nodeName: 'node-1',
      hosts: `# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n${[ip, ...full, name].join('\t')}\n`,
      resolvConf:
        'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
    });
    this.sandboxes.set(name, sandbox);
    const container = await sandbox.start({
      name: 'main',
      env: [],
      stdin: false,
      stdinOnce: false,
      tty: false,
      mounts: [],
      ...options,
    });
    await settle();
    return new Pod(this, sandbox, container, ip);
  }

  close(): Promise<void> {
    return this.toolbox.close();
  }

  /** Lets everything happen that needs no time, then lets time pass, until `promise` settles. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const done = () => void (settled = true);
    promise.then(done, done);
    while (!settled) {
      for (let turn = 0; turn < 40 && !settled; turn++) await settle();
      const due = this.clock.nextDue();
      if (!settled && due !== undefined && !this.options.toolbox)
        await this.clock.advance(Math.max(0, due - this.clock.now()));
    }
    return promise;
  }
}

export class Pod {
  constructor(
    private readonly bench: Bench,
    readonly sandbox: Sandbox,
    readonly container: RunningContainer,
    readonly ip: string,
  ) {}

  async run(argv: string[], options: RunOptions = {}): Promise<Result> {
    const session = await this.container.exec({
      argv,
      stdin: options.stdin !== undefined,
      tty: options.tty !== undefined,
      size: options.tty,
    });
    const stdout = collect(session.stdout);
    const stderr = collect(session.stderr);
    const feeding =
      options.stdin === undefined
        ? undefined
        : session.stdin.write(Buffer.from(options.stdin)).then(() => session.stdin.close());
    feeding?.catch(() => {});
    const { code } = await this.bench.until(session.exited);
    const [bytes, errors] = await this.bench.until(Promise.all([stdout, stderr]));
    return { code, stdout: bytes.toString(), stderr: errors.toString(), bytes };
  }

  /** What it wrote to its log so far. */
  log(): string {
    return this.container.log
      .entries()
      .map((entry) => `${Buffer.from(entry.line).toString()}\n`)
      .join('');
  }
}

/** A pod of each flavour: `bb` in the words of busybox, `gnu` in those of Debian's tools. */
export async function flavouredPods(): Promise<Record<string, Pod>> {
  const bench = new Bench();
  const command = ['sleep', '1000000'];
  return {
    bb: await bench.pod('bb', { image: 'busybox', command }),
    gnu: await bench.pod('gnu', { image: 'debian', command }),
  };
}

async function collect(reader: ByteReader): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for (;;) {
    const chunk = await reader.read();
    if (!chunk) return Buffer.concat(parts);
    parts.push(chunk);
  }
}
