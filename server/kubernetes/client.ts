import type { IncomingMessage } from 'node:http';
import { resourcePath, type ResourceName } from '../../lib/kubernetes/resources';
import { ClusterError } from './errors';
import { listAt, parseJson, textAt } from './json';
import type { Access } from './kubeconfig';
import { call, open, type Call } from './transport';

/** The fields of a write are ours under this name, as `kubectl`'s are under `kubectl`. */
export const fieldManager = 'ordinal';

export interface Page {
  items: readonly unknown[];
  resourceVersion: string;
  /** Where the next page begins; undefined on the last. */
  next?: string;
}

export interface PageQuery {
  limit?: number;
  next?: string;
}

const metadataOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

export type PatchType = 'merge' | 'apply' | 'strategic' | 'json';

const patchTypes: Record<PatchType, string> = {
  merge: 'application/merge-patch+json',
  apply: 'application/apply-patch+yaml',
  strategic: 'application/strategic-merge-patch+json',
  json: 'application/json-patch+json',
};

export interface DeleteOptions {
  propagationPolicy?: 'Orphan' | 'Background' | 'Foreground';
  gracePeriodSeconds?: number;
  preconditions?: { uid?: string; resourceVersion?: string };
}

/** The Kubernetes API as plain JSON: what it sends is passed on as it is, and a write names only what it changes. */
export class KubernetesClient {
  constructor(readonly access: Access) {}

  list(path: string, query: PageQuery, signal?: AbortSignal): Promise<Page> {
    return this.page(path, query, { signal });
  }

  /** The same list, of each object its `metadata` alone. */
  listMetadata(path: string, query: PageQuery, timeoutMs: number, signal?: AbortSignal): Promise<Page> {
    return this.page(path, query, { signal, timeoutMs, accept: metadataOnly });
  }

  private async page(
    path: string,
    query: PageQuery,
    how: Pick<Call, 'signal' | 'timeoutMs' | 'accept'>,
  ): Promise<Page> {
    const answer = await call(this.access, { path, query: { limit: query.limit, continue: query.next }, ...how });
    const list = expectJson(answer.body);
    const next = textAt(list, 'metadata', 'continue');
    return {
      items: listAt(list, 'items'),
      resourceVersion: textAt(list, 'metadata', 'resourceVersion') ?? '',
      ...(next === undefined || next === '' ? {} : { next }),
    };
  }

  /** A watch from `resourceVersion` on; its body is one JSON event for each line. */
  watch(path: string, resourceVersion: string, timeoutSeconds: number, signal: AbortSignal): Promise<IncomingMessage> {
    const query = { watch: true, allowWatchBookmarks: true, resourceVersion, timeoutSeconds };
    return open(this.access, { path, query, signal });
  }

  async get(path: string): Promise<unknown> {
    return expectJson((await call(this.access, { path })).body);
  }

  async create(path: string, object: unknown): Promise<unknown> {
    const answer = await call(this.access, {
      method: 'POST',
      path,
      query: { fieldManager },
      body: JSON.stringify(object),
    });
    return expectJson(answer.body);
  }

  async patch(
    path: string,
    patch: unknown,
    type: PatchType,
    query: Record<string, string | boolean> = {},
  ): Promise<{ object: unknown; warnings: string[] }> {
    const answer = await call(this.access, {
      method: 'PATCH',
      path,
      query: { fieldManager, ...query },
      body: JSON.stringify(patch),
      contentType: patchTypes[type],
    });
    return { object: expectJson(answer.body), warnings: answer.warnings };
  }

  async delete(path: string, options: DeleteOptions = {}): Promise<void> {
    const body = JSON.stringify({ apiVersion: 'v1', kind: 'DeleteOptions', ...options });
    await call(this.access, { method: 'DELETE', path, body });
  }

  /** Only the replicas, through the scale sub-resource: nothing else of it is read or written. */
  async scale(
    workload: 'statefulset' | 'deployment',
    namespace: string,
    name: string,
    replicas: number,
  ): Promise<void> {
    await this.patch(resourcePath(`${workload}s`, namespace, name, 'scale'), { spec: { replicas } }, 'merge');
  }

  deleteObject(
    resource: ResourceName,
    namespace: string | undefined,
    name: string,
    options?: DeleteOptions,
  ): Promise<void> {
    return this.delete(resourcePath(resource, namespace, name), options);
  }

  /** Whether the API server answers at all. Any answer will do, a refusal included. */
  async ping(timeoutMs: number, signal?: AbortSignal): Promise<void> {
    try {
      await call(this.access, { path: '/readyz', timeoutMs, signal });
    } catch (error) {
      const answered = error instanceof ClusterError && [401, 403, 404].includes(error.code ?? 0);
      if (!answered) throw error;
    }
  }

  async version(): Promise<string | undefined> {
    return textAt(await this.get('/version'), 'gitVersion');
  }
}

function expectJson(body: string): unknown {
  const parsed = parseJson(body);
  if (parsed === undefined) throw new ClusterError('internal', 'The cluster answered with something that is not JSON.');
  return parsed;
}
