import { describe, expect, it } from 'vitest';
import { deriveBoard } from './derive';
import type { ClaimView, Unbound } from './model';
import { World } from './testing';

const ref = (name: string, uid?: string, namespace = 'default') => ({ claimRef: { namespace, name, uid } });
const delayed = { volumeBindingMode: 'WaitForFirstConsumer' } as const;

function claimIn(world: World, name = 'data'): ClaimView | undefined {
  return deriveBoard(world.snapshot()).otherClaims.find((claim) => claim.name === name);
}

function unbound(world: World): Unbound | undefined {
  return claimIn(world)?.unbound;
}

function wait(world: World): string {
  const { code, subject } = unbound(world) ?? { code: 'none', subject: undefined };
  return subject === undefined ? code : `${code} ${subject}`;
}

/** `pv-1: tooSmall 2Gi/1Gi, selector` */
function misfits(world: World): string[] {
  return (unbound(world)?.misfits ?? []).map(({ name, reasons }) => {
    const parts = reasons.map(({ code, asked, given }) => [code, [asked, given].filter(Boolean).join('/')].join(' '));
    return `${name}: ${parts.join(', ').trim()}`;
  });
}

describe('why a volume does not fit a claim', () => {
  const cases: [string, (world: World) => World, string[]][] = [
    ['it fits', (w) => w.pendingClaim('data').volume('pv'), []],
    [
      'too small',
      (w) => w.pendingClaim('data', { resources: { requests: { storage: '3Gi' } } }).volume('pv'),
      ['pv: tooSmall 3Gi/1Gi'],
    ],
    [
      'sizes are compared as quantities, not as texts',
      (w) => w.pendingClaim('data', { resources: { requests: { storage: '1024Mi' } } }).volume('pv'),
      [],
    ],
    [
      'an access mode that it does not have',
      (w) => w.pendingClaim('data', { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] }).volume('pv'),
      ['pv: accessModes ReadWriteOnce, ReadWriteMany/ReadWriteOnce'],
    ],
    [
      'another class',
      (w) => w.pendingClaim('data', { storageClassName: 'fast' }).volume('pv', { storageClassName: 'slow' }),
      ['pv: storageClass fast/slow'],
    ],
    [
      'a class where none is asked for',
      (w) => w.pendingClaim('data').volume('pv', { storageClassName: 'slow' }),
      ['pv: storageClass slow'],
    ],
    [
      'labels that the selector does not choose',
      (w) =>
        w
          .pendingClaim('data', {
            selector: { matchLabels: { tier: 'fast' }, matchExpressions: [{ key: 'old', operator: 'DoesNotExist' }] },
          })
          .volume('chosen', {}, { labels: { tier: 'fast' } })
          .volume('pv', {}, { labels: { tier: 'slow' } }),
      ['pv: selector tier=fast,!old/tier=slow'],
    ],
    [
      'a block device where a file system is asked for',
      (w) => w.pendingClaim('data').volume('pv', { volumeMode: 'Block' }),
      ['pv: volumeMode Filesystem/Block'],
    ],
    [
      'another VolumeAttributesClass',
      (w) => w.pendingClaim('data').volume('pv', { volumeAttributesClassName: 'gold' }),
      ['pv: attributesClass gold'],
    ],
    ['on its way out', (w) => w.pendingClaim('data').volume('pv', {}, { deleting: true }), ['pv: terminating']],
    [
      'not Available yet',
      (w) => w.pendingClaim('data').volume('pv', {}, { phase: 'Pending' }),
      ['pv: notAvailable Pending'],
    ],
    [
      'Released: it still names the claim that it had',
      (w) => w.pendingClaim('data').volume('pv', ref('other', 'gone'), { phase: 'Released' }),
      ['pv: released default/other'],
    ],
    [
      'Released by an earlier claim of the same name',
      (w) => w.pendingClaim('data').volume('pv', ref('data', 'gone'), { phase: 'Released' }),
      ['pv: formerSelf default/data'],
    ],
    [
      'bound to another claim, and else right',
      (w) => w.pendingClaim('data').volume('pv', ref('other', 'x'), { phase: 'Bound' }),
      ['pv: taken default/other'],
    ],
    [
      'kept for another claim by name',
      (w) => w.pendingClaim('data').volume('pv', ref('other')),
      ['pv: reserved default/other'],
    ],
    [
      'promised to it by name: class and labels do not count, size does',
      (w) =>
        w
          .pendingClaim('data', { selector: { matchLabels: { tier: 'fast' } } })
          .volume('right', { ...ref('data'), storageClassName: 'slow' })
          .volume('small', { ...ref('data'), capacity: { storage: '1Mi' } }),
      ['small: tooSmall 1Gi/1Mi'],
    ],
    [
      'several rules at once, and the nearest to fitting first',
      (w) =>
        w
          .pendingClaim('data', { resources: { requests: { storage: '3Gi' } }, storageClassName: 'fast' })
          .volume('far', { storageClassName: 'slow', accessModes: ['ReadOnlyMany'] })
          .volume('near', { storageClassName: 'fast' }),
      [
        'near: tooSmall 3Gi/1Gi',
        'far: tooSmall 3Gi/1Gi, accessModes ReadWriteOnce/ReadOnlyMany, storageClass fast/slow',
      ],
    ],
    [
      'bound to another and wrong besides: no news',
      (w) => w.pendingClaim('data').volume('pv', { ...ref('other', 'x'), storageClassName: 's' }, { phase: 'Bound' }),
      [],
    ],
  ];
  it.each(cases)('%s', (_name, build, expected) => expect(misfits(build(new World()))).toEqual(expected));

  it('counts what claims of other namespaces have, and does not name them', () => {
    const world = new World().pendingClaim('data').volume('pv', ref('data', 'x', 'team-b'), { phase: 'Bound' });
    world.volume('small', { ...ref('data', 'y', 'team-b'), capacity: { storage: '1Mi' } }, { phase: 'Bound' });
    expect(unbound(world)).toMatchObject({ misfits: [], takenElsewhere: 1 });
  });

  it('names a dozen and counts the rest', () => {
    const world = new World().pendingClaim('data');
    for (let index = 0; index < 20; index++) world.volume(`pv-${index}`, { storageClassName: 'slow' });
    expect(unbound(world)).toMatchObject({ misfits: { length: 12 }, more: 8 });
  });
});

describe('what a claim without a volume waits for', () => {
  const cases: [string, (world: World) => World, string][] = [
    ['nobody makes volumes without a class', (w) => w.pendingClaim('data'), 'noClass'],
    [
      'no class given and a default one there: it is put in',
      (w) => w.storageClass('std', {}, true).pendingClaim('data', { storageClassName: undefined }),
      'defaultClass std',
    ],
    ['no class wanted, whatever the default', (w) => w.storageClass('std', {}, true).pendingClaim('data'), 'noClass'],
    ['a class that is not there', (w) => w.pendingClaim('data', { storageClassName: 'fast' }), 'classMissing fast'],
    [
      'somebody to make a volume',
      (w) => w.storageClass('fast').pendingClaim('data', { storageClassName: 'fast' }),
      'provisioner csi.example.com',
    ],
    [
      'a class of volumes made by hand',
      (w) =>
        w
          .storageClass('local', { provisioner: 'kubernetes.io/no-provisioner' })
          .pendingClaim('data', { storageClassName: 'local' }),
      'noProvisioner local',
    ],
    [
      'the first pod that uses it',
      (w) => w.storageClass('late', delayed).pendingClaim('data', { storageClassName: 'late' }),
      'consumer',
    ],
    [
      'the pod of another claim does not count',
      (w) =>
        w
          .storageClass('late', delayed)
          .pendingClaim('www-web-0', { storageClassName: 'late' })
          .create('web-0', { node: '', phase: 'Pending' })
          .pendingClaim('data', { storageClassName: 'late' }),
      'consumer',
    ],
    [
      'a class that waits does not take a free volume, though it fits',
      (w) => w.storageClass('late', delayed).pendingClaim('data', late()).volume('pv', { storageClassName: 'late' }),
      'consumer',
    ],
    [
      'a class that waits takes a volume that is promised to the claim',
      (w) => w.storageClass('late', delayed).pendingClaim('data', late()).volume('pv', ref('data')),
      'binding pv',
    ],
    ['a volume that fits is bound next', (w) => w.pendingClaim('data').volume('pv'), 'binding pv'],
    ['it names a volume that is not there', (w) => w.pendingClaim('data', { volumeName: 'pv' }), 'namedMissing pv'],
    [
      'it names a volume of another',
      (w) => w.pendingClaim('data', { volumeName: 'pv' }).volume('pv', ref('other', 'x'), { phase: 'Bound' }),
      'namedMisfit pv',
    ],
    [
      'it names its volume: labels do not count',
      (w) => w.pendingClaim('data', { volumeName: 'pv', selector: { matchLabels: { tier: 'fast' } } }).volume('pv'),
      'binding pv',
    ],
  ];
  function late() {
    return { storageClassName: 'late' };
  }
  it.each(cases)('%s', (_name, build, expected) => expect(wait(build(new World()))).toBe(expected));

  it('names the pods that have no node yet, and only those that use this claim', () => {
    const world = new World().storageClass('late', delayed).set(1);
    world.pendingClaim('www-web-0', { storageClassName: 'late' }).create('web-0', { node: '', phase: 'Pending' });
    const slot = deriveBoard(world.snapshot()).sets[0]?.slots[0];
    expect(slot?.claims[0]?.unbound).toMatchObject({ code: 'scheduling', subject: 'web-0' });
  });

  it('does not call missing what it may not see', () => {
    const world = new World().pendingClaim('data', { storageClassName: 'fast' });
    world.hidden = ['persistentvolumes', 'storageclasses'];
    expect(wait(world)).toBe('provisioner fast');
    expect(deriveBoard(world.snapshot()).hidden).toEqual(world.hidden);
    expect(wait(world.pendingClaim('data', { volumeName: 'pv' }))).toBe('binding pv');
  });

  it('is told of Pending claims only', () => {
    expect(claimIn(new World().claim('web', 0), 'www-web-0')).not.toHaveProperty('unbound');
  });
});

describe('storage classes on the board', () => {
  it('come with the defaults of the API, the default class first', () => {
    const world = new World().storageClass('a', delayed).storageClass('std', { allowVolumeExpansion: true }, true);
    expect(deriveBoard(world.snapshot()).storageClasses).toMatchObject([
      { name: 'std', isDefault: true, bindingMode: 'Immediate', reclaimPolicy: 'Delete', expandable: true },
      { name: 'a', isDefault: false, bindingMode: 'WaitForFirstConsumer', expandable: false },
    ]);
  });

  it('have one default: of several the newest, of equally old ones the first by name', () => {
    const world = new World()
      .storageClass('old', {}, true)
      .later(5)
      .storageClass('b', {}, true)
      .storageClass('a', {}, true);
    const marked = deriveBoard(world.snapshot()).storageClasses.filter((storageClass) => storageClass.isDefault);
    expect(marked.map((storageClass) => storageClass.name)).toEqual(['a']);
  });
});
