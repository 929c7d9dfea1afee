import { isJsonObject, type JsonObject } from '../json';
import { Writer } from '../protobuf/wire';

/** An OpenAPI 2 document as github.com/google/gnostic-models/openapiv2/OpenAPIv2.proto writes it; only what `v2.ts` puts into one. */
export function documentBytes(
  info: { title: string; version: string },
  definitions: Readonly<Record<string, JsonObject>>,
): Uint8Array {
  const document = new Writer();
  document.text(1, '2.0');
  document.chunk(
    2,
    made((writer) => {
      writer.text(1, info.title);
      writer.text(2, info.version);
    }),
  );
  document.chunk(8, new Uint8Array());
  document.chunk(9, namedSchemas(definitions));
  return document.finish();
}

function made(fill: (writer: Writer) => void): Uint8Array {
  const writer = new Writer();
  fill(writer);
  return writer.finish();
}

/** Definitions and Properties: pairs of a name and a schema. */
function namedSchemas(schemas: Readonly<Record<string, unknown>>): Uint8Array {
  return made((list) => {
    for (const [name, schema] of Object.entries(schemas)) {
      if (!isJsonObject(schema)) continue;
      list.chunk(
        1,
        made((pair) => {
          pair.text(1, name);
          pair.chunk(2, schemaBytes(schema));
        }),
      );
    }
  });
}

function schemaBytes(schema: JsonObject): Uint8Array {
  return made((writer) => {
    const { $ref, format, description, required, type, items, properties, additionalProperties } = schema;
    if (typeof $ref === 'string') writer.text(1, $ref);
    if (typeof format === 'string') writer.text(2, format);
    if (typeof description === 'string') writer.text(4, description);
    if (Array.isArray(required)) for (const name of required) writer.text(19, String(name));
    if (isJsonObject(additionalProperties)) writer.chunk(21, wrapped(schemaBytes(additionalProperties)));
    if (typeof type === 'string')
      writer.chunk(
        22,
        made((item) => item.text(1, type)),
      );
    if (isJsonObject(items)) writer.chunk(23, wrapped(schemaBytes(items)));
    if (isJsonObject(properties)) writer.chunk(25, namedSchemas(properties));
    for (const [name, value] of Object.entries(schema))
      if (name.startsWith('x-')) writer.chunk(31, extension(name, value));
  });
}

/** AdditionalPropertiesItem and ItemsItem hold the schema as their field 1. */
function wrapped(schema: Uint8Array): Uint8Array {
  return made((item) => item.chunk(1, schema));
}

/** NamedAny: its value as YAML, of which JSON is a part. */
function extension(name: string, value: unknown): Uint8Array {
  return made((pair) => {
    pair.text(1, name);
    pair.chunk(
      2,
      made((any) => any.text(2, `${JSON.stringify(value)}\n`)),
    );
  });
}
