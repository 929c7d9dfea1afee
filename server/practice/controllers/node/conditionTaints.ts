import type { Node } from '../../../../lib/kubernetes/cluster';

export type Taint = NonNullable<NonNullable<Node['spec']>['taints']>[number];

/** By condition and what it says, the taint (pkg/controller/nodelifecycle nodeConditionToTaintKeyStatusMap). */
const taintOf: Record<string, Record<string, string>> = {
  Ready: { False: 'not-ready', Unknown: 'unreachable' },
  MemoryPressure: { True: 'memory-pressure' },
  DiskPressure: { True: 'disk-pressure' },
  NetworkUnavailable: { True: 'network-unavailable' },
  PIDPressure: { True: 'pid-pressure' },
};

const prefix = 'node.kubernetes.io/';
const unschedulable = `${prefix}unschedulable`;
const own = new Set([
  unschedulable,
  ...Object.values(taintOf).flatMap((byStatus) => Object.values(byStatus).map((name) => prefix + name)),
]);

/**
 * The node's taints as they follow from its conditions and from being cordoned (doNoScheduleTaintingPass); undefined when they are that
 * already. Others' taints, and those that evict, stay as they are.
 */
export function taintsAsTheyFollow(node: Node, now: string): Taint[] | undefined {
  const present = node.spec?.taints ?? [];
  const wanted = new Set(keysOf(node));
  const isOurs = ({ key, effect }: Taint) => effect === 'NoSchedule' && own.has(key);
  const kept = present.filter((taint) => !isOurs(taint) || wanted.has(taint.key));
  const held = new Set(kept.filter(isOurs).map(({ key }) => key));
  const added = [...wanted].filter((key) => !held.has(key));
  if (added.length === 0 && kept.length === present.length) return undefined;
  return [...kept, ...added.map((key) => ({ key, effect: 'NoSchedule', timeAdded: now }))];
}

function keysOf({ spec, status }: Node): string[] {
  const said = (status?.conditions ?? []).flatMap(({ type, status: value }) => {
    const name = taintOf[type]?.[value];
    return name === undefined ? [] : [prefix + name];
  });
  return spec?.unschedulable ? [...said, unschedulable] : said;
}
