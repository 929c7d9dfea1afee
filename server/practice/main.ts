import { systemClock } from './clock';
import { practiceUsage, parsePracticeOptions, UsageError, type PracticeOptions } from './options';
import type { ReadyMessage } from './clusterProcess';
import { startControlPlane, type ControlPlane } from './controlPlane';
import { keepHeapSmall } from './heap';
import { FolderInUseError } from './lock';

/**
 * The practice cluster's process. Started by the dashboard it reports by message when it serves, and ends when the dashboard goes; by
 * itself (`npm run practice`) it prints where it is and runs until it is told to end.
 */
async function main(): Promise<void> {
  const options = parsePracticeOptions(process.argv.slice(2), process.env);
  if (!options) return void process.stdout.write(`${practiceUsage}\n`);
  keepHeapSmall(systemClock);
  const starting = startControlPlane(options);
  endInOrder(starting);
  report(await starting, options);
}

function report(cluster: ControlPlane, options: PracticeOptions): void {
  const { url, kubeconfig, userKubeconfig } = cluster;
  if (process.send) {
    if (!process.connected) return;
    const message: ReadyMessage = { ready: { url, kubeconfig, userKubeconfig } };
    process.send(message);
    return;
  }
  process.stdout.write(
    `The practice cluster answers at ${url} (${options.nodes} nodes, speed ${options.speed}).\n\n` +
      `  export KUBECONFIG=${userKubeconfig}\n\nCtrl-C ends it; what is in it is kept in ${options.directory}.\n`,
  );
}

/** From the very beginning: who is told to end, or is left alone, while it starts would otherwise never hear of it. */
function endInOrder(starting: Promise<ControlPlane>): void {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    void starting
      .then((cluster) => cluster.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  // The dashboard's process is gone, in whatever way: nobody is left to use or to end this one.
  process.on('disconnect', end);
}

main().catch((error: unknown) => {
  const isOurs = error instanceof UsageError || error instanceof FolderInUseError;
  const text = isOurs ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`ordinal practice: ${text}\n`);
  process.exit(1);
});
