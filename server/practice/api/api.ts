import type { Service } from '../../../lib/kubernetes/network';
import type { ApiClient } from '../client';
import type { Clock } from '../clock';
import type { Ids } from '../ids';
import type { Storage } from '../storage/storage';
import type { Authorizer, User } from './access/user';
import { createAddresses, createNodePorts } from './allocators';
import type { ProtobufCodec } from './codec';
import type { Core } from './core';
import { expireEvents } from './eventExpiry';
import { createInProcessClient } from './inProcessClient';
import type { Kind } from './kinds/kind';
import { Registry } from './registry';
import type { Schema } from './schema/schema';

export interface ApiOptions {
  kinds: readonly Kind[];
  schema: Schema;
  storage: Storage;
  clock: Clock;
  ids: Ids;
  authorizer: Authorizer;
  /** Without it protobuf bodies are refused (415). */
  codec?: ProtobufCodec;
}

/** The API server without its socket: everything a request goes through, for HTTPS and for the cluster's own parts. */
export interface Api {
  readonly core: Core;
  /** `manager` is what managedFields call the writer: `kube-controller-manager`. */
  client(user: User, manager: string): ApiClient;
  /** Stops what the API does by itself (the expiry of Events). */
  close(): void;
}

export function createApi(options: ApiOptions): Api {
  const core: Core = {
    registry: new Registry(options.kinds),
    storage: options.storage,
    schema: options.schema,
    clock: options.clock,
    ids: options.ids,
    authorizer: options.authorizer,
    codec: options.codec,
    addresses: createAddresses(options.ids),
    nodePorts: createNodePorts(options.ids),
  };
  takeStoredAddresses(core);
  const stopExpiry = expireEvents(core);
  return { core, client: (user, manager) => createInProcessClient(core, user, manager), close: stopExpiry };
}

/** What stored Services hold is taken again after a restart. */
function takeStoredAddresses(core: Core): void {
  for (const object of core.storage.list('services').objects) {
    const { spec } = object as Service;
    for (const ip of new Set([...(spec.clusterIPs ?? []), spec.clusterIP ?? ''])) core.addresses.take(ip);
    for (const { nodePort } of spec.ports ?? []) if (nodePort) core.nodePorts.take(nodePort);
  }
}
