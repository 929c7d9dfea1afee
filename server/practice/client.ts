import type { KubernetesObject } from '../../lib/kubernetes/metadata';
import type { ObjectOf, ResourceName } from '../../lib/kubernetes/resources';

/**
 * The API as the cluster's own parts see it: controllers, scheduler, kubelet, DNS. Calls go through the same
 * authorisation, admission, validation and storage as an HTTPS request, without the bytes. Failures are `StatusError`s.
 *
 * Objects that come back are frozen and shared: build a new object to change one.
 */
export interface ApiClient {
  get<R extends ResourceName>(resource: R, name: string, namespace?: string): Promise<ObjectOf[R]>;
  list<R extends ResourceName>(resource: R, options?: ListOptions): Promise<ListResult<ObjectOf[R]>>;
  create<R extends ResourceName>(resource: R, object: Draft<ObjectOf[R]>, namespace?: string): Promise<ObjectOf[R]>;
  /**
   * PUT. With a resourceVersion in the object a stale one is a Conflict; without one the write is unconditional.
   * `finalize` is a namespace's own: it writes `spec.finalizers`, and the last one gone ends the namespace.
   */
  update<R extends ResourceName>(
    resource: R,
    object: ObjectOf[R],
    subresource?: 'status' | 'finalize',
  ): Promise<ObjectOf[R]>;
  /** A merge patch (RFC 7386) unless `type` says otherwise. */
  patch<R extends ResourceName>(
    resource: R,
    name: string,
    namespace: string | undefined,
    patch: unknown,
    options?: { type?: PatchType; subresource?: 'status' | 'scale' },
  ): Promise<ObjectOf[R]>;
  /** Server-side apply, by force: `manager` owns what the object says, and nothing else of it. */
  apply<R extends ResourceName>(resource: R, object: KubernetesObject, manager: string): Promise<ObjectOf[R]>;
  delete<R extends ResourceName>(resource: R, name: string, namespace?: string, options?: DeleteOptions): Promise<void>;
  /** POST …/pods/NAME/binding: gives a pod its node. `annotations` are merged into the pod's. */
  bind(namespace: string, pod: string, node: string, uid?: string): Promise<void>;
  /**
   * Every object as ADDED, then `synced` once, then each change in order. `handler` is called synchronously in the order
   * of revisions and must not throw. The stream never ends by itself: inside the process there is nothing to expire.
   */
  watch<R extends ResourceName>(resource: R, handler: WatchHandler<ObjectOf[R]>): { stop(): void };
}

export type PatchType = 'merge' | 'json' | 'strategic';

/** What a creator writes: status and server-set metadata are filled in by the API. */
export type Draft<T extends KubernetesObject> = Omit<T, 'status'> & { status?: unknown };

export interface ListOptions {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

export interface ListResult<T> {
  items: T[];
  resourceVersion: string;
}

export interface DeleteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: 'Orphan' | 'Background' | 'Foreground';
  preconditions?: { uid?: string; resourceVersion?: string };
}

export interface WatchHandler<T> {
  added(object: T): void;
  modified(object: T, previous: T): void;
  deleted(object: T): void;
  synced?(): void;
}
