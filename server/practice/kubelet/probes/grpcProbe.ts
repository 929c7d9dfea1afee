import type { Duplex } from 'node:stream';
import { checkHealth, GrpcError } from '../../network/grpcHealth';
import type { Connect, ProbeResult } from './httpProbe';

/** Asks grpc.health.v1.Health as the kubelet does (pkg/probe/grpc); the time-out is the caller's: it aborts `signal`. */
export async function probeGrpc(
  port: number,
  service: string,
  ip: string,
  connect: Connect,
  signal: AbortSignal,
  timeout: string,
): Promise<ProbeResult> {
  const address = `${ip}:${port}`;
  const failed = (output: string) => ({ succeeded: false, output });
  const unreached = failed(
    `timeout: failed to connect service "${address}" within ${timeout}: context deadline exceeded`,
  );
  let socket: Duplex;
  try {
    socket = await connect(port);
  } catch {
    // Upstream tries again until the time is over, and then says the same.
    return unreached;
  }
  const end = () => socket.destroy();
  signal.addEventListener('abort', end, { once: true });
  try {
    const status = await checkHealth(socket, address, service);
    return status === 'SERVING'
      ? { succeeded: true, output: 'service healthy' }
      : failed(`service unhealthy (responded with "${status}")`);
  } catch (error) {
    if (!(error instanceof GrpcError)) throw error;
    if (signal.aborted) return failed(`timeout: health rpc did not complete within ${timeout}`);
    if (!error.isUnimplemented) return failed(`error: health rpc probe failed: ${error.message}`);
    const protocol = 'the grpc health protocol (grpc.health.v1.Health)';
    return failed(`error: this server does not implement ${protocol}: ${error.detail}`);
  } finally {
    signal.removeEventListener('abort', end);
    socket.destroy();
  }
}
