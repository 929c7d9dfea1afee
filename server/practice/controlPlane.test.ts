import { mkdtempSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startControlPlane, type ControlPlane } from './controlPlane';
import { defaultPracticeOptions } from './options';

let directory: string;
let cluster: ControlPlane;
const start = () => startControlPlane({ ...defaultPracticeOptions, directory, speed: 20 });

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'practice-'));
  cluster = await start();
});
afterEach(() => cluster.stop());

interface Answer {
  code: number;
  body: { items?: { metadata: { name: string; uid: string } }[]; message?: string };
}

/** A request with a kubeconfig's own address, CA and token, as any client makes it. */
function get(kubeconfig: string, path: string): Promise<Answer> {
  const config = parse(readFileSync(kubeconfig, 'utf8'));
  const { server, 'certificate-authority-data': ca } = config.clusters[0].cluster;
  const agent = new Agent({ ca: Buffer.from(ca, 'base64') });
  return new Promise((resolve, reject) => {
    const headers = { Authorization: `Bearer ${config.users[0].user.token}` };
    request(new URL(path, server), { agent, headers }, (response) => {
      let text = '';
      response.on('data', (part: Buffer) => (text += part.toString()));
      response.on('end', () => {
        agent.destroy();
        resolve({ code: response.statusCode ?? 0, body: JSON.parse(text) as Answer['body'] });
      });
    })
      .on('error', reject)
      .end();
  });
}

const names = (answer: Answer) => (answer.body.items ?? []).map((item) => item.metadata.name);

it('is a cluster with nodes, namespaces and a default class from its first answer on', async () => {
  const ask = (path: string) => get(cluster.userKubeconfig, path);
  expect(names(await ask('/api/v1/nodes'))).toEqual(['node-1', 'node-2']);
  expect(names(await ask('/api/v1/namespaces'))).toEqual(
    expect.arrayContaining(['default', 'kube-system', 'kube-public', 'kube-node-lease', 'student']),
  );
  expect(names(await ask('/apis/storage.k8s.io/v1/storageclasses'))).toEqual(['standard']);
});

it('takes the URL of a very long command line', async () => {
  const labels = `a notin (${'x'.repeat(60)}${',y'.repeat(50_000)})`;
  const path = `/api/v1/nodes?labelSelector=${encodeURIComponent(labels)}`;
  expect(names(await get(cluster.userKubeconfig, path))).toEqual(['node-1', 'node-2']);
});

it('lets the student into one namespace only', async () => {
  const student = join(directory, 'student.kubeconfig');
  expect((await get(student, '/api/v1/namespaces/student/pods')).code).toBe(200);
  expect(await get(student, '/api/v1/namespaces/default/pods')).toMatchObject({
    code: 403,
    body: {
      message:
        'pods is forbidden: User "student" cannot list resource "pods" in API group "" in the namespace "default"',
    },
  });
});

it('is the same cluster after a restart, at the same address', async () => {
  const before = await get(cluster.userKubeconfig, '/api/v1/namespaces');
  const { url } = cluster;
  await cluster.stop();
  cluster = await start();
  expect(cluster.url).toBe(url);
  const after = await get(cluster.userKubeconfig, '/api/v1/namespaces');
  expect(after.body.items?.map((n) => n.metadata.uid)).toEqual(before.body.items?.map((n) => n.metadata.uid));
});
