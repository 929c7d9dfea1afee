/** Why one node will not do. */
export interface Refusal {
  reasons: string[];
  /** Preempting other pods would not help. */
  isFinal: boolean;
  /** What might let the pod fit, besides a change of the nodes (upstream's queueing hints). */
  helpedBy: readonly Change[];
}

/** What happens in a cluster that may let a waiting pod fit. `claim:NAMESPACE/NAME` is a change of one claim. */
export type Change = 'node' | 'podGone' | 'podPlaced' | 'volume' | 'class' | `claim:${string}`;

export type Misfit = { total: number; everyNode: string } | { total: number; refusals: Refusal[] };

/**
 * `0/2 nodes are available: …` (pkg/scheduler/framework FitError): reasons counted, sorted as text and joined, then what
 * the plugins that look for a way out have to say. A pod that no node was even asked for ends in a bare `not found`, as
 * v1.36.3 prints it. Preemption itself is not simulated: where upstream would look for victims of a lower priority,
 * there are none.
 */
export function fitErrorMessage(misfit: Misfit): string {
  const { total } = misfit;
  if ('everyNode' in misfit) return `${available(total)} ${misfit.everyNode}. not found`;
  const reasons = histogram(misfit.refusals.flatMap(({ reasons: all }) => all));
  const final = misfit.refusals.filter(({ isFinal }) => isFinal).length;
  return `${available(total)} ${reasons}. ${suffix(total, final)}`;
}

function suffix(total: number, final: number): string {
  const found = histogram([
    ...Array<string>(total - final).fill('No preemption victims found for incoming pod'),
    ...Array<string>(final).fill('Preemption is not helpful for scheduling'),
  ]);
  return `no new claims to deallocate, preemption: ${available(total)} ${found}.`;
}

function available(total: number): string {
  return `0/${total} nodes are available:`;
}

function histogram(reasons: string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .join(', ');
}
