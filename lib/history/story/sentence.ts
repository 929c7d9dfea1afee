/** What happened, worded by the page in its reader's language (`components/ui/messages`, `story.what`). */
export type What =
  | 'namespaceCreated'
  | 'namespaceEnding'
  | 'namespaceGone'
  | 'serviceCreated'
  | 'serviceGone'
  | 'setCreated'
  | 'setEnding'
  | 'setGone'
  | 'scaledUp'
  | 'scaledDown'
  | 'startChanged'
  | 'partitionChanged'
  | 'strategyChanged'
  | 'retentionChanged'
  | 'newRevision'
  | 'rollback'
  | 'updateDone'
  | 'deploymentCreated'
  | 'deploymentEnding'
  | 'deploymentGone'
  | 'deploymentScaledUp'
  | 'deploymentScaledDown'
  | 'deploymentRevised'
  | 'podInstead'
  | 'podGoneFor'
  | 'podAdopted'
  | 'podOrphaned'
  | 'podCreated'
  | 'podBack'
  | 'podBackUpdated'
  | 'podScheduled'
  | 'podStarted'
  | 'podReady'
  | 'podReadyAt'
  | 'podUnready'
  | 'podRestarted'
  | 'podStopping'
  | 'podScalingAway'
  | 'podUpdating'
  | 'podGone'
  | 'podScaledAway'
  | 'podFailed'
  | 'podFinished'
  | 'pulling'
  | 'pullFailed'
  | 'crashLoop'
  | 'cannotStart'
  | 'mountFailed'
  | 'unschedulable'
  | 'waitsForClaim'
  | 'createFailed'
  | 'claimCreated'
  | 'claimBound'
  | 'claimLost'
  | 'claimGrown'
  | 'claimEnding'
  | 'claimGone'
  | 'volumeFree'
  | 'volumeReleased'
  | 'volumeFailed'
  | 'volumeGone'
  | 'endpointsJoined'
  | 'endpointsLeft'
  | 'dnsAnswers'
  | 'dnsMoved'
  | 'dnsWithdrawn'
  | 'dnsFailed';

/** Why it is so, in half a sentence (`story.why`). */
export type Why =
  | 'allGoes'
  | 'givesNames'
  | 'givesAddresses'
  | 'givesOneAddress'
  | 'namesLost'
  | 'serviceMissing'
  | 'oneByOne'
  | 'allAtOnce'
  | 'highestFirst'
  | 'highestGoes'
  | 'highestFirstClaimsGo'
  | 'allAtOnceDown'
  | 'allAtOnceDownClaimsGo'
  | 'podsFollow'
  | 'podsFollowClaimsStay'
  | 'podsAndClaimsFollow'
  | 'podsStay'
  | 'claimsStay'
  | 'ordinalsFrom'
  | 'allOrdinals'
  | 'whenDeleted'
  | 'updateDown'
  | 'looseNames'
  | 'anyGoes'
  | 'rollingSets'
  | 'recreateSets'
  | 'pausedSets'
  | 'setsFollow'
  | 'setsStay'
  | 'anotherName'
  | 'anotherNameAndIp'
  | 'anotherComes'
  | 'allRevised'
  | 'firstOrdinal'
  | 'afterPrevious'
  | 'parallel'
  | 'sameClaim'
  | 'sameName'
  | 'scheduler'
  | 'anotherNode'
  | 'notReadyYet'
  | 'nextMayStart'
  | 'newAddress'
  | 'leavesDns'
  | 'leavesServices'
  | 'samePod'
  | 'samePodMoved'
  | 'comesBack'
  | 'comesBackClaim'
  | 'comesBackUpdated'
  | 'claimKept'
  | 'claimGoes'
  | 'withSet'
  | 'nobodyBringsBack'
  | 'triesAgain'
  | 'othersWait'
  | 'holdsNobody'
  | 'oldPodsServe'
  | 'fromTemplate'
  | 'boundForGood'
  | 'stillUsed'
  | 'volumeStays'
  | 'volumeGoes'
  | 'dataStays'
  | 'dataLost'
  | 'sameNameNewAddress'
  | 'notReady';

export type Tone = 'ready' | 'wait' | 'gone' | 'fail' | 'kept' | 'plain';

export interface Subject {
  kind: 'namespace' | 'service' | 'set' | 'deployment' | 'pod' | 'claim' | 'volume' | 'name';
  name: string;
}

/** One thing that happened. `values` fill the words of both halves. */
export interface Sentence {
  what: What;
  why?: Why;
  values: Record<string, string | number>;
  about: Subject;
  tone: Tone;
  /** True of what follows from something told already: an endpoint, an answer of DNS, a node. It never stands alone in large letters. */
  isDetail: boolean;
}

interface More {
  why?: Why | undefined;
  values?: Record<string, string | number>;
  tone?: Tone;
  isDetail?: boolean;
}

/** The subject's name is always among the values, as `name`. */
export function sentence(what: What, kind: Subject['kind'], name: string, more: More = {}): Sentence {
  const { why, values, tone = 'plain', isDetail = false } = more;
  const said = { what, values: { name, ...values }, about: { kind, name }, tone, isDetail };
  return why === undefined ? said : { ...said, why };
}
