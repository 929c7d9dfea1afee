import { io, type Socket } from 'socket.io-client';
import type { Board } from '../lib/board/model';
import type { PageToServer, PatchFrame, ServerToPage, SnapshotFrame } from '../lib/stream/protocol';
import type { Ordinal } from './ordinal';
import { expect, test } from './test';
import { countWatches } from './watches';
import { createNamespace } from './web';

/** A page without its picture: it opens a board and follows it, as `components/live` does. */
type Viewer = Socket<ServerToPage, PageToServer>;

test.use({ flags: ['--nodes=1'] });

const namespaces = Array.from({ length: 10 }, (_, i) => `class-${i}`);

async function openViewers(ordinal: Ordinal, count: number): Promise<{ viewer: Viewer; namespace: string }[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const namespace = namespaces[index % namespaces.length] ?? '';
      const viewer: Viewer = io(ordinal.url, { transports: ['websocket'], forceNew: true });
      const opened = new Promise<SnapshotFrame>((done) => viewer.once('snapshot', done));
      viewer.once('connect', () => viewer.emit('watch', { namespace }));
      expect((await opened).namespace).toBe(namespace);
      return { viewer, namespace };
    }),
  );
}

const touches = (frame: PatchFrame | SnapshotFrame, claim: string) => JSON.stringify(frame).includes(claim);

/** Resolves when the viewer has been sent something that names `claim`. */
function receives(viewer: Viewer, claim: string): Promise<void> {
  return new Promise((done) => {
    const look = (frame: PatchFrame | SnapshotFrame) => {
      if (!touches(frame, claim)) return;
      viewer.off('patch', look);
      viewer.off('snapshot', look);
      done();
    };
    viewer.on('patch', look);
    viewer.on('snapshot', look);
  });
}

test('the number of watches does not grow with the viewers, and each viewer sees a change', async ({ ordinal }) => {
  for (const namespace of namespaces) await createNamespace(ordinal, namespace);
  const counted: number[] = [];
  for (const count of [1, 50, 200]) {
    const viewers = await openViewers(ordinal, count);
    const claim = `seen-by-${count}`;
    const seen = viewers.map(({ viewer }) => receives(viewer, claim));
    for (const namespace of namespaces) {
      const created = await ordinal.api('POST', `/api/v1/namespaces/${namespace}/persistentvolumeclaims`, {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: claim },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Mi' } }, storageClassName: '' },
      });
      expect(created.code).toBe(201);
    }
    await Promise.all(seen);
    counted.push(await countWatches(ordinal));
    for (const { viewer } of viewers) viewer.disconnect();
  }
  expect(counted[0]).toBeGreaterThan(0);
  expect(counted).toEqual([counted[0], counted[0], counted[0]]);
});

test('a board by HTTP is the same as by the stream', async ({ ordinal }) => {
  const [opened] = await openViewers(ordinal, 1);
  const answer = await fetch(`${ordinal.url}/api/boards/class-0`);
  const board = (await answer.json()) as { board?: Board } & Board;
  expect((board.board ?? board).namespace).toBe('class-0');
  opened?.viewer.disconnect();
});
