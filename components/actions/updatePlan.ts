import type { Action, UpdateStrategy } from '../../lib/actions/contracts';
import type { StatefulSetView } from '../../lib/board/model';
import { none, type Outcome } from './outcome';
import { outcomeOfStrategy, outcomeOfTemplate, outcomeOfUndo, strategyOf } from './rolloutOutcome';

/** What is chosen in the dialog that updates a set; what is undefined is as the set has it. */
export interface UpdateOptions {
  what: 'image' | 'strategy' | 'restart';
  container?: string;
  image?: string;
  /** Whom a new image reaches: by the strategy as it stands, or the last ordinal alone. */
  reach: 'asSet' | 'canary';
  type?: UpdateStrategy['type'];
  partition?: string;
}

export interface UpdatePlan {
  title: 'setImage' | 'canary' | 'setStrategy' | 'restart';
  actions: Action[];
  outcome: Outcome;
}

/** The first container whose image is to be changed, and the image it has. */
export function imageOf(set: StatefulSetView, options: UpdateOptions): { container: string; image: string } {
  const found = set.containers.find(({ name }) => name === options.container) ?? set.containers[0];
  return { container: found?.name ?? '', image: options.image ?? found?.image ?? '' };
}

/** The partition that leaves all but the last ordinal as they are. */
export const canaryPartition = (set: StatefulSetView) => Math.max(0, set.replicas - 1);

/** What is chosen; undefined while the partition typed is no number. */
export function chosenStrategy(set: StatefulSetView, options: UpdateOptions): UpdateStrategy | undefined {
  const type = options.type ?? set.strategy;
  if (type === 'OnDelete') return { type };
  const text = (options.partition ?? String(set.partition)).trim();
  return /^\d{1,5}$/.test(text) ? { type, partition: Number(text) } : undefined;
}

export function updatePlan(namespace: string, set: StatefulSetView, options: UpdateOptions): UpdatePlan {
  const workload = { namespace, workload: 'statefulset' as const, name: set.name };
  if (options.what === 'restart') {
    const outcome = outcomeOfTemplate(set, strategyOf(set), { key: 'revisionRestart' });
    return { title: 'restart', actions: [{ kind: 'restart', ...workload }], outcome };
  }
  if (options.what === 'strategy') return strategyPlan(namespace, set, options);
  const isCanary = options.reach === 'canary';
  const strategy: UpdateStrategy = isCanary
    ? { type: 'RollingUpdate', partition: canaryPartition(set) }
    : strategyOf(set);
  const { container, image } = imageOf(set, options);
  const title = isCanary ? 'canary' : 'setImage';
  const isSame = set.containers.some((one) => one.name === container && one.image === image);
  if (isSame || !/^[^\s=]+$/.test(image)) {
    return { title, actions: [], outcome: { ...none(), then: isSame ? [{ key: 'imageSame' }] : [] } };
  }
  const outcome = outcomeOfTemplate(set, strategy, { key: 'revisionNew', values: { image } });
  const setImage: Action = { kind: 'setImage', ...workload, container, image };
  // The partition first: an image that came before it would begin to reach everybody.
  const hold: Action[] = isCanary ? [{ kind: 'setStrategy', namespace, set: set.name, strategy }] : [];
  return { title, actions: [...hold, setImage], outcome };
}

function strategyPlan(namespace: string, set: StatefulSetView, options: UpdateOptions): UpdatePlan {
  const strategy = chosenStrategy(set, options);
  const isSame = strategy !== undefined && JSON.stringify(strategy) === JSON.stringify(strategyOf(set));
  if (!strategy || isSame) {
    return { title: 'setStrategy', actions: [], outcome: { ...none(), then: isSame ? [{ key: 'strategySame' }] : [] } };
  }
  return {
    title: 'setStrategy',
    actions: [{ kind: 'setStrategy', namespace, set: set.name, strategy }],
    outcome: outcomeOfStrategy(set, strategy),
  };
}

export function undoPlan(
  namespace: string,
  set: StatefulSetView,
  revision: number,
): { actions: Action[]; outcome: Outcome } {
  const found = set.revisions.find(({ number }) => number === revision);
  return {
    actions: found ? [{ kind: 'undo', namespace, set: set.name, revision }] : [],
    outcome: outcomeOfUndo(set, found),
  };
}
