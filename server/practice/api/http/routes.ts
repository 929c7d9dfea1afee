/** What a path says (k8s.io/apiserver/pkg/endpoints/request/requestinfo.go). */
export type Route = ResourceRoute | { isResource: false; path: string };

export interface ResourceRoute {
  isResource: true;
  path: string;
  group: string;
  version: string;
  plural: string;
  /** '' for every namespace, or for what is in none. */
  namespace: string;
  name?: string;
  subresource?: string;
  /** What follows the subresource (`/proxy/index.html`), still escaped; starts with `/` or is empty. */
  rest: string;
  /** The old way to ask for a watch: `/api/v1/watch/…`. */
  isWatchPath: boolean;
}

/** Subresources of namespaces: every other third segment names a resource in it. */
const namespaceSubresources = new Set(['status', 'finalize']);

export function parseRoute(path: string): Route {
  const segments = path.split('/').slice(1);
  const root = segments[0];
  if (root === 'api' && segments.length > 2) return resourceRoute(path, '', segments[1] ?? '', segments.slice(2));
  if (root === 'apis' && segments.length > 3)
    return resourceRoute(path, segments[1] ?? '', segments[2] ?? '', segments.slice(3));
  return { isResource: false, path };
}

function resourceRoute(path: string, group: string, version: string, given: string[]): Route {
  const isWatchPath = given[0] === 'watch' && given.length > 1;
  let segments = isWatchPath ? given.slice(1) : given;
  let namespace = '';
  if (segments[0] === 'namespaces' && segments.length > 2 && !namespaceSubresources.has(segments[2] ?? '')) {
    namespace = decoded(segments[1]);
    segments = segments.slice(2);
  }
  const [plural = '', name, subresource, ...rest] = segments;
  if (plural === '') return { isResource: false, path };
  return {
    isResource: true,
    path,
    group,
    version,
    plural,
    namespace,
    ...(name ? { name: decoded(name) } : {}),
    ...(subresource ? { subresource } : {}),
    rest: rest.length > 0 ? `/${rest.join('/')}` : '',
    isWatchPath,
  };
}

/** A path that is no valid escape is taken as it stands; it names nothing. */
function decoded(segment = ''): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export type RequestVerb =
  'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection' | 'connect';

/** The verb that authorisation and metrics know. Undefined for a method that the API does not have. */
export function verbOf(method: string, route: ResourceRoute, query: URLSearchParams): RequestVerb | undefined {
  switch (method) {
    case 'GET':
    case 'HEAD':
      if (route.isWatchPath) return 'watch';
      if (route.name !== undefined) return 'get';
      return isTrue(query.get('watch')) ? 'watch' : 'list';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return route.name === undefined ? 'deletecollection' : 'delete';
    default:
      // A proxy passes on whatever it is asked.
      return route.subresource === 'proxy' ? 'connect' : undefined;
  }
}

/** Query booleans as Go's conversion reads them: present and not `false` or `0`. */
export function isTrue(value: string | null): boolean {
  return value !== null && value !== 'false' && value !== '0';
}
