import type { Action } from '../../lib/actions/contracts';
import type { Board } from '../../lib/board/model';
import type { Lab, SameAsDeployment } from '../../lib/lab/lab';
import { deploymentOfLab, labClaims } from './labOutcome';
import { counted, listNames, none, type Line, type Outcome } from './outcome';
import type { Plan, PlanOptions } from './plan';

export function planToCleanUp(board: Board, options: PlanOptions, lab?: Lab): Plan {
  if (!lab) return { title: 'cleanUpLab', subject: '', actions: [], outcome: none(), isGone: true };
  const { namespace } = board;
  const claims = options.alsoClaims ? labClaims(board, lab) : [];
  const same = lab.asDeployment;
  const isBeside = same && [...board.deployments, ...board.services].some(({ name }) => name === same.name);
  const yamls = [lab.manifest.yaml, ...(isBeside ? [same.yaml.alone] : [])];
  return {
    title: 'cleanUpLab',
    subject: lab.name,
    actions: [
      ...yamls.map((yaml): Action => ({ kind: 'deleteManifest', namespace, yaml })),
      ...claims.map((claim): Action => ({ kind: 'deleteClaim', namespace, claim })),
    ],
    outcome: outcomeOfCleanUp(board, lab, options.alsoClaims),
    isGone: false,
  };
}

/** Nothing is done to a Deployment that is there already: it may hold what a student has made of it. */
export function planToDeploy(board: Board, options: PlanOptions, lab?: Lab): Plan {
  const same: SameAsDeployment | undefined = lab?.asDeployment;
  const title = 'deployLab';
  if (!lab || !same) return { title, subject: '', actions: [], outcome: none(), isGone: true };
  const isSharing = options.sharing === true;
  const yaml = isSharing ? same.yaml.sharing : same.yaml.alone;
  return {
    title,
    subject: same.name,
    actions: deploymentOfLab(board, lab) ? [] : [{ kind: 'apply', namespace: board.namespace, yaml }],
    outcome: outcomeOfDeploy(board, lab, same, isSharing),
    isGone: false,
  };
}

/** `isSharing`: its pods share one claim; else none of them has any. */
function outcomeOfDeploy(board: Board, lab: Lab, same: SameAsDeployment, isSharing: boolean): Outcome {
  const { name, replicas, claim } = same;
  if (deploymentOfLab(board, lab)) return { ...none(), then: [{ key: 'deployThere', values: { name } }] };
  const isThere = (things: readonly { name: string }[], thing: string) => things.some((one) => one.name === thing);
  const service: Line[] = isThere(board.services, name) ? [] : [{ key: 'deployService', values: { name } }];
  const isKept = isThere(board.otherClaims, claim.name);
  const claims: Line[] = isKept ? counted('keptClaims', [claim.name]) : [{ key: 'deployClaim', values: { ...claim } }];
  const sets = lab.makes.flatMap(({ set }) => (isThere(board.sets, set) ? [set] : []));
  return {
    goes: [],
    comes: [
      ...service,
      { key: 'deployment', values: { name } },
      { key: 'loosePodsCome', values: { count: replicas } },
      ...(isSharing ? claims : []),
    ],
    stays: sets.map((set) => ({ key: 'deploySet', values: { name: set } })),
    then: [{ key: 'allAtOnce' }, { key: isSharing ? 'deploySharing' : 'deployNoClaim' }],
  };
}

function outcomeOfCleanUp(board: Board, lab: Lab, alsoClaims: boolean): Outcome {
  const sets = lab.makes.flatMap(({ set }) => board.sets.find((candidate) => candidate.name === set) ?? []);
  const names = [...lab.makes.map(({ service }) => service), lab.asDeployment?.name];
  const services = names.flatMap((name) => board.services.find((candidate) => candidate.name === name) ?? []);
  const deployment = deploymentOfLab(board, lab);
  const pods = [
    ...sets.flatMap((set) => set.slots.filter((slot) => slot.pod).map((slot) => slot.name)),
    ...(deployment?.pods ?? []).map(({ name }) => name),
  ];
  const claims = labClaims(board, lab);
  const claimLine: Line[] =
    claims.length > 0 ? [{ key: 'claims', values: { count: claims.length, names: listNames(claims) } }] : [];
  return {
    goes: [
      ...sets.map((set): Line => ({ key: 'set', values: { name: set.name } })),
      ...(deployment ? [{ key: 'deployment' as const, values: { name: deployment.name } }] : []),
      ...(pods.length > 0 ? [{ key: 'pods' as const, values: { count: pods.length, names: listNames(pods) } }] : []),
      ...services.map((service): Line => ({ key: 'service', values: { name: service.name } })),
      ...(alsoClaims ? claimLine : []),
    ],
    stays: alsoClaims ? [] : claimLine,
    comes: [],
    then: pods.length > 1 ? [{ key: 'noOrder' }] : [],
  };
}
