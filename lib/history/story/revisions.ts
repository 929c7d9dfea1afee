import type { StatefulSetView } from '../../board/model';
import { sentence, type Sentence, type Why } from './sentence';

/**
 * A new template shows twice: as the set's image, and once the controller has looked, as its update revision
 * (pkg/controller/statefulset/stateful_set_control.go, getStatefulSetRevisions). It is told with the second.
 */
export function revisionSentence(before: StatefulSetView, after: StatefulSetView): Sentence | undefined {
  const values = { revision: after.updateRevision, image: after.image, ordinal: after.start + after.partition };
  if (before.updateRevision !== after.updateRevision) {
    if (before.updateRevision === '' || after.updateRevision === '') return undefined;
    const what = isKnown(after.updateRevision, before) ? 'rollback' : 'newRevision';
    return sentence(what, 'set', after.name, { why: howItSpreads(after), values });
  }
  const wasUpdating = before.currentRevision !== before.updateRevision && before.currentRevision !== '';
  if (!wasUpdating || after.currentRevision !== after.updateRevision) return undefined;
  return sentence('updateDone', 'set', after.name, { why: 'allRevised', values, tone: 'ready' });
}

/** The controller gives a template that equals an older one that one's revision: the way back is not a new one. */
function isKnown(revision: string, before: StatefulSetView): boolean {
  if (before.currentRevision === revision) return true;
  return before.slots.some(
    (slot) => slot.pod?.revision === revision || slot.lives.some((life) => life.revision === revision),
  );
}

function howItSpreads({ strategy, partition }: StatefulSetView): Why {
  if (strategy === 'OnDelete') return 'whenDeleted';
  return partition > 0 ? 'ordinalsFrom' : 'updateDown';
}
