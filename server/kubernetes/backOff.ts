/**
 * How long to wait before the next try. It doubles from `firstMs` to `maxMs` and is spread by ±25 %, so that the watches of
 * many dashboards do not all come back in the same moment. The maximum is low on purpose: a class looks at a stale screen
 * for as long as it lasts, and one list for each kind is little to ask of a server that has come back.
 */
export class BackOff {
  private failures = 0;

  constructor(
    private readonly firstMs: number,
    private readonly maxMs: number,
    private readonly random: () => number,
  ) {}

  next(): number {
    const full = Math.min(this.firstMs * 2 ** this.failures, this.maxMs);
    this.failures += 1;
    return full * (0.75 + this.random() * 0.5);
  }

  reset(): void {
    this.failures = 0;
  }
}
