import type { Status } from '../../../../lib/kubernetes/status';
import type { Tokens } from '../access/tokens';
import { decodeObject } from '../decode/body';
import { isJsonObject, objectAt, stringAt } from '../json';
import type { Kind } from '../kinds/kind';
import { scaleTable } from '../kinds/scale';
import { bindPod } from '../operations/bind';
import { evictionKind, evictPod } from '../operations/evict';
import { finalizeNamespace, isNamespaceKind } from '../operations/namespace';
import { patched } from '../operations/patch';
import { changeScale, getScale, putScale, scaleKind, type Scale } from '../operations/scale';
import { requestToken, tokenRequestKind } from '../operations/token';
import type { Exchange } from './exchange';
import { readBody } from './readBody';
import { readRequest } from './readDeleteOptions';
import { serveGet } from './reads';
import { renderObject } from './render';
import { sendJson } from './respond';
import { servePatch, servePut, readObject, readPatch, withMetadata } from './writes';
import { badRequest } from '../errors';

export type SubresourceServer = (exchange: Exchange) => Promise<void> | void;

/** How a method of a subresource is served; undefined when the kind has no such thing. */
export function subresourceServer(exchange: Exchange, tokens: Tokens | undefined): SubresourceServer | undefined {
  const { kind, route, request } = exchange;
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
  const isCore = (plural: string) => kind.group === '' && kind.plural === plural;
  switch (`${method} ${route.subresource ?? ''}`) {
    case 'GET status':
      return kind.subresources?.status ? serveGet : undefined;
    case 'PUT status':
      return kind.subresources?.status ? (e) => servePut(e, 'status') : undefined;
    case 'PATCH status':
      return kind.subresources?.status ? (e) => servePatch(e, 'status') : undefined;
    case 'GET scale':
      return kind.subresources?.scale ? serveGetScale : undefined;
    case 'PUT scale':
      return kind.subresources?.scale ? servePutScale : undefined;
    case 'PATCH scale':
      return kind.subresources?.scale ? servePatchScale : undefined;
    case 'POST binding':
      return isCore('pods') ? serveBinding : undefined;
    case 'POST eviction':
      return isCore('pods') ? serveEviction : undefined;
    case 'PUT finalize':
      return isNamespaceKind(kind) ? serveFinalize : undefined;
    case 'POST token':
      return tokens && isCore('serviceaccounts') ? (e) => serveToken(e, tokens) : undefined;
    default:
      return partServer(kind, method, route.subresource ?? '');
  }
}

function partServer(kind: Kind, method: string, name: string): SubresourceServer | undefined {
  if (!kind.subresources?.parts?.[name]) return undefined;
  if (method === 'GET') return serveGet;
  if (method === 'PUT') return (exchange) => servePut(exchange, name);
  return method === 'PATCH' ? (exchange) => servePatch(exchange, name) : undefined;
}

/** Whether the kind has the subresource, for a method that is not served on it. */
export function hasSubresource(kind: Kind, name: string): boolean {
  if (name === 'status') return kind.subresources?.status ?? false;
  if (name === 'scale') return kind.subresources?.scale !== undefined;
  if (kind.subresources?.parts?.[name]) return true;
  const others: Record<string, string[]> = {
    pods: ['binding', 'eviction'],
    namespaces: ['finalize'],
    serviceaccounts: ['token'],
  };
  return kind.group === '' && (others[kind.plural]?.includes(name) ?? false);
}

function serveGetScale(exchange: Exchange): void {
  const { core, target, output, context } = exchange;
  const scale = getScale(core, target);
  if (output.as !== 'Table') return exchange.sendOther(scale);
  sendJson(exchange, 200, renderObject(scaleTable, scale, output, context), output);
}

async function servePutScale(exchange: Exchange): Promise<void> {
  const parameters = exchange.parameters('UpdateOptions');
  const body = await readBody(exchange.request);
  const scale = decodeObject(exchange.core, body, scaleKind, parameters.fieldValidation, exchange.warnings);
  exchange.sendOther(putScale(exchange.core, exchange.call(parameters), exchange.target, withMetadata(scale)));
}

async function servePatchScale(exchange: Exchange): Promise<void> {
  const { core, target } = exchange;
  const parameters = exchange.parameters('PatchOptions');
  const { type, patch, problems } = readPatch(await readBody(exchange.request));
  if (!type) throw badRequest('server-side apply of a Scale is not served: apply the object itself');
  const call = exchange.call(parameters);
  const decoding = { fieldValidation: parameters.fieldValidation, problems };
  const change = (old: Scale) => patched(core, call, scaleKind.message, old, { type, patch, decoding });
  exchange.sendOther(changeScale(core, call, target, change));
}

/** POST pods/NAME/binding, or POST bindings with the name in the body. */
export async function serveBinding(exchange: Exchange): Promise<void> {
  const parameters = exchange.parameters('CreateOptions');
  const expected = { group: '', version: 'v1', kind: 'Binding', message: 'k8s.io.api.core.v1.Binding' };
  const body = await readBody(exchange.request);
  const binding = decodeObject(exchange.core, body, expected, parameters.fieldValidation, exchange.warnings);
  const { metadata } = withMetadata(binding);
  const kind = stringAt(binding.target, 'kind');
  const name = stringAt(binding.target, 'name');
  const target = { ...exchange.target, name: exchange.route.name ?? metadata.name ?? '' };
  bindPod(exchange.core, exchange.call(parameters), target, {
    metadata,
    target: { ...(kind ? { kind } : {}), ...(name ? { name } : {}) },
  });
  exchange.sendStatus(created());
}

async function serveEviction(exchange: Exchange): Promise<void> {
  const parameters = exchange.parameters('CreateOptions');
  const body = await readBody(exchange.request);
  const given = decodeObject(exchange.core, body, evictionKind, parameters.fieldValidation, exchange.warnings);
  const options = objectAt(given, 'deleteOptions') ?? {};
  const dryRun = parameters.dryRun || (Array.isArray(options.dryRun) && options.dryRun.includes('All'));
  const { metadata } = withMetadata(given);
  const call = exchange.call({ ...parameters, dryRun });
  evictPod(exchange.core, call, exchange.target, { metadata, deleteOptions: readRequest(options) });
  exchange.sendStatus(created());
}

async function serveFinalize(exchange: Exchange): Promise<void> {
  const parameters = exchange.parameters('UpdateOptions');
  const object = await readObject(exchange, parameters);
  exchange.sendObject(finalizeNamespace(exchange.core, exchange.call(parameters), exchange.target, object));
}

async function serveToken(exchange: Exchange, tokens: Tokens): Promise<void> {
  const parameters = exchange.parameters('CreateOptions');
  const body = await readBody(exchange.request);
  const given = decodeObject(exchange.core, body, tokenRequestKind, parameters.fieldValidation, exchange.warnings);
  if (!isJsonObject(given.spec)) given.spec = {};
  exchange.sendOther(requestToken(exchange.core, tokens, exchange.target, withMetadata(given)), 201);
}

function created(): Status {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 };
}
