import { isJsonObject } from '../json';
import { FieldSet } from './fieldSet';
import { keyedStep, valueStep, type NodeType, type NodeTypes } from './nodeType';

/** The fields that an applied configuration speaks of (structured-merge-diff, typed/tofieldset.go). */
export function fieldsOf(types: NodeTypes, type: NodeType, config: unknown): FieldSet {
  const set = new FieldSet();
  collect(types, type, config, [], set);
  return set;
}

function collect(types: NodeTypes, type: NodeType, value: unknown, path: string[], set: FieldSet): void {
  if (type.shape === 'keyed' || type.shape === 'set') {
    const element: NodeType = type.shape === 'keyed' ? type.element() : { shape: 'whole' };
    for (const item of Array.isArray(value) ? (value as unknown[]) : []) {
      const at = [...path, type.shape === 'keyed' ? keyedStep(type, item) : valueStep(item)];
      collect(types, element, item, at, set);
      set.insert(at);
    }
    return;
  }
  if (type.shape === 'whole' || !isJsonObject(value)) return set.insert(path);
  for (const [key, member] of Object.entries(value)) {
    const at = [...path, `f:${key}`];
    collect(types, types.member(type, key), member, at, set);
    const isNothing = member === null || (isJsonObject(member) && Object.keys(member).length === 0);
    // Entries of a map are owned themselves; members of a struct only by what is in them.
    if (isNothing || type.shape !== 'struct') set.insert(at);
  }
}
