import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../clock';
import { KubernetesClient } from './client';
import type { Identified } from './collection';
import { FakeApiServer, fakePod, type FakeRequest } from './fakeApiServer';
import { textAt } from './json';
import { ListWatch, silenceMs } from './listWatch';
import { checkGraceMs, checkPeriodMs, type CheckScope } from './watchCheck';

function project(object: unknown): Identified | undefined {
  const name = textAt(object, 'metadata', 'name');
  const uid = textAt(object, 'metadata', 'uid');
  const resourceVersion = textAt(object, 'metadata', 'resourceVersion');
  return name && uid && resourceVersion ? { name, uid, resourceVersion, namespace: 'default' } : undefined;
}

/** What the watch told, to be awaited one by one. */
class Told {
  private readonly all: string[] = [];
  private read = 0;
  private wake: () => void = () => undefined;

  push(text: string): void {
    this.all.push(text);
    this.wake();
  }

  async next(): Promise<string> {
    while (this.read >= this.all.length) await new Promise<void>((resolve) => (this.wake = resolve));
    return this.all[this.read++] ?? '';
  }

  async take(count: number): Promise<string[]> {
    const taken: string[] = [];
    while (taken.length < count) taken.push(await this.next());
    return taken;
  }
}

describe('ListWatch', () => {
  let server: FakeApiServer;
  let clock: ManualClock;
  let told: Told;
  let watch: ListWatch<Identified>;
  /** None: quiet watches are not compared. */
  let scopes: CheckScope[];

  beforeEach(async () => {
    server = await FakeApiServer.start();
    clock = new ManualClock();
    told = new Told();
    scopes = [];
    watch = new ListWatch({
      client: new KubernetesClient(server.access),
      path: '/api/v1/pods',
      project,
      clock,
      random: () => 0.5,
      handler: {
        upserted: (item, previous) => told.push(`${previous ? '~' : '+'}${item.name}@${item.resourceVersion}`),
        removed: (item) => told.push(`-${item.uid}`),
        synced: (apply) => {
          apply();
          told.push('synced');
        },
        stateChanged: (status) => told.push(status.state),
      },
      checkIn: () => scopes,
    });
    watch.start();
  });

  afterEach(async () => {
    watch.stop();
    await server.stop();
  });

  /** Lists web-0 at revision 10 and opens the watch. */
  async function opened(): Promise<FakeRequest> {
    (await server.next()).list('10', [fakePod('web-0', '5')]);
    const request = await server.next();
    request.open();
    expect(await told.take(3)).toEqual(['+web-0@5', 'synced', 'live']);
    return request;
  }

  /** Lets the pause before the next try pass. */
  async function afterPause(): Promise<FakeRequest> {
    await clock.armed((delay) => delay > 0 && delay <= 2000);
    clock.advance(2000);
    return server.next();
  }

  it('lists in pages, then watches from where the list stood, with bookmarks', async () => {
    const first = await server.next();
    expect(first.url.searchParams.get('limit')).toBe('500');
    first.list('10', [fakePod('web-0', '5')], 'more');
    const second = await server.next();
    expect(second.url.searchParams.get('continue')).toBe('more');
    second.list('10', [fakePod('web-1', '6')]);
    const request = await server.next();
    expect(Object.fromEntries(request.url.searchParams)).toMatchObject({
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: '10',
    });
    expect(Number(request.url.searchParams.get('timeoutSeconds'))).toBeGreaterThan(60);
    request.open();
    expect(await told.take(4)).toEqual(['+web-0@5', '+web-1@6', 'synced', 'live']);
  });

  it('puts events together that come in pieces, within a character too', async () => {
    const request = await opened();
    const pod = { metadata: { ...(fakePod('web-1', '11').metadata as object), labels: { größe: '☃' } } };
    const bytes = Buffer.from(`${JSON.stringify({ type: 'ADDED', object: pod })}\n`);
    for (const byte of bytes) request.raw(Buffer.from([byte]));
    expect(await told.next()).toBe('+web-1@11');
  });

  it('resumes from the last revision, a bookmark included, and drops half a line', async () => {
    const request = await opened();
    request.event('MODIFIED', fakePod('web-0', '11'));
    request.event('BOOKMARK', { metadata: { resourceVersion: '40' } });
    request.raw('{"type":"DELETED","object":{"met');
    request.end();
    const resumed = await afterPause();
    expect(resumed.url.searchParams.get('resourceVersion')).toBe('40');
    resumed.open();
    resumed.event('DELETED', fakePod('web-0', '41'));
    expect(await told.take(2)).toEqual(['~web-0@11', '-uid-web-0']);
  });

  it('tells nothing twice when the server repeats itself', async () => {
    const request = await opened();
    request.event('ADDED', fakePod('web-0', '5'));
    request.event('ADDED', fakePod('web-1', '12'));
    expect(await told.next()).toBe('+web-1@12');
  });

  it('sees a pod made again under the same name as another one', async () => {
    const request = await opened();
    request.event('MODIFIED', fakePod('web-0', '12', 'second'));
    request.event('DELETED', fakePod('web-0', '13', 'uid-web-0'));
    request.event('MODIFIED', fakePod('web-0', '14', 'second'));
    expect(await told.take(3)).toEqual(['-uid-web-0', '+web-0@12', '~web-0@14']);
  });

  it.each([
    ['as HTTP 410', (request: FakeRequest) => request.status(410, 'Expired', 'too old resource version')],
    [
      'within the stream, which the server leaves open',
      (request: FakeRequest) => {
        request.open();
        request.event('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' });
        request.event('ADDED', fakePod('never', '99'));
      },
    ],
    [
      'as a revision from another history',
      (request: FakeRequest) =>
        request.answer(504, {
          kind: 'Status',
          code: 504,
          reason: 'Timeout',
          message: 'Too large resource version: 10, current: 3',
          details: { causes: [{ reason: 'ResourceVersionTooLarge' }] },
        }),
    ],
  ])('lists anew when the revision is gone: %s', async (_name, refuse) => {
    const request = await opened();
    request.reset();
    expect(await told.next()).toBe('gone');
    refuse(await afterPause());
    let list = await afterPause();
    while (list.isWatch) list = await server.next();
    list.list('50', [fakePod('web-1', '45')]);
    (await server.next()).open();
    const after: string[] = [];
    while (after.at(-1) !== 'synced') after.push(await told.next());
    expect(after.filter((text) => text !== 'live' && text !== 'gone')).toEqual(['-uid-web-0', '+web-1@45', 'synced']);
  });

  it.each([
    ['a reset', (request: FakeRequest) => request.reset()],
    ['503', (request: FakeRequest) => request.status(503, 'ServiceUnavailable', 'not yet')],
    ['429', (request: FakeRequest) => request.status(429, 'TooManyRequests', 'slow down')],
    ['a line that is no event', (request: FakeRequest) => (request.open(), request.raw('<html>\n'))],
  ])('tries again within 2 s after %s, and never gives up', async (_name, fail) => {
    (await opened()).reset();
    expect(await told.next()).toBe('gone');
    for (let round = 0; round < 8; round++) fail(await afterPause());
    const request = await afterPause();
    expect(request.url.searchParams.get('resourceVersion')).toBe('10');
    request.open();
    request.event('MODIFIED', fakePod('web-0', '60'));
    const after: string[] = [];
    while (after.at(-1) !== '~web-0@60') after.push(await told.next());
    expect(watch.status.state).toBe('live');
  });

  it('says that it is refused, keeps trying slowly, and recovers', async () => {
    (await server.next()).status(403, 'Forbidden', 'pods is forbidden: User "ana" cannot list resource "pods"');
    expect(await told.next()).toBe('refused');
    expect(watch.status.error?.message).toContain('User "ana"');
    await clock.armed((delay) => delay > 2000);
    clock.advance(60_000);
    await opened();
  });

  it('takes silence for unknown: replaces the connection, and lists anew after a second silence', async () => {
    const request = await opened();
    clock.advance(silenceMs - 1);
    expect(watch.status.state).toBe('live');
    clock.advance(1);
    expect(await told.next()).toBe('silent');
    await request.gone;
    const second = await afterPause();
    expect(second.url.searchParams.get('resourceVersion')).toBe('10');
    second.open();
    expect(await told.next()).toBe('live');
    clock.advance(silenceMs);
    expect(await told.next()).toBe('silent');
    const list = await afterPause();
    expect(list.isWatch).toBe(false);
  });

  it('does not wait for ever for a server that accepts and says nothing', async () => {
    (await server.next()).list('10', []);
    const request = await server.next();
    clock.advance(5000);
    await request.gone;
    expect(await told.take(2)).toEqual(['synced', 'silent']);
  });

  describe('that is compared with a list', () => {
    beforeEach(() => {
      scopes = [{ path: '/api/v1/pods', namespace: '' }];
    });

    /** The next comparison, answered with these objects. */
    async function compared(revision: string, ...items: unknown[]): Promise<void> {
      const request = await server.next();
      expect(request.isWatch).toBe(false);
      expect(request.request.headers.accept).toContain('as=PartialObjectMetadataList');
      request.list(revision, items);
    }

    async function hung(): Promise<FakeRequest> {
      const request = await opened();
      clock.advance(checkPeriodMs);
      await compared('20', fakePod('web-0', '15'));
      await clock.armed((delay) => delay === checkGraceMs);
      clock.advance(checkGraceMs);
      expect(await told.next()).toBe('silent');
      await request.gone;
      (await afterPause()).list('20', [fakePod('web-0', '15')]);
      expect(await told.take(2)).toEqual(['~web-0@15', 'synced']);
      const second = await server.next();
      expect(second.url.searchParams.get('resourceVersion')).toBe('20');
      second.open();
      return second;
    }

    it('replaces one that hangs, lists anew, and is live when the new one is confirmed', async () => {
      await hung();
      await clock.armed((delay) => delay === 1500);
      expect(watch.status.state).toBe('silent');
      clock.advance(1500);
      await compared('21', fakePod('web-0', '15'));
      expect(await told.next()).toBe('live');
      expect(watch.status.checkedAt).toBe(clock.now());
    });

    it('is live with the first word on the new one', async () => {
      const second = await hung();
      second.event('MODIFIED', fakePod('web-0', '22'));
      expect(await told.take(2)).toEqual(['live', '~web-0@22']);
    });

    it('believes no list any more after a second hang, and goes on listing', async () => {
      const second = await hung();
      await clock.armed((delay) => delay === 1500);
      clock.advance(1500);
      await compared('30', fakePod('web-0', '25'));
      await clock.armed((delay) => delay === checkGraceMs);
      clock.advance(checkGraceMs);
      await second.gone;
      (await afterPause()).list('30', [fakePod('web-0', '25')]);
      expect(await told.take(2)).toEqual(['~web-0@25', 'synced']);
      const third = await server.next();
      third.open();
      await clock.armed((delay) => delay === 1500);
      clock.advance(1500);
      await compared('31', fakePod('web-0', '25'));
      await clock.armed((delay) => delay === checkPeriodMs);
      expect(watch.status).toMatchObject({ state: 'silent', checkedAt: clock.now() });
      third.event('BOOKMARK', { metadata: { resourceVersion: '40' } });
      expect(await told.next()).toBe('live');
    });

    it('asks the watch anew when the list is refused, and says so when that is refused too', async () => {
      await opened();
      clock.advance(checkPeriodMs);
      (await server.next()).status(403, 'Forbidden', 'pods is forbidden');
      const second = await server.next();
      expect(second.isWatch).toBe(true);
      second.status(403, 'Forbidden', 'pods is forbidden');
      expect(await told.next()).toBe('refused');
    });

    it('does not miss what it could not read', async () => {
      (await server.next()).list('10', [fakePod('web-0', '5'), { metadata: { uid: 'odd', resourceVersion: '6' } }]);
      (await server.next()).open();
      expect(await told.take(3)).toEqual(['+web-0@5', 'synced', 'live']);
      clock.advance(checkPeriodMs);
      await compared('11', fakePod('web-0', '5'), { metadata: { uid: 'odd', resourceVersion: '6' } });
      await clock.armed((delay) => delay === checkPeriodMs);
      expect(watch.status.checkedAt).toBe(clock.now());
    });
  });

  it('comes back at once when told that the server is back', async () => {
    const request = await opened();
    watch.retry();
    await request.gone;
    const resumed = await server.next();
    expect(resumed.url.searchParams.get('resourceVersion')).toBe('10');
    resumed.open();
    resumed.event('ADDED', fakePod('web-1', '11'));
    expect(await told.next()).toBe('+web-1@11');
  });
});
