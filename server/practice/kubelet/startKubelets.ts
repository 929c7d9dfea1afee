import type { ClusterNetwork } from '../network/network';
import type { ApiClient } from '../client';
import type { Clock } from '../clock';
import type { ContainerRuntime } from '../containers/runtime';
import { createEventRecorder } from '../controllers/runtime/events';
import type { Informers } from '../controllers/runtime/informer';
import type { VolumeStore } from '../filesystem/volume';
import type { Ids } from '../ids';
import type { Pace } from '../pace';
import { AddressPool } from './addresses/addressPool';
import { createNodeAgent } from './agent/createNodeAgent';
import { BackOff } from './backOff';
import { ImagePuller } from './images/imagePuller';
import { Kubelet } from './kubelet';
import type { ClusterDeps, MintToken, NodeDeps } from './kubeletDeps';
import type { NodeAgent } from './nodeAgent';
import { allocatable, nodeObject, type NodeFacts } from './node/nodeObject';
import { NodeReporter } from './node/nodeReporter';

export interface KubeletsOptions {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  ids: Ids;
  pace: Pace;
  runtime: ContainerRuntime;
  volumes: VolumeStore;
  network?: ClusterNetwork;
  /** How many nodes there are, or their names. */
  nodes: number | readonly string[];
  mintToken: MintToken;
  clusterDns: string;
  clusterDomain: string;
}

export interface Kubelets {
  agent: NodeAgent;
  /** Resolves when every node is registered and has taken over the pods that were bound to it. */
  ready: Promise<void>;
  stop(): void;
}

/**
 * The nodes of the cluster and their kubelets. Simulated: pulling, starting, stopping (by pace), addresses, volumes,
 * probes, restarts, grace periods, admission. Not simulated: pressure on a node and evictions for it, cgroups, leases,
 * attach and detach, resizing in place, image garbage collection.
 */
export function startKubelets(options: KubeletsOptions): Kubelets {
  const { client, informers, clock, ids, pace, runtime, volumes, mintToken, clusterDns, clusterDomain } = options;
  const dns = { clusterDns, clusterDomain };
  const cluster: ClusterDeps = { client, informers, clock, ids, pace, runtime, volumes, mintToken, dns };
  for (const resource of ['pods', 'nodes', 'services', 'configmaps', 'secrets'] as const) informers.for(resource);
  informers.for('persistentvolumeclaims');
  informers.for('persistentvolumes');
  const names =
    typeof options.nodes === 'number'
      ? Array.from({ length: options.nodes }, (_, index) => `node-${index + 1}`)
      : options.nodes;
  const nodes = names.map((name, index) => createNode(cluster, name, index));
  const ready = informers.synced().then(async () => {
    for (const { reporter, kubelet } of nodes) {
      await reporter.register();
      kubelet.start();
    }
  });
  return {
    agent: createNodeAgent(
      nodes.map(({ kubelet }) => kubelet),
      clock,
      ids,
    ),
    ready,
    stop: () => nodes.forEach(({ reporter, kubelet }) => (reporter.stop(), kubelet.stop())),
  };
}

function createNode(cluster: ClusterDeps, name: string, index: number): { kubelet: Kubelet; reporter: NodeReporter } {
  const { client, clock, ids, runtime, pace, informers } = cluster;
  const recorder = { client, clock, ids };
  const events = createEventRecorder({ ...recorder, component: 'kubelet', host: name });
  const lifecycle = createEventRecorder({ ...recorder, component: 'node-controller' });
  const images = new ImagePuller({ runtime, clock, pace, changed: () => reporter.changed() });
  const facts: NodeFacts = {
    name,
    ip: `192.168.49.${index + 2}`,
    podCIDR: `10.244.${index}.0/24`,
    machineId: ids.hex(32),
    bootId: ids.hex(32),
  };
  const reporter = new NodeReporter(cluster, facts, events, lifecycle, () => images.images());
  const deps: NodeDeps = {
    ...cluster,
    nodeName: name,
    nodeIP: facts.ip,
    allocatable,
    addresses: new AddressPool(`10.244.${index}`),
    images,
    restarts: new BackOff(10_000, 300_000),
    events,
  };
  const kubelet = new Kubelet(deps, () => informers.for('nodes').get(name) ?? nodeObject(facts));
  return { kubelet, reporter };
}
