import { seededIds } from '../ids';
import type { Clock } from '../clock';
import { systemClock } from '../clock';
import { createContainerRuntime } from '../containers/createRuntime';
import type { ContainerOptions, ContainerRuntime, RunningContainer, Sandbox } from '../containers/runtime';
import type { Image, ShellFlavour } from '../images/image';
import type { ClusterNetwork, PodNetwork } from '../network/network';
import type { Program } from '../process/program';
import { shellProgram } from './shell';

/** A network without anyone in it. */
export const emptyNetwork: ClusterNetwork = {
  serve: () => {},
  attach: (address): PodNetwork => {
    const refuse = async () => {
      throw new Error('no network');
    };
    return {
      ip: address.ip,
      address,
      listen: () => ({ port: 1, close: () => undefined }),
      answer: () => ({ port: 1, close: () => undefined }),
      connect: refuse,
      ask: refuse,
      echo: async () => false,
      lookup: refuse,
      listeners: () => [],
      detach: () => undefined,
    };
  },
  connect: async () => {
    throw new Error('no network');
  },
};

const cat: Program = async (process) => {
  const names = process.argv.slice(1);
  for (const name of names.length > 0 ? names : ['-']) {
    const stream = name === '-' ? process.stdin : process.open(name, { read: true });
    for (let bytes = await stream.read(); bytes; bytes = await stream.read()) await process.stdout.write(bytes);
  }
  return 0;
};

const sleep: Program = async (process) => {
  await process.clock.sleep(Number(process.argv[1]) * 1000, process.killed);
  return 0;
};

/** Not in the busybox that the fixtures were recorded with. */
const printenv: Program = async (process) => {
  const value = process.env.get(process.argv[1] ?? '');
  if (value !== undefined) await process.stdout.write(Buffer.from(`${value}\n`));
  return value === undefined ? 1 : 0;
};

const yes: Program = async (process) => {
  for (;;) await process.stdout.write(Buffer.from('y\n'));
};

/** The first line only, and then it is gone. */
const head: Program = async (process) => {
  const bytes = await process.stdin.read(2);
  if (bytes) await process.stdout.write(bytes);
  return 0;
};

export function testImage(flavour: ShellFlavour, more: readonly [string, Program][] = []): Image {
  const programs = new Map<string, Program>([
    ['/bin/sh', shellProgram(flavour)],
    ['/bin/cat', cat],
    ['/bin/sleep', sleep],
    ['/bin/printenv', printenv],
    ['/bin/yes', yes],
    ['/bin/head', head],
    ...more,
  ]);
  if (flavour === 'bash') programs.set('/bin/bash', shellProgram('bash'));
  return {
    facts: { reference: `docker.io/library/${flavour}:test`, id: 'sha256:test', sizeBytes: 1 },
    files: [{ path: '/root', directory: true }],
    programs,
    env: [['PATH', '/usr/local/bin:/usr/bin:/bin']],
    entrypoint: [],
    command: ['sh'],
    workingDir: '',
    user: '',
    users: [
      { name: 'root', uid: 0, gid: 0, home: '/root', shell: '/bin/sh' },
      { name: 'nobody', uid: 65534, gid: 65534, home: '/', shell: '/bin/sh' },
    ],
    stopSignal: 'SIGTERM',
    shell: flavour,
  };
}

export interface TestBox {
  runtime: ContainerRuntime;
  sandbox: Sandbox;
  start(options?: Partial<ContainerOptions>): Promise<RunningContainer>;
}

export function buildBox(clock: Clock = systemClock, programs: readonly [string, Program][] = []): TestBox {
  const [ash, dash, bash] = (['ash', 'dash', 'bash'] as const).map((flavour) => testImage(flavour, programs)) as [
    Image,
    Image,
    Image,
  ];
  const images = { ash, dash, bash };
  const find = (reference: string) =>
    reference.includes('bash') ? images.bash : reference.includes('dash') ? images.dash : images.ash;
  const runtime = createContainerRuntime({ images: { find }, network: emptyNetwork, clock, ids: seededIds(1) });
  const sandbox = runtime.createSandbox({
    podUid: 'uid',
    namespace: 'default',
    podName: 'web-0',
    hostname: 'web-0',
    ip: '10.0.0.1',
    nodeName: 'node-1',
    hosts: '10.0.0.1\tweb-0\n',
    resolvConf: 'nameserver 10.96.0.10\n',
  });
  const start = (options: Partial<ContainerOptions> = {}) =>
    sandbox.start({
      name: 'main',
      image: 'ash',
      env: [],
      stdin: false,
      stdinOnce: false,
      tty: false,
      mounts: [],
      ...options,
    });
  return { runtime, sandbox, start };
}

export interface Outcome {
  stdout: string;
  stderr: string;
  code: number;
}

/** Runs a script to its end in a new container, as `kubectl exec` into a pod that sleeps would. */
export async function runScript(box: TestBox, flavour: ShellFlavour, script: string): Promise<Outcome> {
  const name = flavour === 'bash' ? 'bash' : 'sh';
  const container = await box.start({ image: flavour, command: ['sleep', '1000000'], workingDir: '/work' });
  const session = await container.exec({ argv: [name, '-c', script], stdin: false, tty: false });
  const [stdout, stderr, { code }] = await Promise.all([
    readAll(session.stdout),
    readAll(session.stderr),
    session.exited,
  ]);
  container.signal('SIGKILL');
  return { stdout, stderr, code };
}

export async function readAll(reader: { read(): Promise<Uint8Array | null> }): Promise<string> {
  const chunks: Uint8Array[] = [];
  for (let chunk = await reader.read(); chunk; chunk = await reader.read()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
