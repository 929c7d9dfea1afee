import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import { apiVersionOf, resources, type ObjectOf, type ResourceName } from '../../../../lib/kubernetes/resources';
import type { ApiClient, DeleteOptions, Draft, ListOptions, ListResult, PatchType, WatchHandler } from '../../client';
import { timestamp, type Clock } from '../../clock';
import type { Ids } from '../../ids';
import { StatusError } from '../../status';
import { matchesSelector } from '../../../../lib/kubernetes/selector';
import { stable } from '../runtime/stable';
import { isRecord, jsonPatch, mergePatch, strategicPatch } from './mergePatch';

/**
 * An API in memory for tests of controllers, so that they need no server: compare-and-swap on resourceVersion, status
 * apart from spec, generations, finalizers, graceful deletion of pods that have a node, propagation policies, watch
 * events in order. It does not default, validate, admit or authorise.
 */
export class FakeApi implements ApiClient {
  private readonly stored = new Map<ResourceName, Map<string, KubernetesObject>>();
  private readonly watchers = new Map<ResourceName, Set<WatchHandler<KubernetesObject>>>();
  private revision = 100;
  private held: (() => void)[] | undefined;
  /** Every write that arrived, refused ones too: `create pods web-0`. */
  readonly writes: string[] = [];
  /** Asked before each call; an error it gives is thrown instead of the call being done. */
  fault: (call: Call) => Error | undefined = () => undefined;

  constructor(private readonly deps: { clock: Clock; ids: Ids }) {}

  async get<R extends ResourceName>(resource: R, name: string, namespace?: string): Promise<ObjectOf[R]> {
    this.enter({ verb: 'get', resource, name, namespace });
    return typed<R>(this.find(resource, name, namespace));
  }

  async list<R extends ResourceName>(resource: R, options: ListOptions = {}): Promise<ListResult<ObjectOf[R]>> {
    this.enter({ verb: 'list', resource, name: '', namespace: options.namespace });
    const items = this.all(resource).filter(
      (object) =>
        (options.namespace === undefined || object.metadata.namespace === options.namespace) &&
        matchesText(options.labelSelector, object.metadata.labels ?? {}) &&
        matchesText(options.fieldSelector, { 'metadata.name': object.metadata.name ?? '' }),
    );
    return { items, resourceVersion: String(this.revision) };
  }

  async create<R extends ResourceName>(
    resource: R,
    object: Draft<ObjectOf[R]>,
    namespace?: string,
  ): Promise<ObjectOf[R]> {
    const draft: KubernetesObject = structuredClone(object);
    const { metadata } = draft;
    metadata.name ??= `${metadata.generateName ?? ''}${this.deps.ids.suffix(5)}`;
    if (resources[resource].namespaced) metadata.namespace ??= namespace ?? 'default';
    this.enter({ verb: 'create', resource, name: metadata.name, namespace: metadata.namespace });
    if (this.table(resource).has(keyOf(draft)))
      throw new StatusError(409, 'AlreadyExists', `${resource} "${metadata.name}" already exists`);
    this.refuseInTerminatingNamespace(metadata.namespace, resource, metadata.name);
    const created: KubernetesObject = {
      ...this.initial(resource),
      ...draft,
      metadata: {
        ...metadata,
        uid: this.deps.ids.uid(),
        creationTimestamp: timestamp(this.deps.clock.now()),
        ...('spec' in draft ? { generation: 1 } : {}),
      },
    };
    if (hasStatus(resource) && resource !== 'nodes') withField(created, 'status', initialStatus(resource));
    return typed<R>(this.put(resource, created));
  }

  async update<R extends ResourceName>(
    resource: R,
    object: ObjectOf[R],
    subresource?: 'status' | 'finalize',
  ): Promise<ObjectOf[R]> {
    const { name = '', namespace } = object.metadata;
    this.enter({ verb: 'update', resource, name, namespace, subresource });
    const asked = object.metadata.resourceVersion;
    const live = this.find(resource, name, namespace);
    if (asked !== undefined && asked !== live.metadata.resourceVersion) throw conflict(resource, name);
    return typed<R>(this.write(resource, live, structuredClone(object), subresource));
  }

  async patch<R extends ResourceName>(
    resource: R,
    name: string,
    namespace: string | undefined,
    patch: unknown,
    options: { type?: PatchType; subresource?: 'status' | 'scale' } = {},
  ): Promise<ObjectOf[R]> {
    this.enter({ verb: 'patch', resource, name, namespace, subresource: options.subresource });
    const live = this.find(resource, name, namespace);
    const apply = options.type === 'strategic' ? strategicPatch : options.type === 'json' ? jsonPatch : mergePatch;
    const patched = structuredClone(apply(live, patch));
    if (!isObject(patched)) throw new StatusError(400, 'BadRequest', 'the patch does not give an object');
    if (patched.metadata.resourceVersion !== live.metadata.resourceVersion) throw conflict(resource, name);
    if (patched.metadata.uid !== live.metadata.uid)
      throw new StatusError(409, 'Conflict', `Precondition failed: UID in precondition: ${patched.metadata.uid}`);
    return typed<R>(this.write(resource, live, patched, options.subresource));
  }

  /** As a merge patch: who owns what is not followed here. */
  apply<R extends ResourceName>(resource: R, { metadata, ...rest }: KubernetesObject): Promise<ObjectOf[R]> {
    return this.patch(resource, metadata.name ?? '', metadata.namespace, rest);
  }

  async delete<R extends ResourceName>(
    resource: R,
    name: string,
    namespace?: string,
    options: DeleteOptions = {},
  ): Promise<void> {
    this.enter({ verb: 'delete', resource, name, namespace });
    const live = this.find(resource, name, namespace);
    const { uid, resourceVersion } = options.preconditions ?? {};
    if (uid !== undefined && uid !== live.metadata.uid) throw conflict(resource, name);
    if (resourceVersion !== undefined && resourceVersion !== live.metadata.resourceVersion)
      throw conflict(resource, name);
    const policy = { Orphan: 'orphan', Foreground: 'foregroundDeletion', Background: undefined };
    const added = policy[options.propagationPolicy ?? 'Background'];
    const kept = (live.metadata.finalizers ?? []).filter((f) => f !== 'orphan' && f !== 'foregroundDeletion');
    const finalizers = added ? [...kept, added] : options.propagationPolicy ? kept : (live.metadata.finalizers ?? []);
    const grace = graceSeconds(resource, live, options.gracePeriodSeconds);
    const held = finalizers.length > 0 || (resource === 'namespaces' && namespaceFinalizers(live).length > 0);
    if (!held && grace === 0) return this.drop(resource, live);
    const dying = structuredClone(live);
    if (finalizers.length > 0) dying.metadata.finalizers = finalizers;
    if (dying.metadata.deletionTimestamp === undefined || grace < (dying.metadata.deletionGracePeriodSeconds ?? 0)) {
      dying.metadata.deletionTimestamp ??= timestamp(this.deps.clock.now() + grace * 1000);
      dying.metadata.deletionGracePeriodSeconds = grace;
      // As upstream (rest.BeforeDelete): a graceful deletion is a change of what is wanted.
      if (dying.metadata.generation) dying.metadata.generation++;
    }
    if (resource === 'namespaces') withField(dying, 'status', { ...statusOf(live), phase: 'Terminating' });
    if (JSON.stringify(dying) !== JSON.stringify(live)) this.put(resource, dying);
  }

  async bind(namespace: string, pod: string, node: string): Promise<void> {
    this.enter({ verb: 'bind', resource: 'pods', name: pod, namespace });
    const live = await this.get('pods', pod, namespace);
    this.put('pods', withField(structuredClone(live), 'spec', { ...live.spec, nodeName: node }));
  }

  watch<R extends ResourceName>(resource: R, handler: WatchHandler<ObjectOf[R]>): { stop(): void } {
    for (const object of this.all(resource)) handler.added(object);
    handler.synced?.();
    const watchers = this.watchers.get(resource) ?? new Set();
    this.watchers.set(resource, watchers);
    const untyped: WatchHandler<KubernetesObject> = {
      added: (object) => handler.added(typed<R>(object)),
      modified: (object, previous) => handler.modified(typed<R>(object), typed<R>(previous)),
      deleted: (object) => handler.deleted(typed<R>(object)),
    };
    watchers.add(untyped);
    return { stop: () => void watchers.delete(untyped) };
  }

  /** Puts an object exactly as given, as a past version of the cluster might have left it. */
  seed<R extends ResourceName>(resource: R, object: ObjectOf[R]): ObjectOf[R] {
    return typed<R>(this.put(resource, structuredClone(object)));
  }

  /** Every object of a kind, sorted by namespace and name. */
  all<R extends ResourceName>(resource: R): ObjectOf[R][] {
    return [...this.table(resource).entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, object]) => typed<R>(object));
  }

  peek<R extends ResourceName>(resource: R, name: string, namespace?: string): ObjectOf[R] | undefined {
    const object = this.table(resource).get(keyOf({ metadata: { name, namespace } }));
    return object && typed<R>(object);
  }

  /** Holds watch events back, so that caches lag behind the API until `releaseWatches`. */
  holdWatches(): void {
    this.held ??= [];
  }

  releaseWatches(): void {
    const events = this.held ?? [];
    this.held = undefined;
    for (const event of events) event();
  }

  private enter(call: Call): void {
    if (!['get', 'list'].includes(call.verb))
      this.writes.push(`${call.verb} ${call.resource}${call.subresource ? `/${call.subresource}` : ''} ${call.name}`);
    const error = this.fault(call);
    if (error) throw error;
  }

  private table(resource: ResourceName): Map<string, KubernetesObject> {
    let table = this.stored.get(resource);
    if (!table) this.stored.set(resource, (table = new Map()));
    return table;
  }

  private find(resource: ResourceName, name: string, namespace = ''): KubernetesObject {
    const found = this.table(resource).get(`${resources[resource].namespaced ? namespace : ''}/${name}`);
    if (!found) throw new StatusError(404, 'NotFound', `${qualified(resource)} "${name}" not found`);
    return found;
  }

  private initial(resource: ResourceName): Partial<KubernetesObject> & { spec?: unknown } {
    const type = { apiVersion: apiVersionOf(resources[resource]), kind: resources[resource].kind };
    return resource === 'namespaces' ? { ...type, spec: { finalizers: ['kubernetes'] } } : type;
  }

  private refuseInTerminatingNamespace(namespace: string | undefined, resource: ResourceName, name: string): void {
    if (namespace === undefined) return;
    const found = this.table('namespaces').get(`/${namespace}`);
    if (found?.metadata.deletionTimestamp === undefined) return;
    const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
    throw new StatusError(403, 'Forbidden', `${qualified(resource)} "${name}" is forbidden: ${why}`, {
      causes: [
        {
          reason: 'NamespaceTerminating',
          message: `namespace ${namespace} is being terminated`,
          field: 'metadata.namespace',
        },
      ],
    });
  }

  private write(
    resource: ResourceName,
    live: KubernetesObject,
    wanted: KubernetesObject,
    subresource?: string,
  ): KubernetesObject {
    const next: KubernetesObject = subresource ? structuredClone(live) : wanted;
    if (subresource === 'status') withField(next, 'status', statusOf(wanted));
    else if (subresource === 'finalize') withField(next, 'spec', fieldOf(wanted, 'spec'));
    else if (subresource) throw new StatusError(404, 'NotFound', `no subresource ${subresource} here`);
    else if (hasStatus(resource)) withField(next, 'status', statusOf(live));
    const { uid, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, generation } = live.metadata;
    Object.assign(next.metadata, { uid, creationTimestamp, resourceVersion: live.metadata.resourceVersion });
    if (deletionTimestamp) Object.assign(next.metadata, { deletionTimestamp, deletionGracePeriodSeconds });
    const isSpecChanged = JSON.stringify(fieldOf(next, 'spec')) !== JSON.stringify(fieldOf(live, 'spec'));
    if (generation !== undefined) next.metadata.generation = generation + (isSpecChanged ? 1 : 0);
    // A write that changes nothing keeps its resourceVersion and wakes nobody, as in the real API.
    if (stable(next) === stable(live)) return live;
    const isDone =
      deletionTimestamp !== undefined &&
      (next.metadata.finalizers ?? []).length === 0 &&
      (deletionGracePeriodSeconds ?? 0) === 0 &&
      (resource !== 'namespaces' || namespaceFinalizers(next).length === 0);
    if (!isDone) return this.put(resource, next);
    this.drop(resource, next);
    return next;
  }

  private put(resource: ResourceName, object: KubernetesObject): KubernetesObject {
    const previous = this.table(resource).get(keyOf(object));
    object.metadata.resourceVersion = String(++this.revision);
    this.table(resource).set(keyOf(object), deepFreeze(object));
    this.emit(resource, (w) => (previous ? w.modified(object, previous) : w.added(object)));
    return object;
  }

  private drop(resource: ResourceName, object: KubernetesObject): void {
    this.table(resource).delete(keyOf(object));
    const last = structuredClone(object);
    last.metadata.resourceVersion = String(++this.revision);
    deepFreeze(last);
    this.emit(resource, (w) => w.deleted(last));
  }

  private emit(resource: ResourceName, tell: (watcher: WatchHandler<KubernetesObject>) => void): void {
    const event = () => this.watchers.get(resource)?.forEach(tell);
    if (this.held) this.held.push(event);
    else event();
  }
}

export interface Call {
  verb: 'get' | 'list' | 'create' | 'update' | 'patch' | 'delete' | 'bind';
  resource: ResourceName;
  name: string;
  namespace?: string;
  subresource?: string;
}

const withStatus: ResourceName[] = [
  'pods',
  'statefulsets',
  'replicasets',
  'deployments',
  'daemonsets',
  'jobs',
  'cronjobs',
  'replicationcontrollers',
  'poddisruptionbudgets',
  'resourcequotas',
  'persistentvolumeclaims',
  'persistentvolumes',
  'services',
  'namespaces',
  'nodes',
];
const hasStatus = (resource: ResourceName) => withStatus.includes(resource);

function initialStatus(resource: ResourceName): Record<string, unknown> {
  if (resource === 'pods' || resource === 'persistentvolumeclaims') return { phase: 'Pending' };
  if (resource === 'namespaces') return { phase: 'Active' };
  return resource === 'statefulsets' || resource === 'replicasets' ? { replicas: 0 } : {};
}

/** Pods get their grace only where a kubelet can keep them: on a node and not finished. */
function graceSeconds(resource: ResourceName, object: KubernetesObject, asked: number | undefined): number {
  if (resource !== 'pods') return 0;
  const spec = fieldOf(object, 'spec');
  const phase = statusOf(object)?.phase;
  if (!isRecord(spec) || !spec.nodeName || phase === 'Failed' || phase === 'Succeeded') return 0;
  return asked ?? (typeof spec.terminationGracePeriodSeconds === 'number' ? spec.terminationGracePeriodSeconds : 30);
}

function namespaceFinalizers(object: KubernetesObject): unknown[] {
  const spec = fieldOf(object, 'spec');
  return isRecord(spec) && Array.isArray(spec.finalizers) ? spec.finalizers : [];
}

function typed<R extends ResourceName>(object: KubernetesObject): ObjectOf[R] {
  return object as ObjectOf[R];
}

function fieldOf(object: KubernetesObject, field: 'spec' | 'status'): unknown {
  return (object as { spec?: unknown; status?: unknown })[field];
}

function statusOf(object: KubernetesObject): Record<string, unknown> | undefined {
  const status = fieldOf(object, 'status');
  return isRecord(status) ? status : undefined;
}

function withField<T extends KubernetesObject>(object: T, field: 'spec' | 'status', value: unknown): T {
  return Object.assign(object, { [field]: value });
}

function isObject(value: unknown): value is KubernetesObject {
  return isRecord(value) && isRecord(value.metadata);
}

function keyOf(object: KubernetesObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

function qualified(resource: ResourceName): string {
  return resources[resource].group === '' ? resource : `${resource}.${resources[resource].group}`;
}

function conflict(resource: ResourceName, name: string): StatusError {
  const why = 'the object has been modified; please apply your changes to the latest version and try again';
  return new StatusError(409, 'Conflict', `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${why}`);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

/** `a=b,c!=d,e`: what controllers ask for. */
function matchesText(selector: string | undefined, values: Record<string, string>): boolean {
  if (!selector) return true;
  return selector.split(',').every((term) => {
    const parsed = /^([^=!]+)(?:(!?)==?(.*))?$/.exec(term.trim());
    const [, key = '', not, value] = parsed ?? [];
    if (value === undefined) return matchesSelector({ matchExpressions: [{ key, operator: 'Exists' }] }, values);
    return (values[key] === value) !== (not === '!');
  });
}
