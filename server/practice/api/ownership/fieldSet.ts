import { isJsonObject } from '../json';

/**
 * A set of fields as managedFields write it (FieldsV1): a tree whose steps are `f:NAME`, `k:{"name":"x"}` (a list item by its
 * keys) and `v:"x"` (an item of a set). A node may be in the set itself (`.`), or only lead to nodes that are.
 */
export class FieldSet {
  private readonly children = new Map<string, FieldSet>();

  constructor(public isMember = false) {}

  static parse(fields: unknown): FieldSet {
    const root = parseNode(fields);
    root.isMember = false;
    return root;
  }

  get isEmpty(): boolean {
    return !this.isMember && this.children.size === 0;
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
    return combine(this, other, (a, b) => a || b);
  }

  intersection(other: FieldSet): FieldSet {
    return combine(this, other, (a, b) => a && b);
  }

  /** What is in this set and not in the other; what lies below a node of the other stays. */
  difference(other: FieldSet): FieldSet {
    return combine(this, other, (a, b) => a && !b);
  }

  equals(other: FieldSet): boolean {
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
    let child = this.children.get(step);
    if (!child) this.children.set(step, (child = new FieldSet()));
    return child;
  }

  /** Used while sets are combined; a set that was handed out is never changed. */
  adopt(step: string, child: FieldSet): void {
    this.children.set(step, child);
  }
}

function parseNode(fields: unknown): FieldSet {
  const steps = isJsonObject(fields) ? Object.keys(fields) : [];
  const node = new FieldSet(steps.length === 0 || steps.includes('.'));
  if (isJsonObject(fields)) for (const step of steps) if (step !== '.') node.adopt(step, parseNode(fields[step]));
  return node;
}

const none = new FieldSet();

function combine(a: FieldSet, b: FieldSet, isKept: (a: boolean, b: boolean) => boolean): FieldSet {
  const result = new FieldSet(isKept(a.isMember, b.isMember));
  for (const [step, child] of a.entries()) {
    const combined = combine(child, b.get(step) ?? none, isKept);
    if (!combined.isEmpty) result.adopt(step, combined);
  }
  for (const [step, child] of b.entries()) {
    if (a.get(step)) continue;
    const combined = combine(none, child, isKept);
    if (!combined.isEmpty) result.adopt(step, combined);
  }
  return result;
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
