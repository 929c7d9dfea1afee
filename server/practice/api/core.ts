import type { KubernetesObject } from '../../../lib/kubernetes/metadata';
import type { Clock } from '../clock';
import type { Ids } from '../ids';
import type { Storage } from '../storage/storage';
import type { Authorizer, User } from './access/user';
import type { ProtobufCodec } from './codec';
import type { KindContext } from './kinds/kind';
import { storageKey, type Registry } from './registry';
import type { Schema } from './schema/schema';

/** What every operation works with. */
export interface Core {
  registry: Registry;
  storage: Storage;
  schema: Schema;
  clock: Clock;
  ids: Ids;
  authorizer: Authorizer;
  /** Without it protobuf bodies are refused (415). */
  codec?: ProtobufCodec | undefined;
  addresses: KindContext['addresses'];
  nodePorts: KindContext['nodePorts'];
}

/** One request as the operations see it, whether it came as bytes or from inside. */
export interface Call {
  user: User;
  /** Who is noted in managedFields: the fieldManager parameter, else the start of the User-Agent. */
  manager: string;
  dryRun: boolean;
  /** Each becomes a `Warning` header. */
  warnings: string[];
}

/** What a kind may ask for. `user` is the one who made the request. */
export function kindContext(core: Core, user: { name: string; groups: string[] }): KindContext {
  return {
    clock: core.clock,
    ids: core.ids,
    user: { name: user.name, groups: user.groups },
    find: <O extends KubernetesObject>(plural: string, name: string, namespace = '') =>
      core.storage.get(plural, storageKey(namespace, name)) as O | undefined,
    findAll: <O extends KubernetesObject>(plural: string, namespace?: string) =>
      core.storage.list(plural, namespace ? { prefix: `${namespace}/` } : {}).objects as O[],
    addresses: core.addresses,
    nodePorts: core.nodePorts,
  };
}
