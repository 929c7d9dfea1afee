import { randomFillSync, randomUUID } from 'node:crypto';

/** Chance, passed in: names and uids. A seeded source makes a run of the whole cluster repeatable. */
export interface Ids {
  /** A version 4 UUID. */
  uid(): string;
  /** `length` characters of the alphabet that generateName uses (no vowels, so that no words appear). */
  suffix(length: number): string;
  /** `length` lower-case hex digits, for container and image ids. */
  hex(length: number): string;
  /** A number in [0, 1), for jitter and picks. */
  fraction(): number;
}

/** k8s.io/apimachinery/pkg/util/rand: the alphabet of generated names. */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** Asked for one by one, a few bytes cost as much as thousands. */
const pool = Buffer.alloc(4096);
let used = pool.length;

/** Good until the next call. */
function randomBytes(count: number): Buffer {
  if (count > pool.length) return randomFillSync(Buffer.alloc(count));
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
}

export const systemIds: Ids = {
  uid: () => randomUUID(),
  suffix: (length) => Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join(''),
  hex: (length) =>
    randomBytes(Math.ceil(length / 2))
      .toString('hex')
      .slice(0, length),
  fraction: () => randomBytes(4).readUInt32BE() / 2 ** 32,
};

/** The same sequence for the same seed (mulberry32). */
export function seededIds(seed: number): Ids {
  let state = seed >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = (from: string, length: number) =>
    Array.from({ length }, () => from[Math.floor(fraction() * from.length)]).join('');
  const hex = (length: number) => pick('0123456789abcdef', length);
  return {
    uid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${pick('89ab', 1)}${hex(3)}-${hex(12)}`,
    suffix: (length) => pick(alphabet, length),
    hex,
    fraction,
  };
}
