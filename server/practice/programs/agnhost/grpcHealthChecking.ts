import { serveHealth } from '../../network/grpcHealth';
import { serveHttp } from '../../network/httpServer';
import type { Process } from '../../process/program';
import { Flags, forever, log } from './flags';

/** `agnhost grpc-health-checking`: healthy for as long as it is told, and by what it is told over HTTP. No TLS. */
export async function grpcHealthChecking(process: Process, args: readonly string[]): Promise<number> {
  const flags = new Flags(args);
  const [port, httpPort] = [flags.number('port', 5000), flags.number('http-port', 8080)];
  const [delay, service] = [flags.number('delay-unhealthy-sec', -1), flags.text('service')];
  const { clock, network } = process;
  const startedAt = clock.now();
  const seconds = () => (clock.now() - startedAt) / 1000;
  let isForced: boolean | undefined;
  serveHttp(network, httpPort, async ({ url }) => {
    if (url !== '/make-serving' && url !== '/make-not-serving') return { status: 404, body: '404 page not found\n' };
    isForced = url === '/make-not-serving';
    await log(process, `Mark as ${isForced ? 'unhealthy' : 'healthy'}`);
    return { status: 200, body: `${seconds()}s` };
  });
  await log(process, `Http server starting to listen on :${httpPort}`);
  serveHealth(network, port, (asked) => {
    if (asked !== service) return undefined;
    return isForced || (delay >= 0 && seconds() >= delay) ? 'NOT_SERVING' : 'SERVING';
  });
  await log(process, `gRPC server starting to listen on :${port}`);
  return forever(process);
}
