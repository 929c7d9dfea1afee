import { join } from 'node:path';
import type { ApiClient } from './client';
import type { Clock } from './clock';
import { createContainerRuntime } from './containers/createRuntime';
import type { Informers } from './controllers/runtime/informer';
import { createDns } from './dns/dnsServer';
import { createVolumeStore } from './filesystem/volumeStore';
import type { VolumeStore } from './filesystem/volume';
import type { Ids } from './ids';
import { createImageRegistry } from './images/imageRegistry';
import { startKubelets, type Kubelets } from './kubelet/startKubelets';
import type { MintToken } from './kubelet/kubeletDeps';
import { createClusterNetwork } from './network/clusterNetwork';
import type { ClusterNetwork } from './network/network';
import { createServiceRouting, type ServiceRouting } from './network/serviceRouting';
import type { PracticeOptions } from './options';
import type { Pace } from './pace';
import { builtFile } from './programFiles';
import { shellProgram } from './shell/shell';
import { createToolbox } from './toolbox/toolbox';

export interface MachineDeps {
  options: PracticeOptions;
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  ids: Ids;
  pace: Pace;
  mintToken: MintToken;
  clusterDns: string;
  clusterDomain: string;
}

/** What lies below the API: the nodes with their kubelets, the containers on them, their volumes, network and DNS. */
export interface Machine {
  volumes: VolumeStore;
  kubelets: Kubelets;
  network: ClusterNetwork;
  stop(): Promise<void>;
}

export function startMachine(deps: MachineDeps): Machine {
  const { options, informers, clock, ids } = deps;
  const volumes = createVolumeStore({ directory: join(options.directory, 'practice', 'volumes'), clock, ids });
  let routing: ServiceRouting | undefined;
  const services = () => (routing ??= createServiceRouting({ informers, ids, clock }));
  const network = createClusterNetwork({ clock, ids, services });
  const dns = createDns({ informers, clock, ids, cacheSeconds: options.dnsCacheSeconds });
  const toolbox = createToolbox({ clock, worker: builtFile('toolbox-worker.mjs') });
  const images = createImageRegistry({ anyImage: options.anyImage, dns: dns.program, shells: shellProgram, toolbox });
  const runtime = createContainerRuntime({ images, network, clock, ids });
  const kubelets = startKubelets({ ...deps, runtime, volumes, network, nodes: options.nodes });
  const stop = async () => {
    kubelets.stop();
    await toolbox.close();
  };
  return { volumes, kubelets, network, stop };
}
