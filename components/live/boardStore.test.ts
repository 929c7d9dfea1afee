import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deriveBoard } from '../../lib/board/derive';
import { World } from '../../lib/board/testing';
import { diffBoard } from '../../lib/stream/diff';
import type { HealthFrame, WatchRequest } from '../../lib/stream/protocol';
import { BoardStore } from './boardStore';
import type { LiveSocket } from './connection';
import { ServerClock } from './serverClock';

/** The page's end of a connection, driven by the test. */
class FakeSocket {
  connected = false;
  readonly emitted: [string, unknown][] = [];
  private readonly handlers = new Map<string, Set<(value: unknown) => void>>();

  on(event: string, handler: (value: unknown) => void): void {
    const known = this.handlers.get(event) ?? new Set();
    this.handlers.set(event, known.add(handler));
  }

  off(event: string, handler: (value: unknown) => void): void {
    this.handlers.get(event)?.delete(handler);
  }

  emit(event: string, value: unknown): void {
    this.emitted.push([event, value]);
  }

  connect(): void {
    // The test decides when.
  }

  bring(event: string, value?: unknown): void {
    if (event === 'connect') this.connected = true;
    if (event === 'disconnect') this.connected = false;
    for (const handler of [...(this.handlers.get(event) ?? [])]) handler(value);
  }

  watches(): WatchRequest[] {
    return this.emitted.flatMap(([event, value]) => (event === 'watch' ? [value as WatchRequest] : []));
  }
}

describe('BoardStore', () => {
  let socket: FakeSocket;
  let store: BoardStore;
  let world: World;
  let told: number;
  let isOnLine: boolean;
  let tellNetwork: () => void;
  let leave: () => void;

  beforeEach(() => {
    vi.useFakeTimers();
    socket = new FakeSocket();
    isOnLine = true;
    const network = {
      isOnLine: () => isOnLine,
      subscribe: (listener: () => void) => ((tellNetwork = listener), () => undefined),
    };
    store = new BoardStore('default', socket as unknown as LiveSocket, new ServerClock(), network);
    world = new World().set(2);
    told = 0;
    leave = store.subscribe(() => (told += 1));
  });

  afterEach(() => {
    leave();
    vi.useRealTimers();
  });

  function health(change: Partial<HealthFrame> = {}): void {
    const sentAt = Date.now();
    socket.bring('health', {
      namespace: 'default',
      sentAt,
      epoch: 'e',
      version: 1,
      state: 'live',
      viewers: 3,
      ...change,
    });
  }

  function opened(): void {
    socket.bring('connect');
    const board = deriveBoard(world.snapshot());
    socket.bring('snapshot', {
      namespace: 'default',
      epoch: 'e',
      version: 1,
      sentAt: Date.now(),
      at: Date.now(),
      board,
    });
    health();
  }

  /** The frame that leads from version `from` to the next. */
  function step(from: number, apply: (world: World) => void): void {
    const before = deriveBoard(world.snapshot());
    apply(world);
    const patch = diffBoard(before, deriveBoard(world.snapshot()));
    socket.bring('patch', {
      namespace: 'default',
      epoch: 'e',
      from,
      sentAt: Date.now(),
      patches: [patch],
      times: [Date.now()],
    });
  }

  it('goes from connecting to live, and is told of nothing that does not change it', () => {
    expect(store.freshness).toMatchObject({ state: 'offline', cause: 'connecting' });
    opened();
    expect(store.freshness).toMatchObject({ state: 'live', viewers: 3 });
    const before = told;
    health();
    expect(told).toBe(before);
  });

  it('applies changes, and keeps what did not change as it is', () => {
    opened();
    const before = store.held?.board;
    step(1, (w) => w.create('web-0'));
    expect(store.held?.board).toEqual(deriveBoard(world.snapshot()));
    expect(store.held?.board.services).toBe(before?.services);
  });

  it('asks once for what it missed, and keeps the old board on the screen meanwhile', () => {
    opened();
    const before = store.held;
    step(5, (w) => w.create('web-0'));
    step(6, (w) => w.pod('web-0', { ready: false }));
    expect(store.held).toBe(before);
    expect(socket.watches()).toEqual([
      { namespace: 'default' },
      { namespace: 'default', have: { epoch: 'e', version: 1 } },
    ]);
  });

  it('says within 5 s that the server has fallen silent, and is live again with its next word', () => {
    opened();
    vi.advanceTimersByTime(4000);
    expect(store.freshness.state).toBe('live');
    vi.advanceTimersByTime(1000);
    expect(store.freshness).toMatchObject({ state: 'offline', cause: 'serverSilent' });
    health();
    expect(store.freshness.state).toBe('live');
  });

  it.each([
    ['the server ended', 'transport close', new Error('websocket error'), 'serverGone'],
    ['nothing answers any more', 'ping timeout', new Error('timeout'), 'serverSilent'],
  ])('tells by how the connection went that %s', (_name, reason, error, cause) => {
    opened();
    socket.bring('disconnect', reason);
    expect(store.freshness).toMatchObject({ state: 'offline', cause });
    socket.bring('connect_error', error);
    expect(store.freshness).toMatchObject({ state: 'offline', cause });
  });

  it('says what the browser says of its network, but only when nothing comes', () => {
    opened();
    isOnLine = false;
    tellNetwork();
    expect(store.freshness.state).toBe('live');
    socket.bring('disconnect', 'transport close');
    expect(store.freshness).toMatchObject({ state: 'offline', cause: 'pageOffline' });
    isOnLine = true;
    tellNetwork();
    expect(store.freshness).toMatchObject({ state: 'offline', cause: 'serverGone' });
  });

  it('says at once that the connection is gone, and resumes from where it stood', () => {
    opened();
    socket.bring('disconnect');
    expect(store.freshness).toMatchObject({ state: 'offline', cause: 'serverGone' });
    expect(store.held).toBeDefined();
    socket.bring('connect');
    expect(socket.watches().at(-1)).toEqual({ namespace: 'default', have: { epoch: 'e', version: 1 } });
    expect(store.freshness.state).not.toBe('live');
    health();
    expect(store.freshness.state).toBe('live');
  });

  it('passes on what the server says of the cluster', () => {
    opened();
    health({ state: 'stale', cause: 'clusterGone', message: 'connection refused', trueAt: 42 });
    expect(store.freshness).toMatchObject({ state: 'stale', cause: 'clusterGone', message: 'connection refused' });
  });

  it('notices a frame that never came, from the version that the server speaks of', () => {
    opened();
    health({ version: 4 });
    expect(socket.watches()).toHaveLength(1);
    health({ version: 4 });
    expect(socket.watches()).toHaveLength(2);
  });

  it('starts over with a server that knows nothing of its version', () => {
    opened();
    socket.bring('disconnect');
    socket.bring('connect');
    world.create('web-0');
    const board = deriveBoard(world.snapshot());
    socket.bring('snapshot', {
      namespace: 'default',
      epoch: 'f',
      version: 0,
      sentAt: Date.now(),
      at: Date.now(),
      board,
    });
    expect(store.held?.position).toEqual({ epoch: 'f', version: 0 });
  });

  it('stops listening when nobody looks', () => {
    opened();
    leave();
    expect(socket.emitted.at(-1)).toEqual(['unwatch', 'default']);
    const before = store.held;
    step(1, (w) => w.create('web-0'));
    expect(store.held).toBe(before);
  });
});

describe('ServerClock', () => {
  it('takes the quickest round trip for the truest', () => {
    const clock = new ServerClock();
    clock.sample(1000, 1010, 5005);
    expect(clock.toPage(5005)).toBe(1005);
    clock.sample(2000, 2400, 6390);
    expect(clock.toPage(5005)).toBe(1005);
  });
});
