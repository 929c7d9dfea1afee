import type { KubernetesClient } from './client';
import { ClusterError } from './errors';
import { at, listAt, textAt } from './json';
import type { Manifest } from './manifest';

interface ResourceFacts {
  plural: string;
  namespaced: boolean;
}

/** Where objects of any kind live, as the cluster's discovery says. Asked once for each API group version, again for an unknown kind. */
export class ObjectPaths {
  private readonly known = new Map<string, ResourceFacts>();

  constructor(private readonly client: KubernetesClient) {}

  /** The object's own path, and what `kubectl` calls it (`statefulset.apps/web`). */
  async find(manifest: Manifest, namespace: string): Promise<{ path: string; label: string }> {
    const facts = await this.facts(manifest);
    const isCore = !manifest.apiVersion.includes('/');
    const group = isCore ? '' : `.${manifest.apiVersion.split('/')[0] ?? ''}`;
    const parts = [isCore ? `/api/${manifest.apiVersion}` : `/apis/${manifest.apiVersion}`];
    if (facts.namespaced) parts.push('namespaces', encodeURIComponent(namespaceFor(manifest, namespace)));
    parts.push(facts.plural, encodeURIComponent(manifest.name));
    return { path: parts.join('/'), label: `${manifest.kind.toLowerCase()}${group}/${manifest.name}` };
  }

  private async facts(manifest: Manifest): Promise<ResourceFacts> {
    const key = `${manifest.apiVersion}/${manifest.kind}`;
    const known = this.known.get(key) ?? (await this.discover(manifest.apiVersion), this.known.get(key));
    if (known) return known;
    const message = `no matches for kind "${manifest.kind}" in version "${manifest.apiVersion}"`;
    throw new ClusterError('invalid', message, 'NoMatch');
  }

  private async discover(apiVersion: string): Promise<void> {
    if (!/^[a-z0-9.-]+(\/[a-z0-9]+)?$/.test(apiVersion)) return;
    const path = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    try {
      for (const resource of listAt(await this.client.get(path), 'resources')) {
        const [plural, kind] = [textAt(resource, 'name'), textAt(resource, 'kind')];
        if (plural === undefined || kind === undefined || plural.includes('/')) continue;
        this.known.set(`${apiVersion}/${kind}`, { plural, namespaced: at(resource, 'namespaced') === true });
      }
    } catch (error) {
      // An API group that is not there is said as kubectl says it: no matches for the kind.
      if (!(error instanceof ClusterError) || error.code !== 404) throw error;
    }
  }
}

function namespaceFor(manifest: Manifest, namespace: string): string {
  if (manifest.namespace === undefined || manifest.namespace === namespace) return namespace;
  throw new ClusterError(
    'invalid',
    `the namespace from the provided object "${manifest.namespace}" does not match the namespace "${namespace}".`,
  );
}
