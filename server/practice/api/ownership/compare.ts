import { equalJson, isJsonObject } from '../json';
import { FieldSet } from './fieldSet';
import { keyedStep, valueStep, type NodeType, type NodeTypes } from './nodeType';

export interface Comparison {
  added: FieldSet;
  modified: FieldSet;
  removed: FieldSet;
}

/** What differs between two states of an object (structured-merge-diff, typed/compare.go). */
export function compareObjects(types: NodeTypes, type: NodeType, before: unknown, after: unknown): Comparison {
  const comparer = new Comparer(types);
  comparer.children(type, before, after, []);
  return comparer.result;
}

class Comparer {
  readonly result: Comparison = { added: new FieldSet(), modified: new FieldSet(), removed: new FieldSet() };

  constructor(private readonly types: NodeTypes) {}

  private value(type: NodeType, before: unknown, after: unknown, path: string[]): void {
    if (before === after) return;
    if (this.isLeaf(type, before, after)) {
      if (before === undefined) this.result.added.insert(path);
      else if (after === undefined) this.result.removed.insert(path);
      else if (!equalJson(before, after)) this.result.modified.insert(path);
      return;
    }
    this.children(type, before, after, path);
    if (before === undefined) this.result.added.insert(path);
    else if (after === undefined) this.result.removed.insert(path);
  }

  children(type: NodeType, before: unknown, after: unknown, path: string[]): void {
    if (type.shape === 'keyed') return this.items(before, after, path, (i) => keyedStep(type, i), type.element());
    if (type.shape === 'set') return this.items(before, after, path, valueStep, { shape: 'whole' });
    const from = isJsonObject(before) ? before : {};
    const to = isJsonObject(after) ? after : {};
    for (const key of Object.keys(from)) {
      const [is, was] = [own(to, key), from[key]];
      // Most members are the same, and a path to each of them costs more than the look.
      if (is !== was) this.value(this.types.member(type, key), was, is, [...path, `f:${key}`]);
    }
    for (const key of Object.keys(to))
      if (!Object.hasOwn(from, key))
        this.value(this.types.member(type, key), undefined, to[key], [...path, `f:${key}`]);
  }

  private items(
    before: unknown,
    after: unknown,
    path: string[],
    step: (item: unknown) => string,
    type: NodeType,
  ): void {
    const from = bySteps(before, step);
    const to = bySteps(after, step);
    for (const [key, item] of from) this.value(type, item, to.get(key), [...path, key]);
    for (const [key, item] of to) if (!from.has(key)) this.value(type, undefined, item, [...path, key]);
  }

  /** Owned whole: by its type, by being no container, or because there is nothing in it on either side. */
  private isLeaf(type: NodeType, before: unknown, after: unknown): boolean {
    if (type.shape === 'whole') return true;
    const some = before ?? after;
    const isContainer = type.shape === 'keyed' || type.shape === 'set' ? Array.isArray(some) : isJsonObject(some);
    return !isContainer || (isNothing(before) && isNothing(after));
  }
}

function own(object: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.keys(value).length === 0;
}

export function bySteps(list: unknown, step: (item: unknown) => string): Map<string, unknown> {
  const items = new Map<string, unknown>();
  if (Array.isArray(list)) for (const item of list as unknown[]) items.set(step(item), item);
  return items;
}
