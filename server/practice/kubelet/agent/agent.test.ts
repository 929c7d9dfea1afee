import { describe, expect, it } from 'vitest';
import type { LogOptions } from '../nodeAgent';
import { TestCluster } from '../testing/testCluster';

function refOf(cluster: TestCluster, name = 'web-0') {
  const { uid = '' } = cluster.pod(name).metadata;
  return { namespace: 'default', name, uid };
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += Buffer.from(chunk).toString('utf8');
  return text;
}

describe('logs', () => {
  async function running(): Promise<TestCluster> {
    const cluster = new TestCluster();
    await cluster.run();
    await cluster.advance(3000);
    const container = cluster.container();
    container.print('one');
    await cluster.advance(10_000);
    container.print('two', 'stderr');
    container.print('three');
    return cluster;
  }

  it.each<[Partial<LogOptions>, string]>([
    [{}, 'one\ntwo\nthree\n'],
    [{ tailLines: 2 }, 'two\nthree\n'],
    [{ tailLines: 0 }, ''],
    [{ sinceSeconds: 5 }, 'two\nthree\n'],
    [{ sinceTime: '2026-01-01T00:00:10Z' }, 'two\nthree\n'],
    [{ limitBytes: 5 }, 'one\nt'],
    [{ stream: 'Stderr' }, 'two\n'],
    [{ timestamps: true, tailLines: 1 }, '2026-01-01T00:00:13.000000000Z three\n'],
  ])('%j', async (options, text) => {
    const cluster = await running();
    expect(await textOf(cluster.kubelets.agent.logs(refOf(cluster), { container: 'nginx', ...options }))).toBe(text);
  });

  it('follow until the container ends', async () => {
    const cluster = await running();
    const options = { container: 'nginx', follow: true, tailLines: 1 };
    const text = textOf(cluster.kubelets.agent.logs(refOf(cluster), options));
    await cluster.advance(1000);
    cluster.container().print('four');
    await cluster.advance(1000);
    cluster.container().print('bye');
    cluster.container().exit(0);
    await cluster.advance(100);
    expect(await text).toBe('three\nfour\nbye\n');
  });

  it('of the run before', async () => {
    const cluster = await running();
    const agent = cluster.kubelets.agent;
    const previous = { container: 'nginx', previous: true };
    expect(() => agent.logs(refOf(cluster), previous)).toThrow(
      'previous terminated container "nginx" in pod "web-0" not found',
    );
    cluster.container().exit(1);
    await cluster.advance(3000);
    expect(await textOf(agent.logs(refOf(cluster), previous))).toBe('one\ntwo\nthree\n');
    expect(await textOf(agent.logs(refOf(cluster), { container: 'nginx' }))).toBe('');
  });

  it.each([
    ['ContainerCreating', { volumes: [{ name: 'v', secret: { secretName: 'gone' } }] }, 'ContainerCreating'],
    ['PodInitializing', { initContainers: [{ name: 'i', image: 'i' }] }, 'PodInitializing'],
    ['a failed pull', { containers: [{ name: 'nginx', image: 'nope' }] }, 'trying and failing to pull image'],
    ['a bad name', { containers: [{ name: 'nginx', image: 'Bad Image' }] }, 'InvalidImageName'],
  ])('say what a container waits for: %s', async (_what, spec, why) => {
    const cluster = new TestCluster();
    cluster.runtime.behaviours.nope = { pullError: 'no such image' };
    await cluster.run(spec);
    await cluster.advance(5000);
    expect(() => cluster.kubelets.agent.logs(refOf(cluster), { container: 'nginx' })).toThrow(
      `container "nginx" in pod "web-0" is waiting to start: ${why}`,
    );
  });

  it('of a container whose program is not there are empty', async () => {
    const cluster = new TestCluster();
    cluster.runtime.behaviours.broken = { startError: 'exec: "nothing": executable file not found in $PATH' };
    await cluster.run({ restartPolicy: 'Never', containers: [{ name: 'nginx', image: 'broken' }] });
    await cluster.advance(5000);
    expect(cluster.pod().status.containerStatuses?.[0]?.state?.terminated?.reason).toBe('StartError');
    expect(await textOf(cluster.kubelets.agent.logs(refOf(cluster), { container: 'nginx' }))).toBe('');
  });

  it('of a finished pod are still there, of one before a reboot are not', async () => {
    const before = new TestCluster();
    await before.run({ restartPolicy: 'Never' });
    await before.advance(3000);
    before.container().print('result');
    before.container().exit(0);
    await before.advance(3000);
    expect(await textOf(before.kubelets.agent.logs(refOf(before), { container: 'nginx' }))).toBe('result\n');
    const cluster = before.reboot();
    await cluster.advance(3000);
    expect(await textOf(cluster.kubelets.agent.logs(refOf(cluster), { container: 'nginx' }))).toMatch(
      /^unable to retrieve container logs for containerd:/,
    );
  });
});

describe('streams', () => {
  it('exec reaches the running container only', async () => {
    const cluster = new TestCluster();
    await cluster.run();
    await cluster.advance(3000);
    const { agent } = cluster.kubelets;
    const options = { container: 'nginx', argv: ['true'], stdin: false, tty: false };
    expect(await (await agent.exec(refOf(cluster), options)).exited).toEqual({ code: 0 });
    await expect(agent.exec(refOf(cluster), { ...options, container: 'x' })).rejects.toThrow(
      'container x is not valid for pod web-0',
    );
    await expect(agent.exec({ namespace: 'default', name: 'a', uid: 'b' }, options)).rejects.toThrow(
      'pod a does not have a host assigned',
    );
    cluster.container().exit(0);
    await cluster.advance(10);
    await expect(agent.exec(refOf(cluster), options)).rejects.toThrow('container not found ("nginx")');
  });
});
