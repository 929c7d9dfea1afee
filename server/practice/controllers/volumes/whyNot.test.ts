import { describe, expect, it } from 'vitest';
import { claimFacts, volumeFacts } from '../../../../lib/board/facts/storage';
import { whyNot, whyNotNamed } from '../../../../lib/board/whyNot';
import type { AccessMode, PersistentVolume, PersistentVolumeClaim } from '../../../../lib/kubernetes/storage';
import { mismatch } from './claimSync';
import { findMatch } from './matching';

/** mulberry32: chance that is the same each time. */
function chance(seed: number) {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

class Made {
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = chance(seed);
  }

  /** The first is the usual one, so that a fair part of the pairs differ in one thing only. */
  private one<T>(usual: T, ...others: T[]): T {
    if (this.random() < 0.75) return usual;
    return others[Math.floor(this.random() * others.length)] ?? usual;
  }

  private modes(): AccessMode[] {
    return this.one<AccessMode[]>(['ReadWriteOnce'], ['ReadWriteMany'], ['ReadWriteOnce', 'ReadWriteMany'], []);
  }

  claim(): PersistentVolumeClaim {
    return {
      metadata: { name: 'data', namespace: 'default', uid: 'claim-1' },
      spec: {
        accessModes: this.modes(),
        resources: { requests: { storage: this.one('1Gi', '1024Mi', '3Gi') } },
        storageClassName: this.one<string | undefined>('', undefined, 'slow'),
        volumeMode: this.one<'Block' | undefined>(undefined, 'Block'),
        volumeAttributesClassName: this.one<string | undefined>(undefined, 'gold'),
        selector: this.one(undefined, { matchLabels: { tier: 'fast' } }, {}),
      },
    };
  }

  volume(): PersistentVolume {
    const reference = { namespace: 'default', name: this.one('data', 'other'), uid: this.one('', 'claim-1', 'gone') };
    return {
      metadata: {
        name: 'pv',
        uid: 'volume-1',
        labels: this.one<Record<string, string>>({ tier: 'fast' }, {}),
        deletionTimestamp: this.one(undefined, '2026-01-01T00:00:00Z'),
      },
      spec: {
        capacity: { storage: this.one('2Gi', '1Gi', '500Mi') },
        accessModes: this.modes(),
        storageClassName: this.one('', 'slow'),
        volumeMode: this.one<'Block' | undefined>(undefined, 'Block'),
        volumeAttributesClassName: this.one<string | undefined>(undefined, 'gold'),
        claimRef: this.one(undefined, reference),
      },
      status: { phase: this.one('Available', 'Released', 'Bound', 'Pending', 'Failed') },
    };
  }
}

const pairs = 4000;

describe('what the board says of a volume and a claim', () => {
  it('is nothing exactly where the volume controller would bind them', () => {
    let bound = 0;
    const disagreed: unknown[] = [];
    for (let seed = 0; seed < pairs; seed++) {
      const made = new Made(seed);
      const [claim, volume] = [made.claim(), made.volume()];
      const isBound = findMatch(claim, [volume], { delayBinding: false }) !== undefined;
      if (isBound) bound += 1;
      const reasons = whyNot(claimFacts(claim), volumeFacts(volume));
      if (isBound !== (reasons.length === 0)) disagreed.push({ seed, isBound, reasons });
    }
    expect(disagreed).toEqual([]);
    expect(bound).toBeGreaterThan(pairs / 20);
    expect(bound).toBeLessThan(pairs / 2);
  });

  it('is nothing exactly where the claim may have the volume that it names', () => {
    const disagreed: unknown[] = [];
    for (let seed = 0; seed < pairs; seed++) {
      const made = new Made(seed);
      const [claim, volume] = [made.claim(), made.volume()];
      if (volume.spec.claimRef) continue;
      const why = mismatch(volume, claim);
      const reasons = whyNotNamed(claimFacts(claim), volumeFacts(volume));
      if ((why === undefined) !== (reasons.length === 0)) disagreed.push({ seed, why, reasons });
    }
    expect(disagreed).toEqual([]);
  });
});
