import { createHash } from 'node:crypto';
import type { Document, Documents } from '../discovery/discovery';
import { isJsonObject, type JsonObject } from '../json';
import type { Kind } from '../kinds/kind';
import type { Schema } from '../schema/schema';
import { askedKinds } from './paths';
import { componentsFor, type GroupVersionKind } from './schemas';
import { documentBytes } from './v2Protobuf';

/**
 * `/openapi/v2`: the definitions of every kind, in JSON or in protobuf. kubectl checks with it what the server cannot check for it
 * (a `kind: List`, a kind that is not there) and refuses to apply such files when it cannot get it; `explain -o
 * plaintext-openapiv2` shows it. The paths are left out: no kubectl since 1.27 looks for anything there that `/openapi/v3` lacks.
 */
export function createOpenApiV2(kinds: readonly Kind[], schema: Schema, serverVersion = 'v1.36.3'): Documents {
  let definitions: Record<string, JsonObject> | undefined;
  const built = new Map<string, Document>();
  return (path, accept) => {
    if (path !== '/openapi/v2') return undefined;
    const type = accept.includes(protobufType) ? protobufType : 'application/json';
    const known = built.get(type);
    if (known) return known;
    definitions ??= definitionsOf(kinds, schema);
    const info = { title: 'Kubernetes', version: serverVersion };
    const body =
      type === protobufType
        ? documentBytes(info, definitions)
        : JSON.stringify({ swagger: '2.0', info, paths: {}, definitions });
    const hash = createHash('sha512').update(body).digest('hex').toUpperCase();
    const document = { status: 200, contentType: type.replace('@', '.'), body, etag: `"${hash}"` };
    built.set(type, document);
    return document;
  };
}

const protobufType = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';

function definitionsOf(kinds: readonly Kind[], schema: Schema): Record<string, JsonObject> {
  const roots = new Map<string, GroupVersionKind[]>();
  for (const { group, version, kind, message } of [...kinds, ...askedKinds]) {
    roots.set(message, [{ group, version, kind }]);
    roots.set(`${message}List`, [{ group, version, kind: `${kind}List` }]);
  }
  const components = componentsFor(schema, roots);
  return Object.fromEntries(Object.entries(components).map(([name, component]) => [name, older(component)]));
}

/** A schema of version 3 in the words of version 2: no `oneOf`, references without `allOf`, and elsewhere. */
function older(schema: JsonObject): JsonObject {
  const { oneOf, allOf, default: _default, items, properties, additionalProperties, ...rest } = schema;
  const [referred] = schemasIn(allOf);
  const target = typeof referred?.$ref === 'string' ? referred.$ref.replace('#/components/schemas/', '') : undefined;
  return {
    ...rest,
    ...(oneOf ? { type: 'string' } : {}),
    ...(target !== undefined ? { $ref: `#/definitions/${target}` } : {}),
    ...(isJsonObject(items) ? { items: older(items) } : {}),
    ...(isJsonObject(additionalProperties) ? { additionalProperties: older(additionalProperties) } : {}),
    ...(isJsonObject(properties)
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, one]) => [name, isJsonObject(one) ? older(one) : {}]),
          ),
        }
      : {}),
  };
}

function schemasIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
