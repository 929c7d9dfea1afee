import { isJsonObject } from '../json';
import type { Written } from './sharedFields';

const childless: ReadonlyMap<string, FieldSet> = new Map();

/**
 * A set of fields as managedFields write it (FieldsV1): a tree whose steps are `f:NAME`, `k:{"name":"x"}` (a list item by its
 * keys) and `v:"x"` (an item of a set). A node may be in the set itself (`.`), or only lead to nodes that are. Sets made of others
 * share their parts with them: only what one has made empty oneself may be inserted into.
 */
export class FieldSet {
  /** Most nodes are leaves, and every write makes thousands: a leaf has no map of its own. */
  private own: Map<string, FieldSet> | undefined;
  /** What `sharedFields.ts` has made of it. */
  written: Written | undefined;

  constructor(public isMember = false) {}

  private get children(): ReadonlyMap<string, FieldSet> {
    return this.own ?? childless;
  }

  static parse(fields: unknown): FieldSet {
    const root = parseNode(fields);
    root.isMember = false;
    return root;
  }

  get isEmpty(): boolean {
    return !this.isMember && !this.own;
  }

  insert(path: readonly string[]): void {
    path.reduce<FieldSet>((node, step) => node.childFor(step), this).isMember = true;
  }

  get(step: string): FieldSet | undefined {
    return this.children.get(step);
  }

  entries(): Iterable<[string, FieldSet]> {
    return this.children.entries();
  }

  union(other: FieldSet): FieldSet {
    return combine(this, other, union);
  }

  intersection(other: FieldSet): FieldSet {
    return combine(this, other, intersection);
  }

  /** What is in this set and not in the other; what lies below a node of the other stays. */
  difference(other: FieldSet): FieldSet {
    return combine(this, other, difference);
  }

  equals(other: FieldSet): boolean {
    if (this === other) return true;
    if (this.isMember !== other.isMember || this.children.size !== other.children.size) return false;
    for (const [step, child] of this.children) {
      const theirs = other.children.get(step);
      if (!theirs || !child.equals(theirs)) return false;
    }
    return true;
  }

  *paths(prefix: string[] = []): Generator<string[]> {
    if (this.isMember) yield prefix;
    for (const [step, child] of this.sorted()) yield* child.paths([...prefix, step]);
  }

  /** In the order in which they are written. */
  sorted(): [string, FieldSet][] {
    return [...this.children].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  private childFor(step: string): FieldSet {
    let child = this.own?.get(step);
    if (!child) this.adopt(step, (child = new FieldSet()));
    return child;
  }

  /** Used while sets are combined; a set that was handed out is never changed. */
  adopt(step: string, child: FieldSet): void {
    this.own ??= new Map();
    this.own.set(step, child);
  }
}

function parseNode(fields: unknown): FieldSet {
  const steps = isJsonObject(fields) ? Object.keys(fields) : [];
  const node = new FieldSet(steps.length === 0 || steps.includes('.'));
  if (isJsonObject(fields)) for (const step of steps) if (step !== '.') node.adopt(step, parseNode(fields[step]));
  return node;
}

const none = new FieldSet();

interface Operation {
  isKept(a: boolean, b: boolean): boolean;
  /** What only one side has is in the result as it is, or not at all. */
  keepsLeft: boolean;
  keepsRight: boolean;
}

const union: Operation = { isKept: (a, b) => a || b, keepsLeft: true, keepsRight: true };
const intersection: Operation = { isKept: (a, b) => a && b, keepsLeft: false, keepsRight: false };
const difference: Operation = { isKept: (a, b) => a && !b, keepsLeft: true, keepsRight: false };

/** A part that comes out as it was in `a` is that very part; all of `a` is `a`. */
function combine(a: FieldSet, b: FieldSet, operation: Operation): FieldSet {
  if (b.isEmpty) return operation.keepsLeft ? a : none;
  if (a.isEmpty) return operation.keepsRight ? b : none;
  const result = new FieldSet(operation.isKept(a.isMember, b.isMember));
  let isSame = result.isMember === a.isMember;
  for (const [step, child] of a.entries()) {
    const other = b.get(step) ?? none;
    const combined = combine(child, other, operation);
    if (combined !== child) isSame = false;
    if (!combined.isEmpty) result.adopt(step, combined);
  }
  if (operation.keepsRight)
    for (const [step, child] of b.entries()) {
      if (a.get(step)) continue;
      isSame = false;
      result.adopt(step, child);
    }
  return isSame ? a : result;
}

/** `.spec.template.spec.containers[name="nginx"].image`: a path as conflicts show it. */
export function shownPath(path: readonly string[]): string {
  return path.map(shownStep).join('');
}

function shownStep(step: string): string {
  const value = step.slice(2);
  if (step.startsWith('v:')) return `[=${value}]`;
  if (!step.startsWith('k:')) return `.${value}`;
  const keys: unknown = JSON.parse(value);
  const shown = isJsonObject(keys) ? Object.entries(keys).map(([key, v]) => `${key}=${JSON.stringify(v)}`) : [];
  return `[${shown.join(',')}]`;
}
