import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Review, ReviewObject } from '../access/reviews';
import type { AccessRequest, User } from '../access/user';
import { authorize } from '../authorize';
import { decodeObject } from '../decode/body';
import { StatusError } from '../../status';
import { asStatusError, methodNotAllowed, notServed } from '../errors';
import type { Kind, Verb } from '../kinds/kind';
import { isNamespaceKind } from '../operations/namespace';
import { parseFieldSelector } from '../selectors/fields';
import { hasVerb } from '../registry';
import type { StreamTarget } from '../streams/streams';
import { coreFor } from '../views/viewedStorage';
import { isPrettyWanted, negotiate, outputForError, type Output, type Served } from './accept';
import { Exchange } from './exchange';
import type { HttpOptions } from './handler';
import type { Metrics, RequestLabels } from './metrics';
import { checkTimeout } from './parameters';
import { readBody } from './readBody';
import { serveGet, serveList, serveWatch } from './reads';
import { sendError, sendPlain } from './respond';
import { verbOf, type RequestVerb, type ResourceRoute, type Route } from './routes';
import { hasSubresource, serveBinding, subresourceServer } from './subresources';
import { EventEncoder, type WatchStream } from './watchStream';
import { serveCreate, serveDelete, serveDeleteCollection, servePatch, servePut } from './writes';

export interface ResourceRequest {
  request: IncomingMessage;
  response: ServerResponse;
  route: ResourceRoute;
  query: URLSearchParams;
  user: User;
  warnings: string[];
}

export interface UpgradeRequest {
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
  route: Route;
  query: URLSearchParams;
  user: User;
}

const streamed = new Set(['log', 'exec', 'attach', 'portforward', 'proxy']);

/** Everything under /api/v1 and /apis/GROUP/VERSION. */
export class ResourceServer {
  private readonly watches = new Set<WatchStream>();
  private readonly encoder = new EventEncoder();

  constructor(
    private readonly options: HttpOptions,
    private readonly metrics: Metrics,
  ) {}

  endWatches(): void {
    for (const stream of [...this.watches]) stream.end();
  }

  /** False when the path names nothing that is served. */
  async serve(given: ResourceRequest): Promise<boolean> {
    const { request, route, query, user } = given;
    const verb = verbOf(request.method ?? '', route, query);
    const review = this.reviewAt(route);
    const isBindings = isBindingsPath(route);
    const kind = this.options.core.registry.find(route.group, route.version, isBindings ? 'pods' : route.plural);
    const access = accessRequest(route, verb ?? 'get', kind, query);
    if (verb === undefined || (!kind && !review)) {
      authorize(this.options.core, user, access);
      if (kind) throw methodNotAllowed();
      if (this.options.core.registry.hasVersion(route.group, route.version)) throw notServed();
      return false;
    }
    const finish = this.measure(given, verb);
    try {
      authorize(this.options.core, user, access);
      if (review) await this.serveReview(given, review);
      else if (isBindings && kind) await this.serveBindings(given, kind, verb);
      else if (kind) await this.serveKind(given, kind, verb);
    } catch (error) {
      const served = { isStream: verb === 'watch', codec: this.options.core.codec };
      sendError(given, asStatusError(error), outputForError(request, served));
    } finally {
      finish();
    }
    return true;
  }

  async upgrade({ request, socket, head, route, query, user }: UpgradeRequest): Promise<void> {
    const { core, streams } = this.options;
    const kind = route.isResource ? core.registry.find(route.group, route.version, route.plural) : undefined;
    const target = route.isResource && kind ? streamTarget(route, query) : undefined;
    if (!route.isResource || !kind || !target || !streams) throw notServed();
    const verb = request.method === 'POST' ? 'create' : 'get';
    authorize(core, user, accessRequest(route, verb, kind, query));
    // Since v1.35 an upgrade by GET wants what the old POST wanted too (AuthorizePodWebsocketUpgradeCreatePermission).
    if (target.subresource !== 'proxy') authorize(core, user, accessRequest(route, 'create', kind, query));
    const over = this.metrics.began(labelsOf(route, 'CONNECT'));
    socket.once('close', over);
    await streams.upgrade(target, request, socket, head);
  }

  private async serveKind(given: ResourceRequest, kind: Kind, verb: RequestVerb): Promise<void> {
    const { route, warnings } = given;
    if (route.subresource && streamed.has(route.subresource)) return this.serveStream(given);
    if (kind.deprecated !== undefined) warnings.push(kind.deprecated);
    const exchange = this.exchange(given, kind, verb);
    if (!route.subresource) return this.serveVerb(exchange, verb);
    const server = subresourceServer(exchange, this.options.tokens);
    if (!server) throw hasSubresource(kind, route.subresource) ? methodNotAllowed() : notServed();
    await server(exchange);
  }

  private exchange(given: ResourceRequest, kind: Kind, verb: RequestVerb): Exchange {
    const { request, response, route, query, user, warnings } = given;
    if (verb !== 'watch') checkTimeout(query);
    const output = this.output(request, query, { isStream: verb === 'watch' });
    const { renderTable } = this.options;
    const core = coreFor(this.options.core, kind);
    return new Exchange(core, request, response, route, verb, query, user, kind, output, renderTable, warnings);
  }

  /** The old way to bind a pod: a POST to `bindings`, the pod named in the body. */
  private async serveBindings(given: ResourceRequest, kind: Kind, verb: RequestVerb): Promise<void> {
    if (given.route.name !== undefined) throw notServed();
    if (verb !== 'create') throw methodNotAllowed();
    await serveBinding(this.exchange(given, kind, verb));
  }

  private async serveVerb(exchange: Exchange, verb: RequestVerb): Promise<void> {
    const { kind, route } = exchange;
    if (verb === 'connect' || !hasVerb(kind, verb satisfies Verb)) throw methodNotAllowed();
    const isNamed = route.name !== undefined;
    switch (verb) {
      case 'get':
        return serveGet(exchange);
      case 'list':
        return serveList(exchange);
      case 'watch':
        return serveWatch(exchange, this.watches, this.encoder);
      case 'create':
        if (isNamed) throw methodNotAllowed();
        return serveCreate(exchange);
      case 'update':
        if (!isNamed) throw methodNotAllowed();
        return servePut(exchange);
      case 'patch':
        if (!isNamed) throw methodNotAllowed();
        return servePatch(exchange);
      case 'delete':
        return serveDelete(exchange);
      case 'deletecollection':
        return serveDeleteCollection(exchange);
    }
  }

  private async serveStream({ request, response, route, query }: ResourceRequest): Promise<void> {
    const target = streamTarget(route, query);
    if (!target || !this.options.streams) throw notServed();
    await this.options.streams.serve(target, request, response);
  }

  private reviewAt({ group, version, plural }: ResourceRoute): Review | undefined {
    return this.options.reviews?.find((r) => r.group === group && r.version === version && r.resource === plural);
  }

  private async serveReview(
    { request, response, route, query, user, warnings }: ResourceRequest,
    review: Review,
  ): Promise<void> {
    // Nothing is kept, so there is nothing at a name.
    if (route.name) throw notServed();
    if (request.method !== 'POST') throw methodNotAllowed();
    const { core } = this.options;
    const output = this.output(request, query, { hasTables: false });
    const body = await readBody(request);
    const message = `k8s.io.api.${review.group.split('.')[0] ?? ''}.${review.version}.${review.kind}`;
    const object: ReviewObject = decodeObject(core, body, { ...review, message }, 'Ignore', warnings);
    const answer = review.answer(object, user, review.namespaced ? route.namespace : undefined);
    sendPlain({ request, response, warnings }, 201, answer, output);
  }

  private output(request: IncomingMessage, query: URLSearchParams, served: Served): Output {
    const output = negotiate(request.headers.accept, { ...served, codec: this.options.core.codec });
    return { ...output, isPretty: !served.isStream && isPrettyWanted(query, request.headers['user-agent']) };
  }

  /** Counts the request when it has been answered, and meanwhile too when it is a long one. */
  private measure({ response, route }: ResourceRequest, verb: RequestVerb): () => void {
    const { clock } = this.options.core;
    const isLong = verb === 'watch' || (route.subresource !== undefined && streamed.has(route.subresource));
    const labels = labelsOf(route, verb === 'watch' ? 'WATCH' : isLong ? 'CONNECT' : metricVerb(verb));
    const begun = clock.now();
    const over = isLong ? this.metrics.began(labels) : undefined;
    if (over) response.once('close', over);
    return () => this.metrics.answered(labels, response.statusCode, (clock.now() - begun) / 1000);
  }
}

function isBindingsPath({ group, version, plural }: ResourceRoute): boolean {
  return group === '' && version === 'v1' && plural === 'bindings';
}

function metricVerb(verb: RequestVerb): string {
  const names: Partial<Record<RequestVerb, string>> = { create: 'POST', update: 'PUT' };
  return names[verb] ?? verb.toUpperCase();
}

function labelsOf(route: ResourceRoute, verb: string): RequestLabels {
  const scope = route.name !== undefined ? 'resource' : route.namespace !== '' ? 'namespace' : 'cluster';
  const { group, version, plural, subresource = '' } = route;
  return { verb, group, version, resource: plural, subresource, scope };
}

/** What authorisation is asked. Of namespaces the name counts as the namespace, so that a role in one may allow it. */
function accessRequest(
  route: ResourceRoute,
  verb: string,
  kind: Kind | undefined,
  query: URLSearchParams,
): AccessRequest {
  const name = route.name ?? selectedName(kind, query);
  const namespace = kind && isNamespaceKind(kind) ? (route.name ?? '') : route.namespace;
  return {
    verb,
    group: route.group,
    version: route.version,
    resource: route.plural,
    ...(route.subresource ? { subresource: route.subresource } : {}),
    ...(name ? { name } : {}),
    ...(namespace ? { namespace } : {}),
  };
}

/** A list or watch of one object by its name is a request for that object. */
function selectedName(kind: Kind | undefined, query: URLSearchParams): string | undefined {
  const selector = query.get('fieldSelector');
  if (!selector || !kind) return undefined;
  try {
    return parseFieldSelector(kind, selector).name;
  } catch (error) {
    if (error instanceof StatusError) return undefined;
    throw error;
  }
}

function streamTarget(route: ResourceRoute, query: URLSearchParams): StreamTarget | undefined {
  const { plural, subresource = '', namespace, name, rest, group } = route;
  if (group !== '' || (plural !== 'pods' && plural !== 'services') || name === undefined) return undefined;
  if (!streamed.has(subresource) || (plural === 'services' && subresource !== 'proxy')) return undefined;
  return { resource: plural, subresource, namespace, name, path: rest, query };
}
