import { ordinalOf } from '../kubernetes/statefulSet';
import type { PodFacts, RevisionFacts, SetFacts } from './facts/facts';
import { present } from './facts/identity';
import type { RevisionView } from './model';

/**
 * The revisions of a set, newest first, and which of its pods run each. Where ControllerRevisions may not be read, those that the
 * set and its pods name are told still, without number, image and age.
 */
export function revisionViews(
  set: SetFacts,
  pods: readonly PodFacts[],
  revisions: ReadonlyMap<string, RevisionFacts>,
): RevisionView[] {
  const { currentRevision, updateRevision } = set.view;
  const known = revisionsOf(set, revisions);
  const running = ordinalsByRevision(set, pods);
  const names = new Set([...known.keys(), updateRevision, currentRevision, ...running.keys()].filter(Boolean));
  return [...names]
    .map((name): RevisionView => {
      const facts = known.get(name);
      return present({
        name,
        number: facts?.number,
        createdAt: facts?.createdAt,
        images: facts?.images ?? [],
        ordinals: running.get(name) ?? [],
        isCurrent: name === currentRevision,
        isUpdate: name === updateRevision,
      });
    })
    .sort((a, b) => Number(b.isUpdate) - Number(a.isUpdate) || (b.number ?? 0) - (a.number ?? 0));
}

/** By name, those that this very set owns: another set's may be named alike. */
export function revisionsOf(
  set: SetFacts,
  revisions: ReadonlyMap<string, RevisionFacts>,
): ReadonlyMap<string, RevisionFacts> {
  return new Map([...revisions].filter(([, revision]) => revision.owner === set.uid));
}

function ordinalsByRevision(set: SetFacts, pods: readonly PodFacts[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const pod of pods) {
    const ordinal = ordinalOf(set.name, pod.name);
    if (ordinal === undefined || pod.view.revision === '') continue;
    const list = found.get(pod.view.revision) ?? [];
    found.set(
      pod.view.revision,
      [...list, ordinal].sort((a, b) => a - b),
    );
  }
  return found;
}
