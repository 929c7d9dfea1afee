import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Api } from '../../parity/api';
import { serveNode, type ServedNode } from '../../parity/servedNode';
import { kubectlPath, startCluster, type TestCluster } from '../cluster';
import { newestMinor } from '../sessionText';
import { bodyOf } from './body';
import { subjects } from './kinds';
import { Stage } from './play';
import { notPlayed, verbs, whyNotDone } from './subject';
import { transcriptsTable, writtenTable } from './table';
import { readTranscript } from './transcript';

const version = spawnSync(kubectlPath, ['version', '--client', '-o', 'json'], { encoding: 'utf8' }).stdout;
const isRecorded = version.includes(`"minor": "${newestMinor}"`);

/**
 * Every verb on every kind prints on a practice cluster what was recorded on a real control plane. Recorded with the newest kubectl alone:
 * what an older one prints otherwise is its own doing, and in the sessions beside this.
 */
describe.runIf(isRecorded)('as on a real control plane', () => {
  let cluster: TestCluster;
  let api: Api;
  let node: ServedNode;

  beforeAll(async () => {
    cluster = await startCluster('--nodes=1', '--speed=10');
    api = connect(cluster.kubeconfig);
    node = await serveNode(api);
  });
  afterAll(async () => {
    await node?.stop();
    api?.close();
    await cluster?.stop();
  });

  describe.each(subjects)('$resource', (subject) => {
    const { resource } = subject;
    const parts = readTranscript(resource)?.parts ?? [];
    let stage: Stage;

    beforeAll(async () => void (stage = await Stage.open(subject, cluster.kubeconfig, kubectlPath)));
    afterAll(() => stage?.close());

    it.each(bodyOf(subject))('$verb', async (scene) => {
      const steps = parts.find(({ title }) => title === scene.verb)?.steps ?? [];
      const asked = steps.map(({ command }) => command);
      expect(asked, `record it: node scripts/transcripts-record.mjs ${resource}`).toEqual(scene.commands);
      for (const [i, { command, printed }] of (await stage.play(scene)).entries())
        expect.soft(printed, `$ ${command}`).toBe(steps[i]?.expected);
    });
  });

  it('knows every kind that is served', async () => {
    const { stdout } = await cluster.kubectl('api-resources', '-o', 'name');
    const served = stdout
      .trim()
      .split('\n')
      .map((name) => name.split('.')[0]);
    const known = [...subjects.map(({ resource }) => resource), ...Object.keys(notPlayed)];
    expect(served.filter((resource) => !known.includes(resource ?? ''))).toEqual([]);
  });

  it('has done everything with each, or says why not', () => {
    const missing = subjects.flatMap((subject) => {
      const done = readTranscript(subject.resource)?.parts.map(({ title }) => title) ?? [];
      const expected = verbs.filter((verb) => !whyNotDone(subject, verb));
      return expected.filter((verb) => !done.includes(verb)).map((verb) => `${verb} ${subject.resource}`);
    });
    expect(missing).toEqual([]);
  });

  it('is told in docs/practice-cluster.md', () => expect(writtenTable()).toBe(transcriptsTable().join('\n')));
});
