import type { Freshness, FreshnessCause } from '../../../lib/stream/freshness';
import { FreshnessBanner } from '../../board/FreshnessBanner';
import { FreshnessChip } from '../../board/FreshnessChip';
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
