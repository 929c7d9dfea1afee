import { isJsonObject, type JsonObject } from '../json';
import type { Schema } from '../schema/schema';
import type { ProtobufCodec } from '../codec';
import { Decoder } from './decode';
import { Encoder } from './encode';
import { messageNames, seal } from './envelope';
import { Writer } from './wire';

const listMeta = 'k8s.io.apimachinery.pkg.apis.meta.v1.ListMeta';

/** Protobuf both ways: `k8s\0`, then a runtime.Unknown with the message inside. */
export function createProtobufCodec(schema: Schema): ProtobufCodec {
  const decoder = new Decoder(schema);
  const encoder = new Encoder(schema);
  return {
    decode: (bytes, message) => decoder.body(bytes, message),
    encode: (object, message) => encoder.body(asJson(object), message),
    encodeEvent(type, object, message) {
      const raw = new Writer();
      raw.chunk(1, encoder.body(asJson(object), message));
      const event = new Writer();
      event.text(1, type);
      event.chunk(2, raw.finish());
      const bytes = event.finish();
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return Buffer.concat([length, bytes]);
    },
    encodeItems(items, message, field) {
      const writer = new Writer();
      for (const item of items) writer.chunk(field.items, encoder.bare(asJson(item), message));
      return writer.finish();
    },
    encodeList({ apiVersion, kind, metadata }, items, field) {
      const head = new Writer();
      head.chunk(field.metadata, encoder.bare(asJson(metadata), listMeta));
      return seal(apiVersion, kind, Buffer.concat([head.finish(), ...items]));
    },
    messageOf(object) {
      const { apiVersion, kind } = asJson(object);
      const found = messageNames(String(apiVersion), String(kind)).find((name) => schema.message(name));
      if (found === undefined) throw new TypeError(`no message for ${String(apiVersion)} ${String(kind)}`);
      return found;
    },
  };
}

function asJson(object: object): JsonObject {
  return isJsonObject(object) ? object : {};
}
