import { ordinalOf } from '../kubernetes/statefulSet';
import type { PodFacts, SetFacts } from './facts/facts';
import type { LifeEnd } from './model';

/** Reasons of the pod condition DisruptionTarget (k8s.io/api/core/v1/types.go) that say who ended it. */
const disruptions: Record<string, LifeEnd> = {
  EvictionByEvictionAPI: 'evicted',
  TerminationByKubelet: 'evicted',
  DeletionByTaintManager: 'nodeLost',
  DeletionByPodGC: 'nodeLost',
  PreemptionByScheduler: 'preempted',
};

const finalPhases: Record<string, LifeEnd> = { Failed: 'failed', Succeeded: 'finished' };

/**
 * Why a pod of a set comes to its end, from what is to be seen while it does: the API keeps no record of who deleted what, so
 * `deleted` means by hand, or by anybody who left no trace. Undefined while nothing says that it ends.
 */
export function whyEnded(pod: PodFacts, sets: ReadonlyMap<string, SetFacts>): LifeEnd | undefined {
  const { view, owner } = pod;
  if (view.status === 'Evicted') return 'evicted';
  if (pod.disruption !== undefined) return disruptions[pod.disruption] ?? 'evicted';
  // A kubelet also gives a deleted pod a final phase, once its containers have stopped: that is not why it ended.
  if (view.deletingSince === undefined) return finalPhases[view.phase];
  if (!owner) return 'deleted';
  const set = sets.get(pod.name.replace(/-\d+$/, ''));
  if (!set || set.uid !== owner.uid || set.view.terminating) return 'setDeleted';
  const place = (ordinalOf(set.name, pod.name) ?? 0) - set.view.start;
  if (place < 0 || place >= set.view.replicas) return 'scaledAway';
  return isReplaced(set, place, view.revision) ? 'updated' : 'deleted';
}

/** By the set itself, as in updateStatefulSet (pkg/controller/statefulset/stateful_set_control.go). */
function isReplaced({ view }: SetFacts, place: number, revision: string): boolean {
  if (view.strategy !== 'RollingUpdate' || place < view.partition) return false;
  return revision !== '' && view.updateRevision !== '' && revision !== view.updateRevision;
}
