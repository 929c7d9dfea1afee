import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket as Client } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deriveBoard } from '../../lib/board/derive';
import { World } from '../../lib/board/testing';
import type { HealthFrame, PatchFrame, SnapshotFrame, WatchRequest } from '../../lib/stream/protocol';
import { receivePatch, receiveSnapshot, type Held } from '../../lib/stream/receive';
import { ManualClock } from '../clock';
import { Publisher } from '../watch/publisher';
import type { Health } from '../watch/health';
import { Stream } from './stream';

/** A page, as far as frames go: keeps the board, and tells when something arrived. */
class Page {
  held: Held | undefined;
  health: HealthFrame | undefined;
  readonly frames: string[] = [];
  private waiters: (() => void)[] = [];

  constructor(readonly socket: Client) {
    socket.on('snapshot', (frame: SnapshotFrame) => {
      this.frames.push('snapshot');
      this.held = receiveSnapshot(this.held, frame).held;
      this.wake();
    });
    socket.on('patch', (frame: PatchFrame) => {
      this.frames.push(`patch×${frame.patches.length}`);
      const received = receivePatch(this.held, frame);
      expect(received.askAgain).toBe(false);
      this.held = received.held;
      this.wake();
    });
    socket.on('health', (frame: HealthFrame) => {
      this.health = frame;
      this.wake();
    });
    socket.on('connect_error', () => this.wake());
    socket.on('disconnect', () => this.wake());
  }

  private wake(): void {
    this.waiters.splice(0).forEach((waiter) => waiter());
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => this.waiters.push(resolve));
  }

  watch(request: WatchRequest): void {
    this.socket.emit('watch', request);
  }
}

describe('Stream', () => {
  let http: Server;
  let clock: ManualClock;
  let world: World;
  let publisher: Publisher;
  let stream: Stream;
  let health: Health;
  let refusal: string | undefined;
  let pages: Page[];

  beforeEach(async () => {
    http = createServer();
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    clock = new ManualClock();
    world = new World().set(2);
    health = { state: 'live' };
    refusal = undefined;
    pages = [];
    publisher = new Publisher({
      clock,
      epoch: 'e1',
      snapshot: () => world.snapshot(),
      send: (frame) => stream.publish(frame),
    });
    stream = new Stream({
      http,
      basePath: '/lab',
      clock,
      refusal: () => refusal,
      boards: publisher,
      health: () => health,
    });
  });

  afterEach(async () => {
    pages.forEach((page) => page.socket.disconnect());
    await stream.stop();
    publisher.stop();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });

  function page(transports = ['websocket']): Page {
    const { port } = http.address() as AddressInfo;
    const made = new Page(io(`http://127.0.0.1:${port}`, { path: '/lab/socket.io/', transports, forceNew: true }));
    pages.push(made);
    return made;
  }

  /** A change in the cluster, and the moments in which its frame goes out, by itself. */
  function change(apply: (world: World) => void): void {
    apply(world);
    publisher.changed('default', 'prompt');
    clock.advance(10);
  }

  it.each([['websocket'], ['polling']])('brings a snapshot, then every change in order (%s)', async (transport) => {
    const viewer = page([transport]);
    viewer.watch({ namespace: 'default' });
    await viewer.until(() => viewer.held !== undefined && viewer.health !== undefined);
    change((w) => w.create('web-0', { ready: false }));
    change((w) => w.pod('web-0', { ready: true }));
    await viewer.until(() => viewer.held?.board.sets[0]?.slots[0]?.state === 'ready');
    expect(viewer.held?.board).toEqual(deriveBoard(world.snapshot()));
    expect(viewer.frames).toEqual(['snapshot', 'patch×1', 'patch×1']);
  });

  it('gathers a storm into at most 20 frames a second, and loses none of it', async () => {
    const viewer = page();
    viewer.watch({ namespace: 'default' });
    await viewer.until(() => viewer.held !== undefined);
    const first = viewer.held?.position.version ?? 0;
    for (let step = 0; step < 500; step++) {
      world.create('web-0', { ip: `10.0.0.${step}` });
      publisher.changed('default', 'prompt');
      clock.advance(2);
    }
    clock.advance(100);
    await viewer.until(() => (viewer.held?.position.version ?? 0) >= first + 500);
    expect(viewer.frames.length - 1).toBeLessThanOrEqual(22);
    expect(viewer.held?.board).toEqual(deriveBoard(world.snapshot()));
  });

  it('brings a page that comes back up to date by what it missed', async () => {
    const viewer = page();
    viewer.watch({ namespace: 'default' });
    await viewer.until(() => viewer.held !== undefined);
    const have = viewer.held?.position;
    viewer.socket.disconnect();
    const stay = page();
    stay.watch({ namespace: 'default' });
    await stay.until(() => stay.held !== undefined);
    change((w) => w.create('web-0'));
    await stay.until(() => stay.frames.length === 2);
    viewer.socket.connect();
    viewer.watch({ namespace: 'default', ...(have ? { have } : {}) });
    await viewer.until(() => viewer.frames.length === 2);
    expect(viewer.frames).toEqual(['snapshot', 'patch×1']);
    expect(viewer.held).toEqual(stay.held);
  });

  it('gives a snapshot to a page of another epoch', async () => {
    const viewer = page();
    viewer.watch({ namespace: 'default', have: { epoch: 'e0', version: 7 } });
    await viewer.until(() => viewer.held !== undefined);
    expect(viewer.frames).toEqual(['snapshot']);
    expect(viewer.held?.position.epoch).toBe('e1');
  });

  it('says how it stands with the cluster, at once when that changes, and how many look on', async () => {
    const [one, two] = [page(), page()];
    for (const viewer of [one, two]) viewer.watch({ namespace: 'default' });
    await one.until(() => one.health?.state === 'live');
    await two.until(() => two.health?.viewers === 2);
    health = { state: 'stale', cause: 'clusterGone', message: 'connection refused' };
    stream.healthChanged();
    await one.until(() => one.health?.state === 'stale');
    expect(one.health).toMatchObject({ cause: 'clusterGone', message: 'connection refused', viewers: 2 });
  });

  it('tells nobody of a namespace they do not look at, and nothing of what is no namespace', async () => {
    const [one, two] = [page(), page()];
    one.watch({ namespace: 'default' });
    two.watch({ namespace: '../etc' });
    two.watch({ namespace: 'other' });
    await one.until(() => one.held !== undefined);
    await two.until(() => two.held !== undefined);
    change((w) => w.create('web-0'));
    await one.until(() => one.frames.length === 2);
    expect(two.frames).toEqual(['snapshot']);
    expect(stream.counters().rooms).toBe(2);
  });

  it('lets nobody in whom the gate refuses', async () => {
    refusal = 'Requests from pages of http://evil.example are not accepted.';
    const viewer = page();
    let refused = false;
    viewer.socket.on('connect_error', () => (refused = true));
    await viewer.until(() => refused);
    expect(viewer.socket.connected).toBe(false);
  });
});
