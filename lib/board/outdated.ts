import type { PodFacts } from './facts/facts';
import { present } from './facts/identity';
import type { Reason } from './model';
import type { SlotContext } from './slotState';

/**
 * Why a pod of an old revision has not been replaced yet; undefined when it is of the newest. As the controller decides
 * (pkg/controller/statefulset/stateful_set_control.go, updateStatefulSet): OnDelete replaces nothing by itself, a partition
 * counts places from the first ordinal on, and of the rest the highest goes first, one at a time. In OrderedReady the
 * update does not even begin while a lower pod is missing, not ready or on its way out.
 */
export function whyOutdated(context: SlotContext, pod: PodFacts): Reason | undefined {
  const { set, ordinal } = context;
  const { strategy, partition, updateRevision, start } = set.view;
  if (pod.view.revision === '' || updateRevision === '' || pod.view.revision === updateRevision) return undefined;
  if (strategy === 'OnDelete') return { code: 'onDelete', subject: pod.name };
  if (ordinal < start + partition) return { code: 'partition', subject: String(start + partition) };
  const busy = busyOrdinal(context);
  return present({ code: 'revision', subject: busy === undefined ? undefined : `${set.name}-${busy}` });
}

/** The ordinal that has to be through first. */
function busyOrdinal({ set, ordinal, pods }: SlotContext): number | undefined {
  const { start, replicas, policy, updateRevision } = set.view;
  const isHealthy = (other: number): boolean => {
    const view = pods.get(other)?.view;
    return view !== undefined && view.ready && view.deletingSince === undefined;
  };
  if (policy === 'OrderedReady') {
    for (let lower = start; lower < ordinal; lower++) if (!isHealthy(lower)) return lower;
  }
  for (let higher = start + replicas - 1; higher > ordinal; higher--) {
    if (!isHealthy(higher) || pods.get(higher)?.view.revision !== updateRevision) return higher;
  }
  return undefined;
}
