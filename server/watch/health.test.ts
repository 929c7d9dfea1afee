import { describe, expect, it } from 'vitest';
import { ClusterError } from '../kubernetes/errors';
import type { WatchState, WatchStatus } from '../kubernetes/listWatch';
import type { WatchView } from './clusterWatch';
import { healthOf } from './health';
import type { Kind } from './kinds';

function view(kind: Kind, state: WatchState, more: Partial<WatchStatus> = {}): WatchView {
  return { kind, namespace: '', objects: 1, status: { state, since: 0, lastHeardAt: 1000, lastSyncAt: 500, ...more } };
}

const answering = { failure: undefined };
const words = (code?: number) => new ClusterError('internal', 'the words', undefined, code);

describe('healthOf', () => {
  it('is live, and as old as the quietest watch, heard or confirmed, is', () => {
    const views = [
      view('pods', 'live', { lastEventAt: 700, checkedAt: 4000 }),
      view('events', 'live', { checkedAt: 3000 }),
    ];
    const health = healthOf(views, answering);
    expect(health).toMatchObject({ state: 'live', trueAt: 3000, lastEventAt: 700, lastSyncAt: 500 });
    expect(health.kinds?.map(({ kind, state, checkedAt }) => [kind, state, checkedAt])).toEqual([
      ['pods', 'live', 4000],
      ['events', 'live', 3000],
    ]);
  });

  it.each([
    ['cut', 'gone', undefined, 'watchCut'],
    ['silent', 'silent', undefined, 'watchSilent'],
    ['forbidden', 'refused', 403, 'watchRefused'],
    ['unauthenticated', 'refused', 401, 'watchUnknown'],
    ['connecting', 'connecting', undefined, 'connecting'],
  ] as const)('is stale while one is %s, and says of which', (_name, state, code, cause) => {
    const health = healthOf([view('pods', state, { error: words(code) }), view('events', 'live')], answering);
    expect(health).toMatchObject({ state: 'stale', cause, of: ['pods'], message: 'the words', trueAt: 1000 });
    expect(health.kinds?.[0]).toMatchObject({ kind: 'pods', state: cause, message: 'the words' });
  });

  it.each([
    ['nobody is there', new ClusterError('unreachable', 'ECONNREFUSED'), 'clusterGone'],
    ['it says itself that it cannot work', new ClusterError('internal', 'etcd failed', undefined, 500), 'clusterGone'],
    ['it gives no answer', new ClusterError('timeout', 'no answer within 2 s'), 'clusterSilent'],
  ])('lays it to the API alone when %s, whatever the watches say', (_name, failure, cause) => {
    const health = healthOf([view('pods', 'live'), view('events', 'gone')], { failure });
    expect(health).toMatchObject({ state: 'stale', cause, message: failure.message, trueAt: 1000 });
    expect(health.of).toBeUndefined();
  });

  it('names no kinds when it is all of them', () => {
    expect(healthOf([view('pods', 'refused', { error: words(403) })], answering).of).toBeUndefined();
  });

  const optional = ['namespaces', 'persistentvolumes', 'storageclasses', 'deployments', 'replicasets'] as const;
  it.each([...optional, 'controllerrevisions'] as const)('does not need %s to be shown to us', (kind) => {
    const views = [view('pods', 'live'), view(kind, 'refused')];
    expect(healthOf(views, answering).state).toBe('live');
  });
});
