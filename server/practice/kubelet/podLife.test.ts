import { describe, expect, it } from 'vitest';
import { isPodReady, podCondition } from '../../../lib/kubernetes/pod';
import { TestCluster } from './testing/testCluster';

// A real API adds one more line before a pod goes: it stores the grace period of 0 first.
describe('a pod from creation to its end', () => {
  it('goes through the states of a real one', async () => {
    const cluster = new TestCluster();
    await cluster.advance(1000);
    await cluster.run();
    await cluster.advance(3000);
    expect(cluster.rows).toEqual([
      'web-0 0/1 Pending',
      'web-0 0/1 Pending',
      'web-0 0/1 ContainerCreating',
      'web-0 0/1 ContainerCreating',
      'web-0 1/1 Running',
    ]);
    const pod = cluster.pod();
    expect(isPodReady(pod)).toBe(true);
    expect(pod.status).toMatchObject({ phase: 'Running', podIP: '10.244.0.2', hostIP: '192.168.49.2' });
    expect(podCondition(pod, 'PodScheduled')?.status).toBe('True');
    expect(cluster.events()).toEqual([
      'Normal Scheduled Successfully assigned default/web-0 to node-1',
      'Normal Pulling Pulling image "nginx"',
      expect.stringMatching(
        /^Normal Pulled Successfully pulled image "nginx" in \d+ms \(\d+ms including waiting\)\. Image size: 1000000 bytes\.$/,
      ),
      'Normal Created Container created',
      'Normal Started Container started',
    ]);
  });

  it('is deleted in the states of a real one', async () => {
    const cluster = new TestCluster();
    await cluster.run();
    await cluster.advance(5000);
    cluster.rows.length = 0;
    await cluster.api.delete('pods', 'web-0', 'default');
    await cluster.advance(3000);
    expect(cluster.rows).toEqual([
      'web-0 1/1 Terminating',
      'web-0 1/1 Terminating',
      'web-0 0/1 Completed',
      'web-0 0/1 Completed',
    ]);
    expect(cluster.api.peek('pods', 'web-0', 'default')).toBeUndefined();
    expect(cluster.events()).toContain('Normal Killing Stopping container nginx');
    expect(cluster.runtime.sandboxes[0]?.isRemoved).toBe(true);
  });

  it('takes the whole grace period when it ignores SIGTERM, and ends in Error', async () => {
    const cluster = new TestCluster();
    cluster.runtime.behaviours.nginx = { onTerm: 'ignored' };
    await cluster.run();
    await cluster.advance(5000);
    cluster.rows.length = 0;
    await cluster.api.delete('pods', 'web-0', 'default');
    await cluster.advance(29_900);
    expect(cluster.rows).toEqual(['web-0 1/1 Terminating', 'web-0 1/1 Terminating']);
    await cluster.advance(3000);
    expect(cluster.rows.slice(2)).toEqual(['web-0 0/1 Error', 'web-0 0/1 Error']);
    expect(cluster.runtime.containers[0]?.signals).toEqual(['SIGTERM', 'SIGKILL']);
  });
});
