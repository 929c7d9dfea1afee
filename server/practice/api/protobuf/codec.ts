import type { JsonObject } from '../json';
import type { Schema } from '../schema/schema';
import type { ProtobufCodec } from '../codec';
import { Decoder } from './decode';
import { Encoder } from './encode';
import { Writer } from './wire';

/** Protobuf both ways: `k8s\0`, then a runtime.Unknown with the message inside. */
export interface ProtobufReaderWriter extends ProtobufCodec {
  /** A body of a message type, with kind and apiVersion taken from the object. */
  encode(object: JsonObject, message: string): Uint8Array;
  /**
   * One event of `application/vnd.kubernetes.protobuf;stream=watch`: four bytes of length, then a bare WatchEvent whose
   * object is a body in its envelope.
   */
  encodeEvent(type: string, object: JsonObject, message: string): Uint8Array;
}

export function createProtobufCodec(schema: Schema): ProtobufReaderWriter {
  const decoder = new Decoder(schema);
  const encoder = new Encoder(schema);
  return {
    decode: (bytes, message) => decoder.body(bytes, message),
    encode: (object, message) => encoder.body(object, message),
    encodeEvent(type, object, message) {
      const raw = new Writer();
      raw.chunk(1, encoder.body(object, message));
      const event = new Writer();
      event.text(1, type);
      event.chunk(2, raw.finish());
      const bytes = event.finish();
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return Buffer.concat([length, bytes]);
    },
  };
}
