import { isJsonObject, type JsonObject } from '../json';
import type { FieldFacts, MessageFacts, Schema } from '../schema/schema';
import { seal } from './envelope';
import { writeSpecial } from './special';
import { Writer } from './wire';

/** Writes objects as protobuf. Members that the schema does not know are left out, as they would be by upstream. */
export class Encoder {
  private readonly orders = new WeakMap<MessageFacts, readonly FieldFacts[]>();

  constructor(private readonly schema: Schema) {}

  /** A whole body, in its envelope. */
  body(object: JsonObject, message: string): Uint8Array {
    const apiVersion = typeof object.apiVersion === 'string' ? object.apiVersion : '';
    const kind = typeof object.kind === 'string' ? object.kind : '';
    return seal(apiVersion, kind, this.message(object, this.facts(message)));
  }

  /** A message without its envelope. */
  bare(object: JsonObject, message: string): Uint8Array {
    return this.message(object, this.facts(message));
  }

  message(object: JsonObject, facts: MessageFacts): Uint8Array {
    const writer = new Writer();
    for (const field of this.ordered(facts)) {
      if (field.inline && field.message !== undefined) {
        writer.chunk(field.number, this.message(object, this.facts(field.message)));
        continue;
      }
      const value = object[field.name];
      if (value === undefined || (value === null && !this.isNullable(field))) {
        this.writeZero(writer, field);
        continue;
      }
      if (field.container === 'map') this.writeMap(writer, field, value);
      else if (field.container === 'list') {
        for (const item of Array.isArray(value) ? value : []) this.writeValue(writer, field, field.number, item);
      } else this.writeValue(writer, field, field.number, value);
    }
    return writer.finish();
  }

  /** By number, as upstream writes them. */
  private ordered(facts: MessageFacts): readonly FieldFacts[] {
    let fields = this.orders.get(facts);
    if (!fields) {
      fields = [...facts.wire.values()].sort((a, b) => a.number - b.number);
      this.orders.set(facts, fields);
    }
    return fields;
  }

  private facts(name: string): MessageFacts {
    const facts = this.schema.message(name);
    if (!facts) throw new TypeError(`no message ${name}`);
    return facts;
  }

  /** What is no pointer has a value in Go even when nobody gave it one, and is written. */
  private writeZero(writer: Writer, field: FieldFacts): void {
    if (field.pointer || field.container !== undefined || field.type === 'bytes') return;
    const special = field.message === undefined ? undefined : this.schema.message(field.message)?.special;
    if (field.type === 'string') writer.text(field.number, '');
    else if (field.type === 'double') writer.double(field.number, 0);
    else if (field.type !== 'message') writer.integer(field.number, 0);
    else if (special) writer.chunk(field.number, new Uint8Array());
    else writer.chunk(field.number, this.nested(field.message ?? '', {}));
  }

  /** Go writes a message for these even when they hold nothing. */
  private isNullable(field: FieldFacts): boolean {
    const special = field.message === undefined ? undefined : this.schema.message(field.message)?.special;
    return !field.pointer && (special === 'time' || special === 'microTime' || special === 'raw');
  }

  /** Keys in order, as upstream writes them, so that equal objects are equal bytes. */
  private writeMap(writer: Writer, field: FieldFacts, value: unknown): void {
    if (!isJsonObject(value)) return;
    for (const key of Object.keys(value).sort()) {
      const entry = new Writer();
      entry.text(1, key);
      this.writeValue(entry, field, 2, value[key]);
      writer.chunk(field.number, entry.finish());
    }
  }

  private writeValue(writer: Writer, field: FieldFacts, number: number, value: unknown): void {
    switch (field.type) {
      case 'string':
        return writer.text(number, String(value));
      case 'bytes':
        return writer.chunk(number, Buffer.from(String(value), 'base64'));
      case 'bool':
        return writer.integer(number, value === true ? 1 : 0);
      case 'double':
        return writer.double(number, Number(value));
      case 'int32':
      case 'int64':
        return writer.integer(number, Math.trunc(Number(value)));
      case 'message':
        return writer.chunk(number, this.nested(field.message ?? '', value));
    }
  }

  private nested(name: string, value: unknown): Uint8Array {
    const facts = this.facts(name);
    if (facts.special === 'raw') {
      const raw = new Writer();
      if (value !== null) raw.text(1, JSON.stringify(value));
      return raw.finish();
    }
    if (facts.special) return writeSpecial(facts.special, value);
    return this.message(isJsonObject(value) ? value : {}, facts);
  }
}
