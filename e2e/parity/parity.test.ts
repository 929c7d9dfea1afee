import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RestartableCluster } from '../kubectl/restartable';
import { connect, type Api } from './api';
import { throughApi, type Exchange } from './dns/exchange';
import { readRecording } from './recordings';
import { scenarios } from './scenarios';
import { serveNode, type ServedNode } from './servedNode';
import { play } from './trial';

/** Every scenario on a practice cluster looks as it was recorded on a real control plane. */
describe('as on a real control plane', () => {
  const cluster = new RestartableCluster(['--nodes=1', '--speed=10']);
  let api: Api;
  let node: ServedNode;
  let dns: Exchange;

  beforeAll(async () => {
    await cluster.start();
    // Once more: a cluster that has lived no longer knows what its first revisions were.
    await cluster.kill();
    await cluster.start();
    api = connect(cluster.kubeconfig);
    // Before a node is served: its neighbour, where the DNS server runs, takes no pods then.
    dns = await throughApi(cluster.kubeconfig, api);
    node = await serveNode(api);
  }, 60_000);

  afterAll(async () => {
    await node?.stop();
    api?.close();
    await cluster.remove();
  });

  it.concurrent.for(scenarios.map((scenario) => ({ name: scenario.name, scenario })))(
    '$name',
    { timeout: 120_000 },
    async ({ name, scenario }) => {
      const { serverVersion, ...recorded } = readRecording(name);
      expect(await play(scenario, { api, node, dns }), `recorded on ${serverVersion}`).toEqual(recorded);
    },
  );
});
