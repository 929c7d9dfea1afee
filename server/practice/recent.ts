/**
 * What was made lately and may be wanted again: `capacity` of it, and at most as much again that was used since. Cheaper than an
 * order of use, and as bounded.
 */
export class Recent<K, V> {
  private young = new Map<K, V>();
  private old = new Map<K, V>();
  private held = 0;

  constructor(
    private readonly capacity: number,
    /** How much of the capacity a value takes. */
    private readonly weigh: (value: V) => number = () => 1,
  ) {}

  get(key: K): V | undefined {
    const value = this.young.get(key);
    if (value !== undefined) return value;
    const older = this.old.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: K, value: V): void {
    if (this.young.has(key)) return;
    this.young.set(key, value);
    this.held += this.weigh(value);
    if (this.held < this.capacity) return;
    this.old = this.young;
    this.young = new Map();
    this.held = 0;
  }
}
