import { hasGo } from '../goPrograms.mjs';
import { onCluster, testSpeed } from './cluster.mjs';
import { fill } from './sets.mjs';

const nodes = 2;

/**
 * One Parallel set of so many pods, from apply to all Ready, in seconds: on the practice cluster at its default pace and at test speed,
 * and on a real cluster where Go is there to build one (else undefined). The same requests to each.
 */
export async function sideBySide(replicas) {
  const timed = ({ client }) => fill(client, 'default', 1, replicas);
  return {
    atDefaultPace: await onCluster([`--nodes=${nodes}`], timed),
    atTestSpeed: await onCluster([`--nodes=${nodes}`, `--speed=${testSpeed}`], timed),
    real: hasGo() ? await (await import('./realCluster.mjs')).onRealCluster(nodes, timed) : undefined,
  };
}
