import type { EndpointView, ServiceView, StatefulSetView } from '../../board/model';
import type { Change } from '../change';
import { changedPairs } from '../pairs';
import { sentence, type Sentence, type Why } from './sentence';

/** Services that came or went. One that governs a set is what gives its pods their names. */
export function serviceSentences({ before, after }: Change): Sentence[] {
  return servicePairs(before.services, after.services).flatMap((pair): Sentence[] => {
    if (!pair.before) {
      const { name, clusterIP } = pair.after;
      return [
        sentence('serviceCreated', 'service', name, {
          why: whatItGives(pair.after, after.sets),
          values: { clusterIP },
        }),
      ];
    }
    if (pair.after) return [];
    const { name } = pair.before;
    const why = governs(pair.before, after.sets) ? 'namesLost' : undefined;
    return [sentence('serviceGone', 'service', name, { why, tone: 'gone' })];
  });
}

/** Who is sent to now, and who no longer is; `named` has been told of by DNS in the same change. */
export function endpointSentences({ before, after }: Change, named: ReadonlySet<string>): Sentence[] {
  return servicePairs(before.services, after.services).flatMap((pair): Sentence[] => {
    if (!pair.before || !pair.after || pair.before.ready === pair.after.ready) return [];
    const { name } = pair.after;
    const moves = changedPairs(pair.before.ready, pair.after.ready, ({ pod, ip }) => `${pod}/${ip}`);
    const joined = namesOf(moves.flatMap((move) => (move.before ? [] : [move.after]))).filter((pod) => !named.has(pod));
    const left = namesOf(moves.flatMap((move) => (move.after ? [] : [move.before]))).filter(
      (pod) => !named.has(pod) && !joined.includes(pod),
    );
    return [
      ...(left.length > 0 ? [moved('endpointsLeft', name, left)] : []),
      ...(joined.length > 0 ? [moved('endpointsJoined', name, joined)] : []),
    ];
  });
}

function moved(what: 'endpointsJoined' | 'endpointsLeft', service: string, pods: string[]): Sentence {
  const values = { pods: pods.join(', '), count: pods.length };
  return sentence(what, 'service', service, {
    values,
    tone: what === 'endpointsJoined' ? 'ready' : 'wait',
    isDetail: true,
  });
}

function namesOf(endpoints: readonly EndpointView[]): string[] {
  return endpoints.map(({ pod, ip }) => (pod === '' ? ip : pod));
}

function servicePairs(before: ServiceView[], after: ServiceView[]) {
  return changedPairs(before, after, (service) => service.name);
}

function whatItGives(service: ServiceView, sets: StatefulSetView[]): Why {
  if (!service.headless) return 'givesOneAddress';
  return governs(service, sets) ? 'givesNames' : 'givesAddresses';
}

function governs(service: ServiceView, sets: StatefulSetView[]): boolean {
  return service.headless && sets.some((set) => set.serviceName === service.name);
}
