import type { DnsAbsence, DnsAnswer } from './model';

export const keptAbsences = 40;

/**
 * When the pods' names of one namespace left DNS and came back, as far as it was watched. Two witnesses, each with its own
 * time: the EndpointSlices say when an endpoint is ready, and an answer says when DNS was heard to know. Between the two lie
 * caches, which is what this is kept for. Names that were there before anybody watched have no beginning.
 */
export class DnsAbsences {
  /** Newest first; the list is another one when anything in it is. */
  all: readonly DnsAbsence[] = [];
  private readonly present = new Map<string, { addresses: string[]; answer?: DnsAnswer }>();
  private readonly known = new Set<string>();
  private count = 0;

  /**
   * The names that ready endpoints stand behind now. `isWholeList`: it was listed and not watched, so a name that is new in it
   * came at a time that nobody saw.
   */
  endpointsAre(names: ReadonlyMap<string, string[]>, now: number, isWholeList: boolean): void {
    for (const [name, before] of this.present) {
      const addresses = names.get(name);
      if (addresses && isSame(addresses, before.addresses)) continue;
      this.left(name, before, now);
    }
    for (const [name, addresses] of names) {
      if (this.present.has(name)) continue;
      this.present.set(name, { addresses });
      if (!isWholeList || this.known.has(name)) this.came(name, addresses, now);
      this.known.add(name);
    }
  }

  /** What DNS said of a name, with its time. */
  answered(name: string, answer: DnsAnswer): void {
    const { askedAt } = answer;
    if (askedAt === undefined) return;
    const until = askedAt + (answer.ttlSeconds ?? 0) * 1000;
    const here = this.present.get(name);
    if (here) here.answer = answer;
    const open = this.all.find((absence) => absence.dnsName === name);
    if (!open || open.answeredAt !== undefined) return;
    const isNew = open.readyAt !== undefined && answer.addresses.some((address) => open.addresses.includes(address));
    if (isNew) this.replace({ ...open, answeredAt: askedAt });
    else if (answer.status === 'answered') this.replace({ ...open, formerUntil: until });
    else if (answer.status === 'nxdomain') this.replace({ ...open, noUntil: until });
  }

  private left(name: string, before: { addresses: string[]; answer?: DnsAnswer }, now: number): void {
    this.present.delete(name);
    const { askedAt, ttlSeconds } = before.answer ?? {};
    const until = askedAt === undefined ? 0 : askedAt + (ttlSeconds ?? 0) * 1000;
    this.add({
      dnsName: name,
      former: before.addresses,
      leftAt: now,
      addresses: [],
      ...(until > now ? { formerUntil: until } : {}),
    });
  }

  private came(name: string, addresses: string[], now: number): void {
    const open = this.all.find((absence) => absence.dnsName === name);
    if (open && open.readyAt === undefined) this.replace({ ...open, readyAt: now, addresses });
    else this.add({ dnsName: name, former: [], readyAt: now, addresses });
  }

  private add(absence: Omit<DnsAbsence, 'number'>): void {
    this.count += 1;
    this.all = [{ number: this.count, ...absence }, ...this.all].slice(0, keptAbsences);
  }

  private replace(absence: DnsAbsence): void {
    this.all = this.all.map((other) => (other.number === absence.number ? absence : other));
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((address, index) => address === b[index]);
}
