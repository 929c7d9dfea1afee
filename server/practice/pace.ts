/**
 * How long simulated work takes: pulling, starting, stopping, provisioning. `--speed N` divides it. Whatever a user sets
 * or reads off a clock (probe periods, grace periods, back-off, deadlines) never passes through here.
 */
export interface Pace {
  /** What `ms` of simulated work takes, in milliseconds. */
  delay(ms: number): number;
}

export function paceOf(speed: number): Pace {
  return { delay: (ms) => ms / speed };
}
