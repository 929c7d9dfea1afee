import { afterEach, expect, it } from 'vitest';
import { Bench } from '../testing/bench';

const bench = new Bench();
afterEach(() => bench.close());

it('agnhost nettest remembers who wrote to it', async () => {
  const image = 'registry.k8s.io/e2e-test-images/agnhost:2.63.0';
  const { ip } = await bench.pod('server', { image, args: ['nettest'] });
  const client = await bench.pod('tester', { image: 'busybox', command: ['sleep', '600'] });
  const post = (data: string) => client.run(['wget', '-q', '-O-', `--post-data=${data}`, `http://${ip}:8080/write`]);
  expect((await post('{"Source": "prestop"}')).stdout).toBe('{"Hostname":"server"}\n');
  await post('{"Source": "prestop"}');
  await post('nothing');
  const { stdout } = await client.run(['wget', '-q', '-O-', `http://${ip}:8080/read`]);
  expect(JSON.parse(stdout)).toMatchObject({
    Received: { prestop: 2 },
    Sent: null,
    Errors: ['server: Got request with no source'],
  });
  expect((await client.run(['wget', '-q', '-O-', `http://${ip}:8080/status`])).stdout).toBe('running');
});
