import { listed, present } from './facts/identity';
import type {
  ComparedSide,
  ComparisonView,
  Created,
  DeploymentView,
  ServiceView,
  Slot,
  StatefulSetView,
} from './model';

const mostNamed = 6;

/**
 * Each Deployment beside the set that runs the same containers: what was seen of both, and nothing that was not. Images are compared
 * without their tags, so that an update of one of the two does not part them.
 */
export function comparisonsOf(
  sets: readonly StatefulSetView[],
  deployments: readonly DeploymentView[],
  services: readonly ServiceView[],
): ComparisonView[] {
  return deployments.flatMap((deployment) => {
    if (deployment.kind !== 'Deployment') return [];
    const app = appOf(deployment.containers);
    const set = sets.find(({ containers }) => appOf(containers) === app);
    if (!set) return [];
    return [{ uid: deployment.uid, set: sideOfSet(set), deployment: sideOfDeployment(deployment, services) }];
  });
}

function appOf(containers: StatefulSetView['containers']): string {
  return containers.map(({ name, image }) => `${name} ${image.replace(/(:[^:/]*)?(@.*)?$/, '')}`).join('\n');
}

function sideOfSet({ name, slots }: StatefulSetView): ComparedSide {
  const claims = slots.flatMap((slot) => slot.claims).filter(({ phase }) => phase !== 'missing');
  const named = slots.find(({ dnsName, dns }) => dnsName !== '' && dns.status === 'answered');
  return present({
    name,
    pods: slots.flatMap(({ pod }) => pod?.name ?? []).slice(0, mostNamed),
    count: slots.filter(({ pod }) => pod).length,
    replaced: lastReplaced(slots),
    places: slots.length,
    emptyPlaces: slots
      .filter(({ pod }) => !pod)
      .map((slot) => slot.name)
      .slice(0, mostNamed),
    claims: claims.slice(0, mostNamed).map((claim) => present({ name: claim.name, use: claim.use })),
    claimCount: claims.length,
    created: listed(sinceTheFirst(slots.flatMap(firstLife))),
    dns: named && { name: named.dnsName, addresses: named.dns.addresses },
  });
}

function lastReplaced(slots: readonly Slot[]): ComparedSide['replaced'] {
  const again = slots.flatMap(({ name, pod, lives: [last] }) => (pod && last ? [{ name, pod, last }] : []));
  const [newest] = again.sort((a, b) => b.last.until - a.last.until);
  if (!newest) return undefined;
  const { name, pod, last } = newest;
  return { former: name, formerIp: last.ip, successor: name, ip: pod.ip, at: last.until };
}

/** The first pod that was seen in a slot; where older lives are forgotten, none. */
function firstLife({ name, life, lives, pod }: Slot): { name: string; at: number }[] {
  if (life === 1 && pod) return [{ name, at: pod.createdAt }];
  const first = lives.find(({ number }) => number === 1);
  return first ? [{ name, at: first.from }] : [];
}

function sideOfDeployment(deployment: DeploymentView, services: readonly ServiceView[]): ComparedSide {
  const { name, pods, departed, claims } = deployment;
  const names = new Set(pods.map((pod) => pod.name));
  const service = services.find(({ ready, notReady }) => [...ready, ...notReady].some(({ pod }) => names.has(pod)));
  const there = claims.filter(({ phase }) => phase !== 'missing');
  return present({
    name,
    pods: pods.map((pod) => pod.name).slice(0, mostNamed),
    count: pods.length,
    replaced: lastMadeUpFor(deployment),
    places: 0,
    emptyPlaces: [],
    gone: departed.length,
    claims: there.slice(0, mostNamed).map((claim) => present({ name: claim.name, use: claim.use })),
    claimCount: there.length,
    created: listed(sinceTheFirst(originals(deployment))),
    service: service && { name: service.name, clusterIP: service.clusterIP, ready: service.ready.length },
  });
}

/** Once it is gone: until then the two stand side by side, and which came for which may be seen on their cards. */
function lastMadeUpFor({ pods, departed }: DeploymentView): ComparedSide['replaced'] {
  const last = departed.find(({ instead }) => instead !== undefined);
  if (last?.instead === undefined) return undefined;
  const { name, ip, until, instead } = last;
  const successor = [...pods, ...departed].find((pod) => pod.name === instead);
  return { former: name, formerIp: ip, successor: instead, ip: successor?.ip ?? '', at: until };
}

/** Those that came for nobody, there or gone. */
function originals({ pods, departed }: DeploymentView): { name: string; at: number }[] {
  const successors = new Set(departed.flatMap(({ instead }) => instead ?? []));
  const there = pods
    .filter(({ replaces }) => replaces === undefined)
    .map(({ name, createdAt }) => ({ name, at: createdAt }));
  const gone = departed.map(({ name, from }) => ({ name, at: from }));
  return [...there, ...gone].filter(({ name }) => !successors.has(name));
}

/** Creation times are whole seconds, by the cluster's clock. One alone has no order. */
function sinceTheFirst(pods: { name: string; at: number }[]): Created[] {
  const [first] = pods.sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1));
  if (!first || pods.length < 2) return [];
  return pods.slice(0, mostNamed).map(({ name, at }) => ({ name, afterMs: at - first.at }));
}
