import { allClaims, allPods, claimsOfPod, deploymentOfPod } from '../../lib/board/pods';
import type { Board, Slot, StatefulSetView, VolumeView } from '../../lib/board/model';
import type { Cascade } from '../../lib/actions/contracts';
import { outcomeForLoosePod } from './deploymentOutcome';
import { claimNames, counted, listNames, none, type Line, type Outcome } from './outcome';

function slotOfPod(board: Board, pod: string): { set: StatefulSetView; slot: Slot } | undefined {
  for (const set of board.sets) {
    const slot = set.slots.find((candidate) => candidate.pod?.name === pod);
    if (slot) return { set, slot };
  }
  return undefined;
}

export function outcomeOfDeletePod(board: Board, name: string): Outcome {
  const found = slotOfPod(board, name);
  const pod = allPods(board).find((candidate) => candidate.name === name);
  const goes: Line[] = [
    pod?.ip ? { key: 'pod', values: { name, ip: pod.ip } } : { key: 'podNoIp', values: { name } },
    { key: 'layer' },
  ];
  if (!found) {
    const loose = deploymentOfPod(board, name);
    if (loose) return outcomeForLoosePod(loose, goes);
    return { ...none(), goes, stays: counted('claims', pod ? claimsOfPod(pod) : []), then: [{ key: 'nobody' }] };
  }
  const { set, slot } = found;
  const isWanted = slot.wanted && !set.terminating;
  const identity: Line = slot.dnsName
    ? { key: 'identityDns', values: { name, dns: slot.dnsName } }
    : { key: 'identity', values: { name } };
  return {
    ...none(),
    goes,
    stays: [...(isWanted ? [identity] : []), ...counted('claims', claimNames([slot]))],
    then: [
      { key: !isWanted ? 'notAgain' : waitsForOthers(set, slot) ? 'comesBackOrdered' : 'comesBack', values: { name } },
    ],
  };
}

/** In order, a missing pod is made only when all before it are Ready. */
function waitsForOthers(set: StatefulSetView, slot: Slot): boolean {
  return (
    set.policy === 'OrderedReady' &&
    set.slots.some((other) => other.wanted && other.ordinal < slot.ordinal && other.state !== 'ready')
  );
}

export function outcomeOfDeletePods(set: StatefulSetView): Outcome {
  const withPod = set.slots.filter((slot) => slot.pod);
  const names = withPod.map((slot) => slot.name);
  const again: Line = { key: set.policy === 'OrderedReady' ? 'podsBackOrdered' : 'podsBackParallel' };
  return {
    ...none(),
    goes: [...counted('pods', names), { key: 'layer' }],
    stays: [
      ...(set.terminating || names.length === 0
        ? []
        : [{ key: 'identities' as const, values: { names: listNames(names) } }]),
      ...counted('claims', claimNames(set.slots)),
    ],
    then: set.terminating || set.replicas === 0 ? [] : [again],
  };
}

export function outcomeOfDeleteSet(board: Board, set: StatefulSetView, cascade: Cascade): Outcome {
  const pods = set.slots.filter((slot) => slot.pod).map((slot) => slot.name);
  const claims = claimNames(set.slots);
  const service: Line[] = board.services.some((candidate) => candidate.name === set.serviceName)
    ? [{ key: 'service', values: { name: set.serviceName } }]
    : [];
  const itself: Line = { key: 'set', values: { name: set.name } };
  if (cascade === 'orphan') {
    const stays = [...counted('pods', pods), ...counted('claims', claims), ...service];
    return { ...none(), goes: [itself], stays, then: pods.length > 0 ? [{ key: 'orphans' }] : [] };
  }
  const claimsGo = set.claimRetention?.whenDeleted === 'Delete';
  return {
    ...none(),
    goes: [itself, ...counted('pods', pods), ...(claimsGo ? counted('claimsLost', claims) : [])],
    stays: [...(claimsGo ? [] : counted('claims', claims)), ...service],
    then: pods.length > 1 ? [{ key: 'noOrder' }] : [],
  };
}

export function outcomeOfDeleteClaim(board: Board, name: string): Outcome {
  const slots = board.sets.flatMap((set) => set.slots);
  const slot = slots.find((candidate) => candidate.claims.some((claim) => claim.name === name));
  const claim = slot?.claims.find((c) => c.name === name) ?? board.otherClaims.find((c) => c.name === name);
  const users = allPods(board).filter((pod) => claimsOfPod(pod).includes(name));
  const user = users[0]?.name ?? (slot?.pod ? slot.name : undefined);
  const then: Line[] = [];
  if (user)
    then.push({ key: 'claimUsed', values: { pod: listNames(users.length > 0 ? users.map((u) => u.name) : [user]) } });
  if (slot?.wanted) then.push({ key: 'claimAgain', values: { pod: slot.name } });
  const [goes, stays] = volumeAfterClaim(claim?.volume);
  return { ...none(), goes: [{ key: 'claimItself', values: { name } }, ...goes], stays, then };
}

function volumeAfterClaim(volume: VolumeView | undefined): [goes: Line[], stays: Line[]] {
  if (!volume) return [[], []];
  const line = { values: { name: volume.name } };
  return volume.reclaimPolicy === 'Delete'
    ? [[{ key: 'volumeDeleted', ...line }], []]
    : [[], [{ key: 'volumeRetained', ...line }]];
}

export function outcomeOfDeleteVolume(board: Board, name: string): Outcome {
  const volume =
    board.volumes.find((v) => v.name === name) ?? allClaims(board).find((c) => c.volumeName === name)?.volume;
  const isBound = volume?.phase === 'Bound';
  const bound: Line[] = isBound ? [{ key: 'volumeBound', values: { claim: volume.claim } }] : [];
  const backing: Line[] = volume?.reclaimPolicy === 'Retain' ? [{ key: 'backing' }] : [];
  return { ...none(), goes: [{ key: 'volumeItself', values: { name } }], stays: backing, then: bound };
}

export function outcomeOfFreeVolume(board: Board, name: string): Outcome {
  const volume = board.volumes.find((candidate) => candidate.name === name);
  const namesake = board.otherClaims.find(
    (claim) => claim.phase === 'Pending' && `${board.namespace}/${claim.name}` === volume?.claim,
  );
  return {
    ...none(),
    goes: [{ key: 'claimReference', values: { claim: volume?.claim ?? '' } }],
    stays: [{ key: 'volumeAndData', values: { name } }],
    then: [namesake ? { key: 'freeForNamesake', values: { claim: namesake.name } } : { key: 'freeForAny' }],
  };
}

/** Kubernetes refuses to delete these, whoever asks. */
const immortal = ['default', 'kube-system', 'kube-public'];

export function outcomeOfDeleteNamespace(board: Board): Outcome {
  const { namespace: name } = board;
  if (immortal.includes(name)) return { ...none(), then: [{ key: 'namespaceRefused', values: { name } }] };
  const claims = allClaims(board);
  const values = {
    sets: board.sets.length,
    deployments: board.deployments.length,
    pods: allPods(board).length,
    services: board.services.length,
    claims: claims.length,
  };
  const after = claims.map((claim) => volumeAfterClaim(claim.volume));
  return {
    ...none(),
    goes: [{ key: 'namespaceAll', values }, ...after.flatMap(([goes]) => goes).slice(0, 4)],
    stays: after.flatMap(([, stays]) => stays).slice(0, 4),
    then: [{ key: 'namespaceGone' }],
  };
}
