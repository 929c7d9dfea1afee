import { describe, expect, it } from 'vitest';
import { ClusterError } from '../kubernetes/errors';
import type { WatchState, WatchStatus } from '../kubernetes/listWatch';
import type { WatchView } from './clusterWatch';
import { healthOf } from './health';
import type { Kind } from './kinds';

function view(kind: Kind, state: WatchState, more: Partial<WatchStatus> = {}): WatchView {
  return { kind, namespace: '', objects: 1, status: { state, since: 0, lastHeardAt: 1000, lastSyncAt: 500, ...more } };
}

const answering = { answeredAt: 9000, failure: undefined };

describe('healthOf', () => {
  it('is live, and true as of the last answer, while watches are open', () => {
    const health = healthOf([view('pods', 'live', { lastEventAt: 700 }), view('events', 'live')], answering);
    expect(health).toEqual({ state: 'live', trueAt: 9000, lastEventAt: 700, lastSyncAt: 500 });
  });

  it.each([
    ['gone', 'clusterGone'],
    ['silent', 'watchSilent'],
    ['refused', 'watchRefused'],
    ['connecting', 'connecting'],
  ] as const)('is stale while one is %s, as old as what was last heard of it', (state, cause) => {
    const error = new ClusterError('internal', 'the words');
    const health = healthOf([view('pods', state, { error }), view('events', 'live')], answering);
    expect(health).toMatchObject({ state: 'stale', cause, message: 'the words', trueAt: 1000 });
  });

  it('is stale when the API server does not answer, though every watch is still open', () => {
    const health = healthOf([view('pods', 'live')], { answeredAt: 9000, failure: 'timed out' });
    expect(health).toMatchObject({ state: 'stale', cause: 'clusterGone', message: 'timed out', trueAt: 1000 });
  });

  it.each(['namespaces', 'persistentvolumes', 'storageclasses'] as const)(
    'does not need %s to be shown to us',
    (kind) => {
      const views = [view('pods', 'live'), view(kind, 'refused')];
      expect(healthOf(views, answering).state).toBe('live');
    },
  );
});
