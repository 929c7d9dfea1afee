import { put, type JsonObject } from '../json';
import type { FieldFacts, MessageFacts, Schema } from '../schema/schema';
import { isEnveloped, messageNames, openEnvelope, text } from './envelope';
import { readSpecial } from './special';
import { delimited, Reader } from './wire';

/**
 * Reads messages into the JSON that the same client would have sent: Go's rules for what an absent value means are applied
 * (pointers stay absent, plain values are zero and written unless `omitempty`).
 */
export class Decoder {
  constructor(private readonly schema: Schema) {}

  /** A whole body: an envelope around a message of this type, whatever kind it calls itself. */
  body(bytes: Uint8Array, message: string): JsonObject {
    const { apiVersion, kind, raw, contentType } = openEnvelope(bytes);
    if (contentType !== '' && contentType !== 'application/vnd.kubernetes.protobuf') {
      throw new TypeError(`a body of ${contentType} inside protobuf is not supported`);
    }
    const object = this.message(raw, this.facts(message));
    return { ...(kind ? { kind } : {}), ...(apiVersion ? { apiVersion } : {}), ...object };
  }

  message(bytes: Uint8Array, facts: MessageFacts): JsonObject {
    const found = new Map<number, unknown>();
    const reader = new Reader(bytes);
    while (!reader.isAtEnd) {
      const { number, wireType } = reader.tag();
      const field = facts.wire.get(number);
      if (field) this.readField(reader, wireType, field, found);
      else reader.skip(wireType);
    }
    const object: JsonObject = {};
    for (const field of facts.wire.values()) this.put(object, field, found.get(field.number));
    return object;
  }

  private facts(name: string): MessageFacts {
    const facts = this.schema.message(name);
    if (!facts) throw new TypeError(`no message ${name}`);
    return facts;
  }

  private readField(reader: Reader, wireType: number, field: FieldFacts, found: Map<number, unknown>): void {
    if (field.container === 'map') {
      const map = found.get(field.number) ?? {};
      this.readEntry(reader.chunk(), field, map as JsonObject);
      found.set(field.number, map);
    } else if (field.container === 'list') {
      const list = (found.get(field.number) ?? []) as unknown[];
      list.push(...this.readItems(reader, wireType, field));
      found.set(field.number, list);
    } else found.set(field.number, this.readValue(reader, field));
  }

  /** Numbers may come packed into one chunk. */
  private readItems(reader: Reader, wireType: number, field: FieldFacts): unknown[] {
    const isNumber = field.type !== 'message' && field.type !== 'string' && field.type !== 'bytes';
    if (!isNumber || wireType !== delimited) return [this.readValue(reader, field)];
    const packed = new Reader(reader.chunk());
    const items: unknown[] = [];
    while (!packed.isAtEnd) items.push(this.readValue(packed, field));
    return items;
  }

  private readEntry(bytes: Uint8Array, field: FieldFacts, map: JsonObject): void {
    const reader = new Reader(bytes);
    let key = '';
    let value: unknown = this.zero(field);
    while (!reader.isAtEnd) {
      const { number, wireType } = reader.tag();
      if (number === 1) key = text(reader.chunk());
      else if (number === 2) value = this.readValue(reader, field);
      else reader.skip(wireType);
    }
    put(map, key, value);
  }

  private readValue(reader: Reader, field: FieldFacts): unknown {
    switch (field.type) {
      case 'string':
        return text(reader.chunk());
      case 'bytes':
        return Buffer.from(reader.chunk()).toString('base64');
      case 'bool':
        return reader.unsigned() !== 0n;
      case 'double':
        return reader.double();
      case 'int32':
      case 'int64':
        return reader.signed();
      case 'message':
        return this.readMessage(reader.chunk(), field.message ?? '');
    }
  }

  private readMessage(bytes: Uint8Array, name: string): unknown {
    const facts = this.facts(name);
    if (facts.special === 'raw') return this.readRaw(bytes);
    return facts.special ? readSpecial(facts.special, bytes) : this.message(bytes, facts);
  }

  /** RawExtension and FieldsV1: JSON text, or an object in an envelope of its own. */
  private readRaw(bytes: Uint8Array): unknown {
    const reader = new Reader(bytes);
    let raw = new Uint8Array();
    while (!reader.isAtEnd) {
      const { number, wireType } = reader.tag();
      if (number === 1) raw = Uint8Array.from(reader.chunk());
      else reader.skip(wireType);
    }
    if (raw.length === 0) return null;
    if (!isEnveloped(raw)) return JSON.parse(text(raw)) as unknown;
    const { apiVersion, kind } = openEnvelope(raw);
    const name = messageNames(apiVersion, kind).find((one) => this.schema.message(one));
    if (name === undefined) throw new TypeError(`no kind "${kind}" is registered for version "${apiVersion}"`);
    return this.body(raw, name);
  }

  private put(object: JsonObject, field: FieldFacts, value: unknown): void {
    if (field.inline && field.type === 'message') {
      if (value !== undefined) Object.assign(object, value);
      return;
    }
    if (value === undefined) {
      if (field.omitEmpty) return;
      if (field.container || field.pointer) put(object, field.name, null);
      else if (field.type !== 'message') put(object, field.name, this.zero(field));
      return;
    }
    const isZero = value === '' || value === 0 || value === false;
    if (isZero && field.omitEmpty && !field.pointer && field.type !== 'message') return;
    if (value === null && field.omitZero) return;
    put(object, field.name, value);
  }

  private zero(field: FieldFacts): unknown {
    if (field.type === 'string' || field.type === 'bytes') return '';
    if (field.type === 'bool') return false;
    return field.type === 'message' ? {} : 0;
  }
}
