import type { Core } from '../core';
import { parseBody, type Body } from '../decode/body';
import { badRequest, invalidError } from '../errors';
import { invalid, notSupported } from '../fieldError';
import { isJsonObject, objectAt, stringAt, type JsonObject } from '../json';
import type { DeleteRequest } from '../operations/delete';
import { dryRunErrors } from './parameters';
import { isTrue } from './routes';

const optionsKind = {
  group: 'meta.k8s.io',
  version: 'v1',
  kind: 'DeleteOptions',
  message: 'k8s.io.apimachinery.pkg.apis.meta.v1.DeleteOptions',
};

/** The options of a DELETE: its body when it has one, else its query. Throws 400, 415 and 422. */
export function readDeleteOptions(core: Core, body: Body, query: URLSearchParams): DeleteRequest & { dryRun: boolean } {
  const given = body.bytes.length > 0 ? fromBody(core, body) : fromQuery(query);
  const policy = stringAt(given, 'propagationPolicy');
  const dryRun = Array.isArray(given.dryRun) ? given.dryRun.map(String) : [];
  const errors = dryRunErrors(dryRun);
  if (policy !== undefined && given.orphanDependents !== undefined)
    errors.push(invalid('propagationPolicy', policy, 'orphanDependents and deletionPropagation cannot be both set'));
  if (policy !== undefined && !isPolicy(policy))
    errors.push(notSupported('propagationPolicy', policy, ['Foreground', 'Background', 'Orphan', 'nil']));
  if (errors.length > 0) throw invalidError(optionsKind, '', errors);
  return { ...readRequest(given), dryRun: dryRun.includes('All') };
}

/** Also reads the `deleteOptions` of an Eviction. */
export function readRequest(given: JsonObject): DeleteRequest {
  const policy = stringAt(given, 'propagationPolicy');
  const uid = stringAt(objectAt(given, 'preconditions'), 'uid');
  const resourceVersion = stringAt(objectAt(given, 'preconditions'), 'resourceVersion');
  const hasPreconditions = uid !== undefined || resourceVersion !== undefined;
  return {
    ...(typeof given.gracePeriodSeconds === 'number' ? { gracePeriodSeconds: given.gracePeriodSeconds } : {}),
    ...(typeof given.orphanDependents === 'boolean' ? { orphanDependents: given.orphanDependents } : {}),
    ...(policy !== undefined && isPolicy(policy) ? { propagationPolicy: policy } : {}),
    ...(hasPreconditions
      ? {
          preconditions: {
            ...(uid !== undefined ? { uid } : {}),
            ...(resourceVersion !== undefined ? { resourceVersion } : {}),
          },
        }
      : {}),
  };
}

function isPolicy(text: string): text is 'Orphan' | 'Background' | 'Foreground' {
  return text === 'Orphan' || text === 'Background' || text === 'Foreground';
}

function fromBody(core: Core, body: Body): JsonObject {
  const { value } = parseBody(core, body, optionsKind);
  if (!isJsonObject(value)) throw badRequest('decoded object cannot be converted to DeleteOptions');
  const grace = value.gracePeriodSeconds;
  if (grace !== undefined && grace !== null && !Number.isInteger(grace))
    throw badRequest(
      'DeleteOptions in version "v1" cannot be handled as a DeleteOptions: gracePeriodSeconds is no whole number',
    );
  return value;
}

function fromQuery(query: URLSearchParams): JsonObject {
  const grace = query.get('gracePeriodSeconds');
  if (grace !== null && !/^-?\d+$/.test(grace))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(grace)}: invalid syntax`);
  const orphan = query.get('orphanDependents');
  const policy = query.get('propagationPolicy');
  return {
    ...(grace !== null ? { gracePeriodSeconds: Number(grace) } : {}),
    ...(orphan !== null ? { orphanDependents: isTrue(orphan) } : {}),
    ...(policy !== null ? { propagationPolicy: policy } : {}),
    dryRun: query.getAll('dryRun'),
  };
}
