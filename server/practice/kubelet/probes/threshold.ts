import type { Probe } from '../../../../lib/kubernetes/pod';

/** A probe's results add up: only so many of the same kind in a row change anything. */
export class Threshold {
  private last: boolean | undefined;
  private run = 0;

  constructor(private readonly probe: Pick<Probe, 'successThreshold' | 'failureThreshold'>) {}

  /** The verdict once the threshold is reached, else undefined: things stay as they were. */
  observe(succeeded: boolean): boolean | undefined {
    this.run = this.last === succeeded ? this.run + 1 : 1;
    this.last = succeeded;
    const needed = succeeded ? (this.probe.successThreshold ?? 1) : (this.probe.failureThreshold ?? 3);
    return this.run >= needed ? succeeded : undefined;
  }
}
