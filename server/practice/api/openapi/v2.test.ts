import { describe, expect, test } from 'vitest';
import { isJsonObject } from '../json';
import { kinds } from '../kinds';
import { Reader } from '../protobuf/wire';
import { schemaForTests } from '../schema/testSchema';
import { createOpenApiV2 } from './v2';

const openApi = createOpenApiV2(kinds, schemaForTests());
const asked = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';

function definition(name: string): unknown {
  const body: unknown = JSON.parse(String(openApi('/openapi/v2', 'application/json')?.body));
  const definitions = isJsonObject(body) ? body.definitions : undefined;
  return isJsonObject(definitions) ? definitions[name] : undefined;
}

describe('definitions', () => {
  test('a kind names itself, and refers to the others where version 2 looks for them', () => {
    expect(definition('io.k8s.api.core.v1.ConfigMap')).toMatchObject({
      type: 'object',
      properties: {
        data: { type: 'object', additionalProperties: { type: 'string' } },
        metadata: { $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' },
      },
      'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: 'ConfigMap' }],
    });
  });

  test('what may be a number or a text is a text', () => {
    expect(definition('io.k8s.apimachinery.pkg.util.intstr.IntOrString')).toMatchObject({
      type: 'string',
      format: 'int-or-string',
    });
  });

  test('nothing else is served here', () => expect(openApi('/openapi/v3', '')).toBeUndefined());
});

/** The delimited fields of a message by number, in order. */
function fields(bytes: Uint8Array): [number, Uint8Array][] {
  const reader = new Reader(bytes);
  const found: [number, Uint8Array][] = [];
  while (!reader.isAtEnd) found.push([reader.tag().number, reader.chunk()]);
  return found;
}
const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString();

test('in protobuf there are as many definitions, each under its name', () => {
  const document = openApi('/openapi/v2', asked);
  // Go's parser of media types refuses the sign that the request may carry.
  expect(document?.contentType).toBe(asked.replace('@', '.'));
  const body = document?.body;
  const parts = fields(typeof body === 'string' || !body ? new Uint8Array() : body);
  expect(text(parts[0]?.[1])).toBe('2.0');
  const pairs = fields(parts.find(([number]) => number === 9)?.[1] ?? new Uint8Array()).map(([, pair]) => fields(pair));
  const configMap = pairs.find(([name]) => text(name?.[1]) === 'io.k8s.api.core.v1.ConfigMap');
  const extensions = fields(configMap?.[1]?.[1] ?? new Uint8Array()).filter(([number]) => number === 31);
  expect(extensions.map(([, pair]) => text(fields(pair)[0]?.[1]))).toEqual(['x-kubernetes-group-version-kind']);
});
