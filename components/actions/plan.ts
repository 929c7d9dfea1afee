import type { Action, Cascade } from '../../lib/actions/contracts';
import { allClaims, allPods } from '../../lib/board/pods';
import type { Board, StatefulSetView } from '../../lib/board/model';
import type { Lab } from '../../lib/lab/lab';
import type { Ask } from './AskContext';
import { none, type Outcome } from './outcome';
import {
  outcomeOfDeleteClaim,
  outcomeOfDeleteNamespace,
  outcomeOfDeletePod,
  outcomeOfDeletePods,
  outcomeOfDeleteSet,
  outcomeOfDeleteVolume,
  outcomeOfFreeVolume,
} from './deleteOutcome';
import { planForDeployment } from './deploymentPlan';
import { planToCleanUp, planToDeploy } from './labPlan';

export interface PlanOptions {
  cascade: Cascade;
  /** When a lab is cleaned up: its claims too. */
  alsoClaims: boolean;
  /** When its app is made as a Deployment: one claim for all its pods. */
  sharing?: boolean;
  /** Which container gets which image; until it is typed, what is there stays. */
  image?: { container: string; image: string };
}

/** What a dialog is about: its name, what it would do, and what would come of it. */
export interface Plan {
  title: PlannedAsk['kind'];
  subject: string;
  actions: Action[];
  outcome: Outcome;
  /** It is no longer there: somebody else was quicker. */
  isGone: boolean;
}

export type PlannedAsk = Exclude<Ask, { kind: 'file' | 'update' | 'undo' }>;

export function planOf(board: Board, ask: PlannedAsk, options: PlanOptions, lab?: Lab): Plan {
  const { namespace } = board;
  switch (ask.kind) {
    case 'deletePod':
      return {
        title: 'deletePod',
        subject: ask.pod,
        actions: [{ kind: 'deletePod', namespace, pod: ask.pod }],
        outcome: outcomeOfDeletePod(board, ask.pod),
        isGone: !allPods(board).some((pod) => pod.name === ask.pod),
      };
    case 'deletePods':
      return planForSet(board, ask.set, 'deletePods', (set) => ({
        actions: [
          { kind: 'deletePods', namespace, set: set.name, pods: set.slots.flatMap((slot) => slot.pod?.name ?? []) },
        ],
        outcome: outcomeOfDeletePods(set),
      }));
    case 'deleteSet':
      return planForSet(board, ask.set, 'deleteSet', (set) => ({
        actions: [{ kind: 'deleteSet', namespace, set: set.name, cascade: options.cascade }],
        outcome: outcomeOfDeleteSet(board, set, options.cascade),
      }));
    case 'deleteDeployment':
    case 'setDeploymentImage':
    case 'restartDeployment':
      return planForDeployment(board, ask, options);
    case 'deleteClaim':
      return {
        title: 'deleteClaim',
        subject: ask.claim,
        actions: [{ kind: 'deleteClaim', namespace, claim: ask.claim }],
        outcome: outcomeOfDeleteClaim(board, ask.claim),
        isGone: !allClaims(board).some((claim) => claim.name === ask.claim),
      };
    case 'deleteVolume':
      return {
        title: 'deleteVolume',
        subject: ask.volume,
        actions: [{ kind: 'deleteVolume', volume: ask.volume }],
        outcome: outcomeOfDeleteVolume(board, ask.volume),
        isGone: ![...board.volumes, ...allClaims(board).flatMap((claim) => claim.volume ?? [])].some(
          (v) => v.name === ask.volume,
        ),
      };
    case 'freeVolume':
      return {
        title: 'freeVolume',
        subject: ask.volume,
        actions: [{ kind: 'freeVolume', volume: ask.volume }],
        outcome: outcomeOfFreeVolume(board, ask.volume),
        isGone: !board.volumes.some((volume) => volume.name === ask.volume && volume.claim !== ''),
      };
    case 'deleteNamespace':
      return {
        title: 'deleteNamespace',
        subject: namespace,
        actions: [{ kind: 'deleteNamespace', namespace }],
        outcome: outcomeOfDeleteNamespace(board),
        isGone: !board.exists,
      };
    case 'cleanUpLab':
      return planToCleanUp(board, options, lab);
    case 'deployLab':
      return planToDeploy(board, options, lab);
  }
}

function planForSet(
  board: Board,
  name: string,
  title: 'deletePods' | 'deleteSet',
  plan: (set: StatefulSetView) => Pick<Plan, 'actions' | 'outcome'>,
): Plan {
  const set = board.sets.find((candidate) => candidate.name === name);
  if (!set) return { title, subject: name, actions: [], outcome: none(), isGone: true };
  return { title, subject: name, ...plan(set), isGone: false };
}
