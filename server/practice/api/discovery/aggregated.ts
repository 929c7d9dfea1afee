import type { ApiResource, GroupVersion } from './resources';

/** All groups in one answer (`apidiscovery.k8s.io`), which spares kubectl a request for each. */
export function aggregated(all: GroupVersion[], version: string): object {
  const names = [...new Set(all.map(({ group }) => group))];
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: `apidiscovery.k8s.io/${version}`,
    metadata: {},
    items: names.map((name) => ({
      metadata: name === '' ? {} : { name },
      versions: all
        .filter(({ group }) => group === name)
        .map((one) => ({ version: one.version, resources: resourcesOf(one.resources), freshness: 'Current' })),
    })),
  };
}

function resourcesOf(resources: ApiResource[]): object[] {
  const isSub = ({ name }: ApiResource) => name.includes('/');
  return resources
    .filter((resource) => !isSub(resource))
    .map((resource) => {
      const subs = resources.filter((sub) => isSub(sub) && sub.name.startsWith(`${resource.name}/`));
      return {
        resource: resource.name,
        responseKind: kindOf(resource),
        scope: resource.namespaced ? 'Namespaced' : 'Cluster',
        singularResource: resource.singularName,
        verbs: resource.verbs,
        ...(resource.shortNames ? { shortNames: resource.shortNames } : {}),
        ...(resource.categories ? { categories: resource.categories } : {}),
        ...(subs.length > 0 ? { subresources: subs.map((sub) => subresource(sub)) } : {}),
      };
    });
}

function subresource(sub: ApiResource): object {
  return { subresource: sub.name.split('/')[1], responseKind: kindOf(sub), verbs: sub.verbs };
}

/** An empty group and version mean those of the resource. */
function kindOf({ group = '', version = '', kind }: ApiResource) {
  return { group, version, kind };
}
