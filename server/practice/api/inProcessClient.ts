import type { KubernetesObject } from '../../../lib/kubernetes/metadata';
import type { ObjectOf, ResourceName } from '../../../lib/kubernetes/resources';
import type { ApiClient, ListOptions } from '../client';
import { laterTurn } from '../turns';
import type { User } from './access/user';
import { authorize } from './authorize';
import type { Call, Core } from './core';
import { notFoundError } from './errors';
import { copyJson } from './json';
import type { Kind } from './kinds/kind';
import { bindPod } from './operations/bind';
import { createObject } from './operations/create';
import { deleteObject } from './operations/delete';
import { getObject } from './operations/get';
import { listObjects, selectionOf } from './operations/list';
import { patchObject } from './operations/patch';
import { finalizeNamespace } from './operations/namespace';
import { updateObject } from './operations/update';
import { watchObjects } from './operations/watch';
import { applyObject } from './ownership/apply';
import { apiVersionOf, type Target } from './registry';

/**
 * The API for the cluster's own parts: the same authorisation, admission, validation and storage as a request over HTTPS.
 * Reads and writes happen when the call is made, in the order of the calls. The result of a write comes in a later turn of the event
 * loop, so that one who writes a thousand objects, one after the other, lets others be served in between.
 */
export function createInProcessClient(core: Core, user: User, manager: string): ApiClient {
  const client = new InProcessClient(core, user, manager);
  return {
    get: async (resource, name, namespace) => client.get(resource, name, namespace),
    list: async (resource, options) => client.list(resource, options),
    create: (resource, object, namespace) => written(() => client.create(resource, object, namespace)),
    update: (resource, object, subresource) => written(() => client.update(resource, object, subresource)),
    patch: (...given) => written(() => client.patch(...given)),
    apply: (resource, object, manager) => written(() => client.apply(resource, object, manager)),
    delete: (resource, name, namespace, options) => written(() => client.delete(resource, name, namespace, options)),
    bind: (namespace, pod, node, uid) => written(() => client.bind(namespace, pod, node, uid)),
    watch: (resource, handler) => client.watch(resource, handler),
  };
}

async function written<T>(write: () => T | Promise<T>): Promise<T> {
  try {
    return await write();
  } finally {
    await laterTurn();
  }
}

type Given<M extends keyof ApiClient> = Parameters<ApiClient[M]>;

class InProcessClient {
  constructor(
    private readonly core: Core,
    private readonly user: User,
    private readonly manager: string,
  ) {}

  get<R extends ResourceName>(resource: R, name: string, namespace?: string): ObjectOf[R] {
    const target = this.allowed('get', resource, namespace, name);
    return typed<R>(getObject(this.core, target));
  }

  list<R extends ResourceName>(resource: R, options: ListOptions = {}) {
    const { kind, namespace } = this.allowed('list', resource, options.namespace, '');
    const list = listObjects(this.core, kind, namespace, options);
    return { items: list.objects.map((object) => typed<R>(object)), resourceVersion: list.resourceVersion };
  }

  async create<R extends ResourceName>(resource: R, draft: object, namespace?: string): Promise<ObjectOf[R]> {
    const object = draft as KubernetesObject;
    const { kind, namespace: within } = this.allowed('create', resource, namespace ?? object.metadata.namespace, '');
    return typed<R>(await createObject(this.core, this.call(), kind, within, object));
  }

  update<R extends ResourceName>(resource: R, object: ObjectOf[R], subresource?: 'status' | 'finalize'): ObjectOf[R] {
    const { name = '', namespace } = object.metadata;
    const target = this.allowed('update', resource, namespace, name, subresource);
    if (subresource === 'finalize') return typed<R>(finalizeNamespace(this.core, this.call(), target, object));
    const change = { wanted: copyJson(object) as KubernetesObject, ...(subresource ? { subresource } : {}) };
    return typed<R>(updateObject(this.core, this.call(), target, change));
  }

  patch<R extends ResourceName>(
    resource: R,
    name: string,
    namespace: string | undefined,
    patch: unknown,
    options: Given<'patch'>[4] = {},
  ): ObjectOf[R] {
    const target = this.allowed('patch', resource, namespace, name, options.subresource);
    const { type = 'merge', subresource = '' } = options;
    return typed<R>(patchObject(this.core, this.call(), target, { type, patch, subresource }));
  }

  async apply<R extends ResourceName>(resource: R, object: KubernetesObject, manager: string): Promise<ObjectOf[R]> {
    const { name = '', namespace } = object.metadata;
    const target = this.allowed('patch', resource, namespace, name);
    const patch = { ...object, apiVersion: apiVersionOf(target.kind), kind: target.kind.kind };
    const request = {
      patch,
      subresource: '',
      force: true,
      decoding: { fieldValidation: 'Strict' as const, problems: [] },
    };
    return typed<R>((await applyObject(this.core, { ...this.call(), manager }, target, request)).object);
  }

  delete(resource: ResourceName, name: string, namespace?: string, options?: Given<'delete'>[3]): void {
    deleteObject(this.core, this.call(), this.allowed('delete', resource, namespace, name), options);
  }

  bind(namespace: string, pod: string, node: string, uid?: string): void {
    const target = this.allowed('create', 'pods', namespace, pod, 'binding');
    bindPod(this.core, this.call(), target, { target: { name: node }, metadata: uid === undefined ? {} : { uid } });
  }

  watch<R extends ResourceName>(resource: R, handler: Given<'watch'>[1] | Parameters<typeof dispatch<R>>[0]) {
    const { kind } = this.allowed('watch', resource, undefined, '');
    const selection = selectionOf(kind, '', {});
    const handlers = handler as Parameters<typeof dispatch<R>>[0];
    const page = this.core.storage.list(kind.plural);
    for (const object of page.objects) handlers.added(typed<R>(object));
    handlers.synced?.();
    return watchObjects(this.core, kind, selection, page.revision, dispatch<R>(handlers));
  }

  private call(): Call {
    return { user: this.user, manager: this.manager, dryRun: false, warnings: [] };
  }

  private allowed(
    verb: string,
    resource: string,
    namespace: string | undefined,
    name: string,
    subresource?: string,
  ): Target {
    const kind = this.kind(resource);
    const within = kind.namespaced ? (namespace ?? '') : '';
    authorize(this.core, this.user, {
      verb,
      group: kind.group,
      version: kind.version,
      resource,
      ...(subresource ? { subresource } : {}),
      ...(name ? { name } : {}),
      ...(within ? { namespace: within } : {}),
    });
    return { kind, namespace: within, name };
  }

  private kind(resource: string): Kind {
    const kind = this.core.registry.named(resource);
    if (!kind) throw notFoundError({ group: '', plural: resource }, '');
    return kind;
  }
}

function dispatch<R extends ResourceName>(handler: {
  added(object: ObjectOf[R]): void;
  modified(object: ObjectOf[R], previous: ObjectOf[R]): void;
  deleted(object: ObjectOf[R]): void;
  synced?(): void;
}) {
  return (event: { type: string; object: KubernetesObject; previous?: KubernetesObject }) => {
    const object = typed<R>(event.object);
    if (event.type === 'ADDED') handler.added(object);
    else if (event.type === 'DELETED') handler.deleted(object);
    else handler.modified(object, typed<R>(event.previous ?? event.object));
  };
}

/** Storage keeps each kind apart, so what lies under a resource's name is that resource's type. */
function typed<R extends ResourceName>(object: KubernetesObject): ObjectOf[R] {
  return object as ObjectOf[R];
}
