import type { Freshness, FreshnessCause, KindFreshness } from '../../../lib/stream/freshness';
import { FreshnessBanner } from '../../board/FreshnessBanner';
import { FreshnessChip } from '../../board/FreshnessChip';
import { FreshnessDetail } from '../../board/FreshnessDetail';
import { fixtureNow } from '../../board/fixtures';
import { PastBanner } from '../../board/PastBanner';
import type { Section } from '../scene';

export const live: Freshness = {
  state: 'live',
  trueAt: fixtureNow - 1000,
  lastEventAt: fixtureNow - 4000,
  lastSyncAt: fixtureNow - 60_000,
  latencyMs: 12,
  viewers: 31,
};

const nothing = (): void => undefined;

/** Each cause with the state it brings. The type asks for all of them. */
export const causes: Record<FreshnessCause, Freshness> = {
  connecting: { state: 'offline', cause: 'connecting', viewers: 0 },
  pageOffline: { state: 'offline', cause: 'pageOffline', trueAt: fixtureNow - 31_000, viewers: 1 },
  serverSilent: { state: 'offline', cause: 'serverSilent', trueAt: fixtureNow - 12_000, viewers: 1 },
  serverGone: { state: 'offline', cause: 'serverGone', trueAt: fixtureNow - 95_000, viewers: 1 },
  clusterGone: {
    state: 'stale',
    cause: 'clusterGone',
    message: 'connect ECONNREFUSED 127.0.0.1:6443',
    trueAt: fixtureNow - 42_000,
    viewers: 31,
  },
  clusterSilent: {
    state: 'stale',
    cause: 'clusterSilent',
    message: 'The cluster at https://10.0.0.1:6443 gave no answer within 2 s.',
    trueAt: fixtureNow - 6000,
    viewers: 31,
  },
  watchCut: {
    state: 'stale',
    cause: 'watchCut',
    of: ['pods'],
    message: 'The watch was cut off.',
    trueAt: fixtureNow - 3000,
    viewers: 31,
  },
  watchUnknown: {
    state: 'stale',
    cause: 'watchUnknown',
    message: 'Unauthorized',
    trueAt: fixtureNow - 9000,
    viewers: 31,
  },
  watchRefused: {
    state: 'stale',
    cause: 'watchRefused',
    of: ['pods'],
    message: 'pods is forbidden: User "ana" cannot watch resource "pods" in API group "" in the namespace "default"',
    trueAt: fixtureNow - 7000,
    viewers: 31,
  },
  watchSilent: {
    state: 'stale',
    cause: 'watchSilent',
    of: ['pods', 'endpointslices'],
    trueAt: fixtureNow - 21_000,
    viewers: 31,
  },
};

const kind = (name: string, more: Partial<KindFreshness> = {}): KindFreshness => ({
  kind: name,
  state: 'live',
  objects: 3,
  lastEventAt: fixtureNow - 4000,
  lastSyncAt: fixtureNow - 60_000,
  checkedAt: fixtureNow - 2000,
  ...more,
});

/** Every kind live, and every state that a kind can be in. */
const detailed: Freshness[] = [
  {
    ...live,
    kinds: [kind('pods'), kind('events', { objects: 41 }), kind('persistentvolumes', { lastEventAt: undefined })],
  },
  {
    ...causes.watchSilent,
    kinds: [
      kind('pods', { state: 'watchSilent' }),
      kind('endpointslices', { state: 'watchCut', message: 'The watch was cut off.' }),
      kind('statefulsets', { state: 'watchRefused', message: 'statefulsets.apps is forbidden' }),
      kind('services', { state: 'watchUnknown', message: 'Unauthorized' }),
      kind('persistentvolumeclaims', { state: 'connecting', objects: 0, lastEventAt: undefined, checkedAt: undefined }),
    ],
  },
];

const all = [live, ...Object.values(causes)];

export const freshness: Section = {
  name: 'freshness',
  scenes: [
    {
      name: 'chips',
      draw: () => (
        <div className="flex flex-wrap gap-3">
          {all.map((state) => (
            <FreshnessChip key={state.cause ?? 'live'} freshness={state} />
          ))}
        </div>
      ),
    },
    {
      name: 'banners',
      draw: () => (
        <div className="grid gap-3 [&>div]:static!">
          {Object.values(causes).map((state) => (
            <FreshnessBanner key={state.cause} freshness={state} />
          ))}
        </div>
      ),
    },
    {
      name: 'details',
      draw: () => (
        <div className="flex flex-wrap items-start gap-5">
          {detailed.map((state) => (
            <div key={state.state} className="w-[26rem] max-w-full rounded-xl border border-line bg-panel p-4">
              <FreshnessDetail freshness={state} />
            </div>
          ))}
        </div>
      ),
    },
    {
      name: 'past',
      draw: () => (
        <div className="grid gap-3 [&>div]:static! [&>div]:h-auto!">
          <PastBanner past={{ version: 'e1.42', at: fixtureNow - 240_000 }} onBack={nothing} />
          <PastBanner
            past={{
              version: 'e0.7',
              error: { kind: 'notFound', message: 'The board at e0.7 is no longer kept.' },
            }}
            onBack={nothing}
          />
        </div>
      ),
    },
  ],
};
