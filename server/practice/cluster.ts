import { resolve } from 'node:path';
import { systemClock } from './clock';
import { startClusterProcess, type ReadyCluster } from './clusterProcess';
import { keepRunning } from './keepRunning';
import { defaultPracticeOptions, type PracticeOptions } from './options';

export type { PracticeOptions } from './options';

/** A running practice cluster, as the dashboard knows it: an address and kubeconfigs, like any other cluster. */
export interface PracticeCluster extends ReadyCluster {
  /** Ends it in order; resolves when its process is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a practice cluster in a process of its own and resolves when its API answers. Rejects with the reason when it does not
 * come up; its own words are on stderr. From then on it is kept: should its process end, it is started again at the same address, with
 * what it had on disk. `tell` gets a sentence about each such end.
 */
export async function startPracticeCluster(
  options: Partial<PracticeOptions> & { directory: string },
  tell: (message: string) => void,
): Promise<PracticeCluster> {
  const all = { ...defaultPracticeOptions, ...options, directory: resolve(options.directory) };
  const first = startClusterProcess(all);
  const ready = await first.ready;
  // Whoever knows the cluster by its address, the dashboard and every open terminal, finds it there again.
  const again = { ...all, fresh: false, apiPort: Number(new URL(ready.url).port) };
  const kept = keepRunning(first, () => startClusterProcess(again), { clock: systemClock, tell });
  return { ...ready, stop: () => kept.stop() };
}
