import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { Status } from '../../../../lib/kubernetes/status';
import type { PatchType } from '../../client';
import { StatusError } from '../../status';
import { decodeObject, type Body } from '../decode/body';
import { duplicateFields } from '../decode/duplicates';
import { jsonProblem } from '../decode/jsonProblem';
import { parseYaml } from '../decode/yaml';
import { badRequest, invalidError, methodNotAllowed } from '../errors';
import { forbidden, required } from '../fieldError';
import { isJsonObject, type JsonObject } from '../json';
import type { Kind } from '../kinds/kind';
import { createObject } from '../operations/create';
import { deleteObject } from '../operations/delete';
import { deleteCollection } from '../operations/deleteCollection';
import { patchObject } from '../operations/patch';
import { checkIdentity, updateObject } from '../operations/update';
import { applyObject } from '../ownership/apply';
import { storageKey } from '../registry';
import type { Exchange } from './exchange';
import { listQuery, type WriteParameters } from './parameters';
import { readBody } from './readBody';
import { readDeleteOptions } from './readDeleteOptions';

export async function serveCreate(exchange: Exchange): Promise<void> {
  const { core, kind, namespace } = exchange;
  const parameters = exchange.parameters('CreateOptions');
  const object = await readObject(exchange, parameters);
  exchange.sendObject(await createObject(core, exchange.call(parameters), kind, namespace, object), 201);
}

export async function servePut(exchange: Exchange, subresource = ''): Promise<void> {
  const { core, kind, target } = exchange;
  const parameters = exchange.parameters('UpdateOptions');
  const object = await readObject(exchange, parameters);
  const call = exchange.call(parameters);
  checkIdentity(target, object);
  const exists = core.storage.get(kind.plural, storageKey(target.namespace, target.name)) !== undefined;
  if (!exists && kind.createOnUpdate && subresource === '') {
    delete object.metadata.resourceVersion;
    return exchange.sendObject(await createObject(core, call, kind, target.namespace, object), 201);
  }
  exchange.sendObject(updateObject(core, call, target, { subresource, wanted: object }));
}

/** The body as an object of the resource's kind. */
export async function readObject(exchange: Exchange, parameters: WriteParameters): Promise<KubernetesObject> {
  const body = await readBody(exchange.request);
  const object = decodeObject(exchange.core, body, exchange.kind, parameters.fieldValidation, exchange.warnings);
  return withMetadata(object);
}

export function withMetadata(object: JsonObject): KubernetesObject {
  const metadata = object.metadata ?? {};
  if (!isJsonObject(metadata)) throw badRequest('metadata is no object');
  return { ...object, metadata };
}

const applyType = 'application/apply-patch+yaml';
const patchTypes: Record<string, PatchType> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
};

export interface PatchBody {
  /** Undefined for server-side apply. */
  type: PatchType | undefined;
  patch: unknown;
  problems: string[];
}

/** The patch in a body. Throws 415 for a media type that is no patch, 400 for a text that is none. */
export function readPatch(body: Body): PatchBody {
  const mediaType = (body.mediaType.split(';')[0] ?? '').trim().toLowerCase();
  const text = body.bytes.toString('utf8');
  if (mediaType === applyType) return { type: undefined, ...readYaml(text) };
  const type = Object.hasOwn(patchTypes, mediaType) ? patchTypes[mediaType] : undefined;
  if (!type) throw new StatusError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
  try {
    const patch: unknown = JSON.parse(text);
    return { type, patch, problems: duplicateFields(text) };
  } catch (error) {
    throw badRequest(`error decoding patch: ${jsonProblem(error)}`);
  }
}

function readYaml(text: string): { patch: unknown; problems: string[] } {
  try {
    const { value, problems } = parseYaml(text);
    return { patch: value, problems };
  } catch (error) {
    throw badRequest(`error decoding YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export async function servePatch(exchange: Exchange, subresource = ''): Promise<void> {
  const { core, target } = exchange;
  const parameters = exchange.parameters('PatchOptions');
  const { type, patch, problems } = readPatch(await readBody(exchange.request));
  checkPatchParameters(type, parameters);
  const call = exchange.call(parameters);
  const decoding = { fieldValidation: parameters.fieldValidation, problems };
  if (type) return exchange.sendObject(patchObject(core, call, target, { type, patch, subresource, decoding }));
  const { object, isNew } = await applyObject(core, call, target, {
    patch,
    subresource,
    force: parameters.force ?? false,
    decoding,
  });
  exchange.sendObject(object, isNew ? 201 : 200);
}

function checkPatchParameters(type: PatchType | undefined, { force, isManagerGiven }: WriteParameters): void {
  const errors = [];
  if (!type && !isManagerGiven) errors.push(required('fieldManager', 'is required for apply patch'));
  if (type && force !== undefined) errors.push(forbidden('force', 'may not be specified for non-apply patch'));
  if (errors.length > 0) throw invalidError({ group: 'meta.k8s.io', kind: 'PatchOptions' }, '', errors);
}

/** Kinds whose DELETE answers with the object that has gone (`ReturnDeletedObject` of upstream's registries). */
const returnsDeleted = new Set([
  'pods',
  'services',
  'serviceaccounts',
  'namespaces',
  'persistentvolumes',
  'persistentvolumeclaims',
  'storageclasses',
  'resourcequotas',
  'podtemplates',
]);

export async function serveDelete(exchange: Exchange): Promise<void> {
  const { core, target, kind } = exchange;
  const { dryRun, ...request } = readDeleteOptions(core, await readBody(exchange.request), exchange.query);
  const call = exchange.call({ dryRun, manager: '' });
  const { object, isLingering, isPending } = deleteObject(core, call, target, request);
  if ((isLingering && !isPending) || returnsDeleted.has(kind.plural)) return exchange.sendObject(object);
  exchange.sendStatus(deletedStatus(kind, object));
}

function deletedStatus(kind: Kind, { metadata }: KubernetesObject): Status {
  const { name = '', uid = '' } = metadata;
  const details = { name, ...(kind.group ? { group: kind.group } : {}), kind: kind.plural, uid };
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
}

export async function serveDeleteCollection(exchange: Exchange): Promise<void> {
  const { core, kind, namespace, query } = exchange;
  if (kind.namespaced && namespace === '') throw methodNotAllowed();
  const { dryRun, ...request } = readDeleteOptions(core, await readBody(exchange.request), query);
  const call = exchange.call({ dryRun, manager: '' });
  await exchange.sendList(deleteCollection(core, call, kind, namespace, listQuery(query), request));
}
