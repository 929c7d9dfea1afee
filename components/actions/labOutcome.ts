import type { Board, DeploymentView } from '../../lib/board/model';
import { allClaims } from '../../lib/board/pods';
import type { Lab } from '../../lib/lab/lab';
import { listNames, type Line, type Outcome } from './outcome';

/** The lab's app as a Deployment, where it was made beside the set. */
export function deploymentOfLab(board: Board, { asDeployment }: Lab): DeploymentView | undefined {
  return board.deployments.find(({ kind, name }) => kind === 'Deployment' && name === asDeployment?.name);
}

/** The claims that a lab's sets and its Deployment have, whether a slot holds them still or what had them is gone already. */
export function labClaims(board: Board, lab: Lab): string[] {
  const isOfLab = (name: string) =>
    name === lab.asDeployment?.claim.name ||
    lab.makes.some(
      ({ set, template }) =>
        name.startsWith(`${template}-${set}-`) && /^\d+$/.test(name.slice(template.length + set.length + 2)),
    );
  return allClaims(board)
    .filter((claim) => claim.phase !== 'missing' && isOfLab(claim.name))
    .map((claim) => claim.name);
}

export function outcomeOfCreateLab(board: Board, lab: Lab): Outcome {
  const there: string[] = [];
  const comes: Line[] = [];
  for (const made of lab.makes) {
    if (board.services.some((service) => service.name === made.service)) there.push(made.service);
    else comes.push({ key: 'labService', values: { name: made.service } });
    if (board.sets.some((set) => set.name === made.set)) there.push(made.set);
    else comes.push({ key: 'labSet', values: { name: made.set, replicas: made.replicas } });
  }
  const kept = labClaims(board, lab);
  const claims: Line[] =
    kept.length > 0
      ? [{ key: 'keptClaims', values: { count: kept.length, names: listNames(kept) } }]
      : lab.makes.map(({ claimSize }) => ({ key: 'labClaims' as const, values: { size: claimSize } }));
  const isSetNew = lab.makes.some((made) => !there.includes(made.set));
  return {
    goes: [],
    comes: [...comes, ...(isSetNew ? claims : [])],
    stays: there.length > 0 ? [{ key: 'labThere', values: { count: there.length, names: listNames(there) } }] : [],
    then: [],
  };
}
