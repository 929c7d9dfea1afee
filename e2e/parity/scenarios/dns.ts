import type { DnsType } from '../dns/reply';
import { onServedNode } from '../servedNode';
import type { Scenario, Trial } from '../trial';
import { hasReady, headless, isScheduled, web } from './web';

const ports = [{ name: 'http', port: 80 }];
const selector = { app: 'web' };

/** Pods run at addresses that no other scenario's have, so that it is known whose a name is. */
const addresses = { 'web-0': '10.79.0.1', 'web-1': '10.79.0.2', 'early-0': '10.79.0.3' };

/**
 * What the cluster's DNS server says of a set's pods, by real packets, while they run and are not Ready, and once they are: by a headless
 * Service, by one that publishes pods that are not ready, by one with an address, by an external one. What was asked too early stays
 * unknown, for that question alone.
 */
export const dns: Scenario = {
  name: 'dns-before-and-after-readiness',
  finally: ['endpointslices'],
  await: ['pods', 'services', 'statefulsets'],
  async play(trial) {
    await services(trial);
    for (const pod of Object.keys(addresses)) trial.node.hold(pod, 'start');
    await trial.create('statefulsets', web({ replicas: 2, spec: { podManagementPolicy: 'Parallel' } }));
    await trial.create('statefulsets', publishing);
    for (const pod of ['web-0', 'web-1', 'early-0'] as const) {
      await run(trial, pod, false);
      // Each is told of by itself: two changes at once may be one of a slice.
      await trial.quiet();
    }
    await asked(trial, 'nobody ready', [
      ...byName('A', ['early', 'early-1.early', 'front', 'web-0.front', 'none', 'outside']),
      ...byName('SRV', [
        '_http._tcp.web',
        'early',
        '_http._tcp.early',
        '_http._udp.early',
        '_http._tcp.front',
        'front',
      ]),
      ...byName('AAAA', ['early', 'early-0.early', 'front', 'none']),
      ...byName('CNAME', ['outside', 'front']),
      // Last, because they are asked again while they are kept, which is for half a minute.
      ...byName('A', ['early-0.early', 'web', 'web-0.web']),
    ]);
    await run(trial, 'web-0', true);
    await trial.quiet();
    await asked(trial, 'web-0 ready', [
      ...byName('A', ['web', 'web-0.web', 'EARLY-0.Early', 'web-1.web']),
      ...byName('AAAA', ['web-0.web']),
      ...byName('SRV', ['web', 'web-0.web']),
    ]);
    await run(trial, 'web-1', true);
    await trial.until('statefulsets', 'web', hasReady(2));
    await trial.quiet();
    await asked(trial, 'all ready', [
      ...byName('A', ['web-1.web.', '10-79-0-2.Front', '10-79-0-2.fronT', '']),
      ...byName('SRV', ['_tcp.web', 'web-1.web', '_http._tcp.web-1.web']),
      ...byName('AAAA', ['web', 'web-1.web']),
    ]);
    await asked(trial, 'of the zone', zone);
  },
};

/** Names that are no Service's, whole. */
const zone = [
  ...absolute('A', [
    'cluster.local',
    'svc.cluster.local',
    'nowhere.svc.cluster.local',
    'web.nowhere.svc.cluster.local',
  ]),
  ...absolute('A', ['1-2-3-4.default.pod.cluster.local', 'no-address.default.pod.cluster.local', 'a.b.cluster.local']),
  ...absolute('TXT', ['dns-version.cluster.local']),
  ...absolute('SOA', ['cluster.local']),
  ...absolute(
    'PTR',
    Object.values(addresses).map((ip) => `${ip.split('.').reverse().join('.')}.in-addr.arpa`),
  ),
];

/** A set whose pod never becomes Ready, behind a Service that does not mind. */
const publishing = {
  metadata: { name: 'early' },
  spec: {
    ...web({ replicas: 1 }).spec,
    serviceName: 'early',
    selector: { matchLabels: { app: 'early' } },
    template: {
      metadata: { labels: { app: 'early' } },
      spec: { ...onServedNode, containers: [{ name: 'nginx', image: 'nginx:1' }] },
    },
  },
};

async function services(trial: Trial): Promise<void> {
  await trial.create('services', headless);
  const early = { clusterIP: 'None', selector: { app: 'early' }, ports, publishNotReadyAddresses: true };
  await trial.create('services', { metadata: { name: 'early' }, spec: early });
  await trial.create('services', { metadata: { name: 'front' }, spec: { selector, ports } });
  const outside = { type: 'ExternalName', externalName: 'example.com' };
  await trial.create('services', { metadata: { name: 'outside' }, spec: outside });
}

/** The pod runs, as its kubelet would say: Ready, or not. */
async function run(trial: Trial, pod: keyof typeof addresses, isReady: boolean): Promise<void> {
  const { spec } = await trial.until('pods', pod, isScheduled);
  const now = new Date().toISOString().replace(/\.\d+Z/, 'Z');
  const podIP = addresses[pod];
  const ready = isReady ? 'True' : 'False';
  const conditions = ['Ready', 'ContainersReady'].map((type) => ({ type, status: ready, lastTransitionTime: now }));
  const containerStatuses = spec.containers.map(({ name, image = '' }) => ({
    ...{ name, image, imageID: '', restartCount: 0 },
    ...{ ready: isReady, started: true, state: { running: { startedAt: now } } },
  }));
  const status = { phase: 'Running', startTime: now, podIP, podIPs: [{ ip: podIP }], conditions, containerStatuses };
  await trial.patch('pods', pod, { status }, 'status', 'strategic');
}

type Question = readonly [type: DnsType, name: string, isAbsolute: boolean];

function byName(type: DnsType, names: readonly string[]): Question[] {
  return names.map((name) => [type, name, false]);
}

function absolute(type: DnsType, names: readonly string[]): Question[] {
  return names.map((name) => [type, name, true]);
}

/** Asks one after the other: what is kept of an answer may depend on those before it. */
async function asked(trial: Trial, when: string, questions: readonly Question[]): Promise<void> {
  for (const [type, name, isAbsolute] of questions) {
    const below = `${trial.namespace}.svc.cluster.local`;
    const whole = isAbsolute ? name : name === '' ? below : `${name.replace(/\.$/, '')}.${below}`;
    trial.keep(`${when}: ${type} ${name || 'of the namespace'}`, { ...(await trial.resolve(whole, type)) });
  }
}
