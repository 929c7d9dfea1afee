import type { Change } from '../change';
import { claimSentences } from './claims';
import { deploymentSentences } from './deployments';
import { dnsSentences, namedPods } from './dns';
import { eventSentences } from './events';
import { namespaceSentences } from './namespace';
import { otherPodSentences } from './otherPods';
import type { Sentence } from './sentence';
import { endpointSentences, serviceSentences } from './services';
import { setSentences } from './sets';
import { slotSentences } from './slots';
import { volumeSentences } from './volumes';

/**
 * What just happened, for somebody who learns: one sentence for each event of the cluster, in a fixed order (what was asked for
 * before what came of it). A change is one event as a rule; after a break it may be many. Much is silent on purpose: counts,
 * statuses on the way, and what is said by the sentence about its cause.
 */
export function sentencesOf(change: Change): Sentence[] {
  const { before, after } = change;
  if (before === after || before.namespace !== after.namespace) return [];
  return [
    ...namespaceSentences(change),
    ...setSentences(change),
    ...deploymentSentences(change),
    ...serviceSentences(change),
    ...slotSentences(change),
    ...otherPodSentences(change),
    ...eventSentences(change),
    ...claimSentences(change),
    ...volumeSentences(change),
    ...dnsSentences(change),
    ...endpointSentences(change, namedPods(change)),
  ];
}
