import { afterEach, describe, expect, it } from 'vitest';
import { Bench } from '../../programs/testing/bench';
import { probeGrpc } from './grpcProbe';

const bench = new Bench();
afterEach(() => bench.close());
let count = 0;

async function server(...args: string[]) {
  const image = 'registry.k8s.io/e2e-test-images/agnhost:2.63.0';
  const { ip } = await bench.pod(`grpc-${++count}`, { image, args: ['grpc-health-checking', ...args] });
  const connect = (port: number) => bench.network.connect(ip, port);
  const ask = (service = '', port = 5000) => probeGrpc(port, service, ip, connect, new AbortController().signal, '1s');
  return { ip, ask };
}

describe('a gRPC probe', () => {
  it('asks the health service, and believes it', async () => {
    const { ask } = await server('--delay-unhealthy-sec=10');
    expect(await ask()).toEqual({ succeeded: true, output: 'service healthy' });
    await bench.clock.advance(10_000);
    expect(await ask()).toEqual({ succeeded: false, output: 'service unhealthy (responded with "NOT_SERVING")' });
  });

  it('names the service it means', async () => {
    const { ask } = await server('--service=db');
    expect((await ask('db')).succeeded).toBe(true);
    expect((await ask('web')).output).toBe(
      'error: health rpc probe failed: rpc error: code = NotFound desc = unknown service',
    );
  });

  it('fails where nobody speaks gRPC', async () => {
    const { ip, ask } = await server();
    expect((await ask('', 8080)).output).toMatch(
      /^error: health rpc probe failed: rpc error: code = Unavailable desc = /,
    );
    const refused = `timeout: failed to connect service "${ip}:81" within 1s: context deadline exceeded`;
    expect(await ask('', 81)).toEqual({ succeeded: false, output: refused });
  });
});
