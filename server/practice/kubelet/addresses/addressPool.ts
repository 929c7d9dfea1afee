/**
 * The pod addresses of one node, handed out in turn round its range, as the host-local CNI plugin does: an address that
 * was given back is the last to be used again, so that a pod that comes back is seen to have a new one.
 */
export class AddressPool {
  private readonly taken = new Set<number>();
  private next = 2;

  /** `prefix` is the first three octets of a /24: `10.244.0`. The first address (.1) is the node's bridge. */
  constructor(private readonly prefix: string) {}

  /** Throws when all 253 addresses are in use. */
  take(): string {
    for (let tries = 0; tries < 253; tries++) {
      const host = this.next;
      this.next = host >= 254 ? 2 : host + 1;
      if (this.taken.has(host)) continue;
      this.taken.add(host);
      return `${this.prefix}.${host}`;
    }
    throw new Error(`no IP addresses available in range set: ${this.prefix}.1-${this.prefix}.254`);
  }

  release(ip: string): void {
    const host = this.hostOf(ip);
    if (host !== undefined) this.taken.delete(host);
  }

  /** Continues after an address that was in use before a restart. */
  startAfter(ip: string): void {
    const host = this.hostOf(ip);
    if (host !== undefined && host >= this.next) this.next = host >= 254 ? 2 : host + 1;
  }

  private hostOf(ip: string): number | undefined {
    if (!ip.startsWith(`${this.prefix}.`)) return undefined;
    const host = Number(ip.slice(this.prefix.length + 1));
    return Number.isInteger(host) ? host : undefined;
  }
}
