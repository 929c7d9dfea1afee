import type { ApiClient } from '../client';
import type { Clock } from '../clock';
import type { ContainerRuntime } from '../containers/runtime';
import type { Informers } from '../controllers/runtime/informer';
import type { EventRecorder } from '../controllers/runtime/events';
import type { VolumeStore } from '../filesystem/volume';
import type { Ids } from '../ids';
import type { Pace } from '../pace';
import type { AddressPool } from './addresses/addressPool';
import type { DnsSettings } from './addresses/resolvConf';
import type { BackOff } from './backOff';
import type { ImagePuller } from './images/imagePuller';

/** Gives a token that lets a pod speak as its service account. `audience` undefined: the API server itself. */
export type MintToken = (
  namespace: string,
  serviceAccount: string,
  audience: string | undefined,
  seconds: number,
  boundTo?: { podName: string; podUid: string; nodeName: string },
) => string | Promise<string>;

/** What every kubelet of the cluster shares. */
export interface ClusterDeps {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  ids: Ids;
  pace: Pace;
  runtime: ContainerRuntime;
  volumes: VolumeStore;
  mintToken: MintToken;
  dns: DnsSettings;
}

/** What the pods of one node share. */
export interface NodeDeps extends ClusterDeps {
  nodeName: string;
  nodeIP: string;
  allocatable: Record<string, string>;
  addresses: AddressPool;
  images: ImagePuller;
  restarts: BackOff;
  events: EventRecorder;
}
