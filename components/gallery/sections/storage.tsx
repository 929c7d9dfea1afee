import type { ClaimFilesAnswer } from '../../../lib/actions/contracts';
import type { ClaimView, OwnFile, Unbound, VolumeView, WrittenFile } from '../../../lib/board/model';
import { Explanation } from '../../board/Explanation';
import { aBoard, aClaim, aSet, aSlot, aStorageClass, aVolume, fixtureNow, slotIn } from '../../board/fixtures';
import { Rack } from '../../board/Rack';
import { ClaimRow } from '../../board/storage/ClaimRow';
import { StoragePanel } from '../../board/storage/StoragePanel';
import { ListedFiles } from '../../board/storage/ClaimFiles';
import { OwnFilesCard } from '../../board/storage/OwnFilesCard';
import { VolumeRow } from '../../board/storage/VolumeRow';
import type { Section } from '../scene';

const nothing = { misfits: [], more: 0, takenElsewhere: 0 };
const kubernetes = 'no persistent volumes available for this claim and no storage class is set';

function waiting(ordinal: number, unbound: Partial<Unbound> & Pick<Unbound, 'code'>): ClaimView {
  return aClaim(ordinal, {
    phase: 'Pending',
    volume: undefined,
    volumeName: '',
    capacity: '',
    request: '3Gi',
    storageClass: '',
    waitsFor: { code: 'claimPending', subject: `www-web-${ordinal}`, message: kubernetes },
    unbound: { ...nothing, ...unbound },
  });
}

const everyMisfit: Unbound['misfits'] = [
  { name: 'nfs-0001', reasons: [{ code: 'tooSmall', asked: '3Gi', given: '2Gi' }] },
  { name: 'nfs-0002', reasons: [{ code: 'taken', given: 'default/claim-mysql' }] },
  { name: 'nfs-0003', reasons: [{ code: 'released', given: 'default/old' }] },
  { name: 'nfs-0004', reasons: [{ code: 'formerSelf', given: 'default/www-web-0' }] },
  { name: 'nfs-0005', reasons: [{ code: 'reserved', given: 'default/www-db-0' }] },
  {
    name: 'nfs-0006',
    reasons: [
      { code: 'accessModes', asked: 'ReadWriteMany', given: 'ReadWriteOnce' },
      { code: 'storageClass', asked: '', given: 'standard' },
      { code: 'selector', asked: 'tier=fast,!old', given: 'tier=slow' },
    ],
  },
  {
    name: 'nfs-0007',
    reasons: [
      { code: 'volumeMode', asked: 'Filesystem', given: 'Block' },
      { code: 'attributesClass', asked: '', given: 'gold' },
      { code: 'terminating' },
    ],
  },
  { name: 'nfs-0008', reasons: [{ code: 'notAvailable', given: 'Pending' }] },
];

const pending: ClaimView[] = [
  waiting(0, { code: 'noClass', misfits: everyMisfit, more: 4, takenElsewhere: 2 }),
  waiting(1, { code: 'consumer' }),
  waiting(2, { code: 'scheduling', subject: 'web-2' }),
  waiting(3, { code: 'provisioner', subject: 'ebs.csi.aws.com' }),
  waiting(4, { code: 'classMissing', subject: 'fast' }),
  waiting(5, { code: 'noProvisioner', subject: 'local' }),
  waiting(6, { code: 'defaultClass', subject: 'standard' }),
  waiting(7, { code: 'binding', subject: 'nfs-0002' }),
  waiting(8, { code: 'namedMissing', subject: 'nfs-0009' }),
  waiting(9, { code: 'namedMisfit', subject: 'nfs-0001', misfits: everyMisfit.slice(0, 1) }),
];

const bound: ClaimView[] = [
  aClaim(0),
  aClaim(1, { kept: true, volume: aVolume(1, { reclaimPolicy: 'Retain' }) }),
  aClaim(2, { request: '1Gi', capacity: '100Gi', accessModes: ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany'] }),
  aClaim(3, { request: '2Gi', capacity: '1Gi' }),
  aClaim(4, { storageClass: '', volume: aVolume(4, { reclaimPolicy: 'Recycle', storageClass: '' }) }),
  aClaim(5, { phase: 'Lost', volume: undefined }),
  aClaim(6, { phase: 'missing', volume: undefined, volumeName: '', capacity: '' }),
];

function left(name: string, over: Partial<VolumeView>): VolumeView {
  return aVolume(0, { name, uid: name, reclaimPolicy: 'Retain', storageClass: '', claim: '', ...over });
}

const volumes: VolumeView[] = [
  left('nfs-0001', { phase: 'Available', source: 'nfs 10.0.0.9:/exports/1' }),
  left('nfs-0002', { phase: 'Available', claim: 'default/www-db-0' }),
  left('nfs-0003', { phase: 'Released', claim: 'default/www-old-0' }),
  left('nfs-0004', { phase: 'Failed', claim: 'default/www-old-1', reclaimPolicy: 'Recycle' }),
  left('nfs-0005', { phase: 'Bound', claim: 'default/data' }),
  left('nfs-0006', { phase: 'Pending' }),
  left('nfs-0007', { phase: 'Released', claim: 'default/www-old-2', terminating: true }),
];

const classes = [
  aStorageClass('standard', { isDefault: true, expandable: true }),
  aStorageClass('local', {
    provisioner: 'kubernetes.io/no-provisioner',
    bindingMode: 'WaitForFirstConsumer',
    reclaimPolicy: 'Retain',
  }),
];

const written: WrittenFile = {
  name: 'index.html',
  path: '/usr/share/nginx/html/index.html',
  bytes: 17,
  at: fixtureNow - 90_000,
  pod: 'web-0',
  container: 'nginx',
  life: 1,
};
const own = (path: string, over: Partial<OwnFile> = {}): OwnFile => ({
  ...{ ...written, name: path, path, place: 'container' },
  ...over,
});
const lostWith = (cause: 'pod' | 'container') => ({ with: cause, at: fixtureNow - 4000 });

const ownFiles: OwnFile[][] = [
  [own('/tmp/note.txt')],
  [own('/cache/page', { place: 'pod' })],
  [own('/tmp/note.txt', { lost: lostWith('pod') })],
  [own('/tmp/note.txt', { lost: lostWith('container') }), own('/tmp/more.txt'), own('/tmp/other.txt')],
  [own('/var/lib/a/very/long/path/to/a/file.txt', { lost: lostWith('pod'), life: undefined })],
  [],
];

function slotsWithFiles() {
  const withFile = aClaim(1, { files: [{ ...written, pod: 'web-1', life: 2 }] });
  return [
    { ...aSlot(0), ownFiles: ownFiles[0] },
    {
      ...aSlot(1),
      life: 3,
      claims: [withFile],
      ownFiles: [own('/tmp/x', { pod: 'web-1', lost: lostWith('pod'), life: 2 })],
    },
    aSlot(2),
    slotIn('kept', 3),
  ];
}

const within = '/usr/share/nginx/html';
const listed: ClaimFilesAnswer = {
  pod: 'web-0',
  container: 'nginx',
  mountPath: within,
  more: 3,
  files: [
    { path: `${within}/index.html`, bytes: 17, modifiedAt: written.at, writer: { by: written, changedSince: false } },
    {
      path: `${within}/log/a.txt`,
      bytes: 4096,
      modifiedAt: fixtureNow - 9000,
      writer: { by: written, changedSince: true },
    },
    { path: `${within}/other.txt`, bytes: 0, modifiedAt: fixtureNow - 60_000 },
    { path: `${within}/gone.txt` },
  ],
};

const grid = 'grid grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] items-start gap-x-6';

export const storage: Section = {
  name: 'storage',
  scenes: [
    {
      name: 'unbound',
      draw: () => (
        <ul className={grid}>
          {pending.map((claim) => (
            <ClaimRow key={claim.name} claim={claim} />
          ))}
        </ul>
      ),
    },
    {
      name: 'claims',
      draw: () => (
        <ul className={grid}>
          {bound.map((claim) => (
            <ClaimRow key={claim.name} claim={claim} controls />
          ))}
        </ul>
      ),
    },
    {
      name: 'volumes',
      draw: () => (
        <ul className={grid}>
          {volumes.map((volume) => (
            <VolumeRow key={volume.uid} volume={volume} />
          ))}
        </ul>
      ),
    },
    {
      name: 'own-files',
      draw: () => (
        <div className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] items-start gap-3">
          {ownFiles.map((files, index) => (
            <OwnFilesCard key={index} files={files} />
          ))}
        </div>
      ),
    },
    {
      name: 'slots-with-files',
      draw: () => <Rack set={aSet(slotsWithFiles())} onExplain={() => undefined} />,
    },
    {
      name: 'panel-files',
      draw: () => (
        <div className="max-w-80">
          <StoragePanel board={aBoard([aSet(slotsWithFiles())], { storageClasses: classes })} />
        </div>
      ),
    },
    {
      name: 'listed-files',
      draw: () => (
        <div className="max-w-80">
          <ListedFiles answer={listed} />
        </div>
      ),
    },
    {
      name: 'explained',
      draw: () => (
        <Explanation slot={{ ...slotIn('pending', 0), claims: pending.slice(0, 1) }} onClose={() => undefined} />
      ),
    },
    {
      name: 'panel',
      draw: () => (
        <div className="max-w-80">
          <StoragePanel
            board={aBoard([aSet([aSlot(0), slotIn('kept', 1)])], {
              volumes,
              otherClaims: pending.slice(0, 1),
              storageClasses: classes,
            })}
          />
        </div>
      ),
    },
    {
      name: 'panel-hidden',
      draw: () => (
        <div className="max-w-80">
          <StoragePanel
            board={aBoard([aSet([{ ...aSlot(0), claims: [aClaim(0, { volume: undefined })] }])], {
              volumes: [],
              storageClasses: [],
              hidden: ['persistentvolumes', 'storageclasses'],
            })}
          />
        </div>
      ),
    },
  ],
};
