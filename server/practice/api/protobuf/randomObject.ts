import type { Ids } from '../../ids';
import { durationText } from './special';
import type { JsonObject } from '../json';
import type { FieldFacts, MessageFacts, Schema } from '../schema/schema';

/**
 * For tests: an object of a message with about half of its fields filled, as a Go client would write it: absent values left
 * out, plain ones there unless `omitempty`. Depth is bounded, as JSON schemas and node selectors nest.
 */
export class RandomObjects {
  constructor(
    private readonly schema: Schema,
    private readonly ids: Ids,
  ) {}

  object(message: string, depth = 6): JsonObject {
    const facts = this.schema.message(message);
    return facts ? this.fill(facts, depth) : {};
  }

  private fill(facts: MessageFacts, depth: number): JsonObject {
    const object: JsonObject = {};
    for (const field of facts.wire.values()) {
      if (field.inline) Object.assign(object, this.object(field.message ?? '', depth));
      else this.set(object, field, depth);
    }
    return object;
  }

  private set(object: JsonObject, field: FieldFacts, depth: number): void {
    const isWanted = this.ids.fraction() < 0.5 && (depth > 0 || field.type !== 'message');
    if (field.container) {
      const items = isWanted ? 1 + Math.floor(this.ids.fraction() * 2) : 0;
      if (items > 0) object[field.name] = this.many(field, items, depth);
      else if (!field.omitEmpty) object[field.name] = null;
      return;
    }
    const special = this.schema.message(field.message ?? '')?.special;
    if (isWanted) object[field.name] = this.value(field, depth - 1);
    else if (field.pointer) {
      if (!field.omitEmpty) object[field.name] = null;
    } else if (special === 'raw') object[field.name] = null;
    else if (special === 'time' || special === 'microTime') {
      if (!field.omitZero) object[field.name] = null;
    } else if (field.type === 'message' && special === undefined) {
      object[field.name] = this.empty(field.message ?? '');
    } else if (special === 'quantity') object[field.name] = '0';
    else if (special === 'duration') object[field.name] = '0s';
    else if (special === 'intOrString') object[field.name] = 0;
    else if (special === undefined && !field.omitEmpty) object[field.name] = zero(field);
  }

  /** What Go writes for a struct that nothing was put into. */
  private empty(message: string): JsonObject {
    return new RandomObjects(this.schema, { ...this.ids, fraction: () => 1 }).object(message, 0);
  }

  private many(field: FieldFacts, count: number, depth: number): unknown {
    const values = Array.from({ length: count }, () => this.value(field, depth - 1));
    if (field.container === 'list') return values;
    return Object.fromEntries(values.map((value, index) => [`k${index}-${this.ids.suffix(3)}`, value]));
  }

  private value(field: FieldFacts, depth: number): unknown {
    const some = 1 + Math.floor(this.ids.fraction() * 2 ** 30);
    switch (field.type) {
      case 'string':
        return `é-${this.ids.suffix(5)}`;
      case 'bytes':
        return Buffer.from(this.ids.hex(10), 'hex').toString('base64');
      case 'bool':
        return true;
      case 'double':
        return some / 4;
      case 'int32':
      case 'int64':
        return this.ids.fraction() < 0.3 ? -some : some;
      case 'message':
        return this.message(field.message ?? '', some, depth);
    }
  }

  private message(name: string, some: number, depth: number): unknown {
    const facts = this.schema.message(name);
    switch (facts?.special) {
      case 'quantity':
        return `${some}m`;
      case 'intOrString':
        return this.ids.fraction() < 0.5 ? some : `${some % 100}%`;
      case 'time':
        return new Date(some * 1000).toISOString().replace('.000Z', 'Z');
      case 'microTime':
        return `${new Date(some * 1000).toISOString().slice(0, 19)}.${String(some % 1_000_000).padStart(6, '0')}Z`;
      case 'duration':
        return durationText(BigInt(some) * 1_000_000n);
      case 'raw':
        return { a: some, b: ['c'] };
      case 'verbs':
        return ['get', this.ids.suffix(4)];
      default:
        return facts ? this.fill(facts, depth) : {};
    }
  }
}

function zero(field: FieldFacts): unknown {
  if (field.type === 'bool') return false;
  return field.type === 'string' ? '' : field.type === 'bytes' ? null : 0;
}
