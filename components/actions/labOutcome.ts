import type { Board } from '../../lib/board/model';
import type { Lab } from '../../lib/lab/lab';
import { listNames, type Line, type Outcome } from './outcome';

/** The claims that a lab's sets have made, whether a slot holds them still or the set is gone already. */
export function labClaims(board: Board, lab: Lab): string[] {
  const all = [...board.sets.flatMap((set) => set.slots.flatMap((slot) => slot.claims)), ...board.otherClaims];
  const isOfLab = (name: string) =>
    lab.makes.some(
      ({ set, template }) =>
        name.startsWith(`${template}-${set}-`) && /^\d+$/.test(name.slice(template.length + set.length + 2)),
    );
  return all.filter((claim) => claim.phase !== 'missing' && isOfLab(claim.name)).map((claim) => claim.name);
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

export function outcomeOfCleanUpLab(board: Board, lab: Lab, alsoClaims: boolean): Outcome {
  const sets = lab.makes.flatMap(({ set }) => board.sets.find((candidate) => candidate.name === set) ?? []);
  const services = lab.makes.flatMap(
    ({ service }) => board.services.find((candidate) => candidate.name === service) ?? [],
  );
  const pods = sets.flatMap((set) => set.slots.filter((slot) => slot.pod).map((slot) => slot.name));
  const claims = labClaims(board, lab);
  const claimLine: Line[] =
    claims.length > 0 ? [{ key: 'claims', values: { count: claims.length, names: listNames(claims) } }] : [];
  return {
    goes: [
      ...sets.map((set): Line => ({ key: 'set', values: { name: set.name } })),
      ...(pods.length > 0 ? [{ key: 'pods' as const, values: { count: pods.length, names: listNames(pods) } }] : []),
      ...services.map((service): Line => ({ key: 'service', values: { name: service.name } })),
      ...(alsoClaims ? claimLine : []),
    ],
    stays: alsoClaims ? [] : claimLine,
    comes: [],
    then: pods.length > 1 ? [{ key: 'noOrder' }] : [],
  };
}
