import type { UpdateStrategy } from '../../lib/actions/contracts';
import type { RevisionView, Slot, StatefulSetView } from '../../lib/board/model';
import { claimNames, counted, listNames, none, type Line, type Outcome } from './outcome';

export function strategyOf(set: Pick<StatefulSetView, 'strategy' | 'partition'>): UpdateStrategy {
  return set.strategy === 'OnDelete' ? { type: 'OnDelete' } : { type: 'RollingUpdate', partition: set.partition };
}

/** A new template by `strategy`: who is replaced, in what order, and who keeps the old one. */
export function outcomeOfTemplate(set: StatefulSetView, strategy: UpdateStrategy, comes: Line): Outcome {
  return rollout(set, strategy, wantedPods(set), [comes]);
}

/** A template that is remembered: the pods that run it already are not replaced. */
export function outcomeOfUndo(set: StatefulSetView, revision: RevisionView | undefined): Outcome {
  if (!revision) return none();
  const others = wantedPods(set).filter((slot) => slot.pod?.revision !== revision.name);
  const comes: Line = {
    key: 'revisionAgain',
    values: { number: revision.number ?? 0, images: revision.images.join(', ') },
  };
  return rollout(set, strategyOf(set), others, [comes]);
}

/** No new template: whom another strategy lets go of among those that run an old one. */
export function outcomeOfStrategy(set: StatefulSetView, strategy: UpdateStrategy): Outcome {
  const outdated = wantedPods(set).filter((slot) => slot.pod?.revision !== set.updateRevision);
  const outcome = rollout(set, strategy, outdated, []);
  return outdated.length > 0 ? outcome : { ...none(), then: [nextTime(set, strategy)] };
}

function nextTime(set: StatefulSetView, strategy: UpdateStrategy): Line {
  if (strategy.type === 'OnDelete') return { key: 'nextOnDelete' };
  if (strategy.partition === 0) return { key: 'nextAll' };
  return { key: 'nextPartition', values: { first: set.start + strategy.partition } };
}

const wantedPods = (set: StatefulSetView) => set.slots.filter((slot) => slot.wanted && slot.pod);

/** As updateStatefulSet goes about it (pkg/controller/statefulset/stateful_set_control.go): from the highest ordinal down. */
function rollout(set: StatefulSetView, strategy: UpdateStrategy, concerned: Slot[], comes: Line[]): Outcome {
  if (strategy.type === 'OnDelete') {
    const then: Line[] = concerned.length > 0 ? [{ key: 'whenDeleted', values: namesOf(concerned) }] : [];
    return { ...none(), comes, then };
  }
  const first = set.start + strategy.partition;
  const replaced = concerned.filter((slot) => slot.ordinal >= first).reverse();
  const held = concerned.filter((slot) => slot.ordinal < first);
  const order: Line = { key: 'rollsDown' };
  return {
    goes: replaced.length === 0 ? [] : [...counted('podsLastFirst', replaced.map(nameOf)), { key: 'layer' }],
    comes,
    stays: replaced.length === 0 ? [] : [identityOf(replaced), ...counted('claims', claimNames(replaced))],
    then: [
      ...(replaced.length > 1 ? [order] : []),
      ...(held.length > 0 ? [{ key: 'heldBack' as const, values: { ...namesOf(held), first } }] : []),
    ],
  };
}

function identityOf(slots: Slot[]): Line {
  const [only] = slots;
  if (only?.dnsName && slots.length === 1)
    return { key: 'identityDns', values: { name: only.name, dns: only.dnsName } };
  return { key: 'identities', values: { names: listNames(slots.map(nameOf)) } };
}

const nameOf = (slot: Slot) => slot.name;
const namesOf = (slots: Slot[]) => ({ count: slots.length, names: listNames(slots.map(nameOf)) });
