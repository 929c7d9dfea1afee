import { describe, expect, it } from 'vitest';
import type { Change } from '../../lib/history/change';
import { latest } from '../../lib/history/history';
import type { HistoryAnswer, Stretch } from '../../lib/history/stretch';
import { Watched } from '../../lib/history/testing';
import type { Held } from '../../lib/stream/receive';
import type { BoardStore, Follower } from './boardStore';
import { HistoryStore } from './historyStore';
import { ServerClock } from './serverClock';

/** A page that follows a namespace, and a server that answers when the test says so. */
class Following {
  readonly watched = new Watched();
  private readonly followers = new Set<Follower>();
  private readonly asked: { answer: (value: HistoryAnswer) => void; fail: (error: unknown) => void }[] = [];
  private readonly waiting: (() => void)[] = [];
  held: Held | undefined;
  told = 0;
  readonly store: HistoryStore;

  constructor() {
    const board = {
      follow: (follower: Follower) => (this.followers.add(follower), () => void this.followers.delete(follower)),
      subscribe: () => () => undefined,
    };
    Object.defineProperty(board, 'held', { get: () => this.held });
    const read = () => new Promise<HistoryAnswer>((answer, fail) => this.asked.push({ answer, fail }));
    const whenIdle = (task: () => void) => void this.waiting.push(task);
    this.store = new HistoryStore(board as unknown as BoardStore, read, new ServerClock(), whenIdle);
    this.snapshot();
  }

  get questions(): number {
    return this.asked.length;
  }

  look(): () => void {
    return this.store.subscribe(() => (this.told += 1));
  }

  /** What the server keeps, as it would come over the wire just now. */
  kept(): Stretch[] {
    return JSON.parse(JSON.stringify(this.watched.kept.stretches));
  }

  async answer(stretches = this.kept()): Promise<void> {
    this.asked.at(-1)?.answer({ namespace: 'default', stretches });
    await Promise.resolve();
    await Promise.resolve();
  }

  async fail(): Promise<void> {
    this.asked.at(-1)?.fail({ kind: 'unreachable', message: 'nobody answers' });
    await Promise.resolve();
    await Promise.resolve();
  }

  /** A step that the stream brings, or loses on its way. */
  change(name: string, isLost = false): void {
    const before = this.watched.live.at(-1);
    this.watched.change((world) => world.later(1).create(name));
    const moment = this.watched.live.at(-1);
    if (!moment || !before || isLost) return;
    const change: Change = { position: moment.position, at: moment.at, before: before.board, after: moment.board };
    this.held = moment;
    for (const follower of this.followers) follower(moment, [change]);
  }

  snapshot(): void {
    this.held = this.watched.live.at(-1);
    if (this.held) for (const follower of this.followers) follower(this.held, []);
  }

  /** The page has nothing else to do. */
  idle(): void {
    for (const task of this.waiting.splice(0)) task();
  }

  expectWhole(): void {
    this.idle();
    const { history } = this.store.get();
    expect(history && latest(history)).toEqual(this.watched.live.at(-1));
    expect(history?.changes).toHaveLength(this.watched.live.length - 1);
  }
}

describe('HistoryStore', () => {
  it('asks once, and goes on by what the stream brings', async () => {
    const page = new Following();
    page.change('web-0');
    page.look();
    page.look();
    await page.answer();
    page.change('web-1');
    page.change('web-2');
    page.expectWhole();
    expect(page.questions).toBe(1);
    // Two who look, told of the answer and, once the page was idle, of both changes together.
    expect(page.told).toBe(4);
  });

  it('tells nobody of a change before the page is idle', async () => {
    const page = new Following();
    page.look();
    await page.answer();
    page.change('web-0');
    expect(page.told).toBe(1);
    page.idle();
    expect(page.told).toBe(2);
  });

  it('loses nothing that comes while the answer is on its way', async () => {
    const page = new Following();
    page.look();
    page.change('web-0');
    const early = page.kept();
    page.change('web-1');
    await page.answer(early);
    page.expectWhole();
  });

  it('asks again when a step was missed', async () => {
    const page = new Following();
    page.look();
    await page.answer();
    page.change('web-0', true);
    page.change('web-1');
    page.idle();
    expect(page.questions).toBe(2);
    page.change('web-2');
    await page.answer();
    page.expectWhole();
    expect(page.questions).toBe(2);
  });

  it('asks again after a snapshot of another life of the server, and shows the gap', async () => {
    const page = new Following();
    page.look();
    await page.answer();
    page.watched.end();
    page.watched.world.later(20);
    page.watched.begin();
    page.snapshot();
    page.idle();
    await page.answer();
    page.expectWhole();
    expect(page.store.get().history?.changes.at(-1)?.unseenSince).toBeDefined();
  });

  it('keeps what it has when it cannot be asked again, says so, and tries with the next step', async () => {
    const page = new Following();
    page.look();
    await page.answer();
    const { history } = page.store.get();
    page.change('web-0', true);
    page.change('web-1');
    page.idle();
    await page.fail();
    expect(page.store.get()).toMatchObject({ history, error: { kind: 'unreachable' } });
    page.change('web-2');
    page.idle();
    await page.answer();
    page.expectWhole();
    expect(page.store.get().error).toBeUndefined();
  });

  it('counts only while somebody looks, and then asks anew', async () => {
    const page = new Following();
    page.look()();
    await page.answer();
    page.change('web-0');
    page.look();
    expect(page.questions).toBe(2);
    await page.answer();
    page.expectWhole();
  });
});
