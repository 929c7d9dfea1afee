import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubectlEnv, kubectlPath } from './cluster';
import { rawApi, type RawApi } from './rawApi';
import { RestartableCluster } from './restartable';

/**
 * The practice cluster is killed with SIGKILL at a seeded moment among 200 writes, again and again over the same folder. What was
 * acknowledged must be there afterwards, and what was under way may be there or not, but nothing else.
 */
const rounds = 20;
const writes = 200;
const inFlight = 8;
const pods = ['web-0', 'web-1'];

const web = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'web' },
  spec: {
    serviceName: 'web',
    replicas: pods.length,
    podManagementPolicy: 'Parallel',
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [
          {
            name: 'nginx',
            image: 'registry.k8s.io/nginx-slim:0.8',
            volumeMounts: [{ name: 'data', mountPath: '/data' }],
          },
        ],
      },
    },
    volumeClaimTemplates: [
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Mi' } } },
      },
    ],
  },
};

/** What one name may hold: `undefined` for nothing. The last is what was acknowledged, those before it were under way. */
type States = Map<string, (string | undefined)[]>;

const cluster = new RestartableCluster(['--speed=20', '--nodes=2']);
const objects: States = new Map();
const files: States = new Map();
/** Of each object, as the last acknowledgement said; and the highest of all. */
const versions = new Map<string, string>();
let highest = 0;
let restarts = 0;
let uids: string[];
let api: RawApi;

/** xorshift32: the same moments at each run. */
function seeded(seed: number): (below: number) => number {
  let state = seed * 2654435761 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function kubectl(...args: string[]): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn(kubectlPath, args, {
      env: { ...kubectlEnv(cluster.kubeconfig), NODE_ENV: 'test' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.on('error', failed);
    child.on('close', (code) =>
      code === 0 ? done() : failed(new Error(`kubectl ${args.join(' ')} ended with ${code}`)),
    );
  });
}

const configMaps = '/api/v1/namespaces/default/configmaps';
const podPath = (name: string) => `/api/v1/namespaces/default/pods/${name}`;

async function ready(): Promise<void> {
  const names = pods.map((name) => `pod/${name}`);
  const restarted = `jsonpath={.status.containerStatuses[0].restartCount}=${restarts}`;
  await kubectl('wait', `--for=${restarted}`, '--timeout=60s', ...names);
  await kubectl('wait', '--for=condition=Ready', '--timeout=60s', ...names);
}

beforeAll(async () => {
  await cluster.start();
  api = rawApi(cluster.kubeconfig);
  await api.call('POST', '/apis/apps/v1/namespaces/default/statefulsets', web);
  await kubectl('wait', '--for=create', '--timeout=60s', ...pods.map((name) => `pod/${name}`));
  await ready();
  uids = await Promise.all(pods.map(async (name) => (await api.call('GET', podPath(name))).body.metadata.uid));
});
afterAll(() => cluster.remove());

/**
 * Puts `value`, and what it passes through, down as possible for a name, runs the write, and once it is acknowledged puts `value` down
 * as the only possibility.
 */
async function write(
  states: States,
  name: string,
  value: string | undefined,
  send: () => Promise<void>,
  through: string[] = [],
): Promise<void> {
  states.set(name, [...(states.get(name) ?? [undefined]), ...through, value]);
  await send();
  states.set(name, [value]);
}

async function acknowledged(key: string, wanted: number, answer: ReturnType<RawApi['call']>): Promise<void> {
  const { status, body } = await answer;
  if (status !== wanted) throw new Error(`${key}: ${status} ${JSON.stringify(body)}`);
  const { resourceVersion } = body.metadata;
  if (!resourceVersion) return void versions.delete(key);
  versions.set(key, resourceVersion);
  highest = Math.max(highest, Number(resourceVersion));
}

/** One write of a worker, to names that only this worker writes. */
function oneWrite(worker: number, random: (below: number) => number, text: string): Promise<void> {
  const key = `w${worker}-${random(4)}`;
  if (random(5) === 0) {
    const pod = pods[worker % pods.length] ?? '';
    const send = async () => void (await api.exec('default', pod, `echo ${text} > /data/${key}`));
    // A shell empties the file before it writes: a kill in between leaves it empty, as it would on any Linux.
    return write(files, `${pod}/${key}`, text, send, ['']);
  }
  const states = objects.get(key) ?? [undefined];
  const present = states.at(-1) !== undefined;
  const object = { metadata: { name: key }, data: { text } };
  if (!present) return write(objects, key, text, () => acknowledged(key, 201, api.call('POST', configMaps, object)));
  const path = `${configMaps}/${key}`;
  if (random(3) === 0)
    return write(objects, key, undefined, async () => {
      await acknowledged(key, 200, api.call('DELETE', path));
      versions.delete(key);
    });
  return write(objects, key, text, () => acknowledged(key, 200, api.call('PATCH', path, object)));
}

/** Several workers write until the cluster is killed, right after the seeded acknowledgement. */
async function writeUntilKilled(round: number): Promise<void> {
  const random = seeded(round + 1);
  const moment = 1 + random(writes - 1);
  let started = 0;
  let done = 0;
  let killed: Promise<void> | undefined;
  const work = async (worker: number) => {
    while (!killed && started < writes) {
      started++;
      try {
        await oneWrite(worker, random, `r${round}n${started}`);
      } catch (error) {
        if (!killed) throw error;
        return;
      }
      if (++done === moment) killed = cluster.kill();
    }
  };
  await Promise.all(Array.from({ length: inFlight }, (_, worker) => work(worker)));
  await killed;
}

/** Compares what is there with what may be, and believes from now on what was found. */
function settle(states: States, found: ReadonlyMap<string, string>): void {
  for (const name of found.keys()) expect(states.has(name), `${name} was never written`).toBe(true);
  for (const [name, possible] of states) {
    expect(possible, `${name} after the restart`).toContain(found.get(name));
    states.set(name, [found.get(name)]);
  }
}

async function filesOf(pod: string): Promise<[string, string][]> {
  const printed = await api.exec(
    'default',
    pod,
    'cd /data && for f in *; do test -f $f && echo "$f $(cat $f)"; done; true',
  );
  return printed
    .split('\n')
    .filter(Boolean)
    .map((line) => [`${pod}/${line.split(' ')[0]}`, line.slice(line.indexOf(' ') + 1)]);
}

describe.sequential('killed among its writes', () => {
  it.each(Array.from({ length: rounds }, (_, round) => round))(
    'loses nothing acknowledged (round %i)',
    async (round) => {
      for (const pod of pods) await api.exec('default', pod, `echo own > /tmp/layer; echo ${round} > /data/round`);
      for (const pod of pods) files.set(`${pod}/round`, [String(round)]);
      await writeUntilKilled(round);
      api.close();
      await cluster.start();
      api = rawApi(cluster.kubeconfig);

      const { body: list } = await api.call('GET', configMaps);
      expect(Number(list.metadata.resourceVersion)).toBeGreaterThanOrEqual(highest);
      const own = (list.items ?? []).filter(({ metadata }) => metadata.name !== 'kube-root-ca.crt');
      for (const { metadata, data } of own) {
        const [kept, ...others] = objects.get(metadata.name) ?? [];
        if (others.length === 0 && kept === data?.text)
          expect(metadata.resourceVersion, metadata.name).toBe(versions.get(metadata.name));
        versions.set(metadata.name, metadata.resourceVersion);
      }
      settle(objects, new Map(own.map(({ metadata, data }) => [metadata.name, data?.text ?? ''])));
      highest = Number(list.metadata.resourceVersion);

      restarts++;
      await ready();
      const now = await Promise.all(pods.map(async (name) => (await api.call('GET', podPath(name))).body.metadata.uid));
      expect(now).toEqual(uids);
      settle(files, new Map((await Promise.all(pods.map(filesOf))).flat()));
      for (const pod of pods)
        expect(await api.exec('default', pod, 'test -e /tmp/layer && echo kept || echo gone')).toBe('gone\n');
    },
  );
});
