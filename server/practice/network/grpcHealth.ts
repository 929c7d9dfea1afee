import { connect, constants, createServer } from 'node:http2';
import type { ClientHttp2Session, IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { Listener, PodNetwork } from './network';

/** The one gRPC service that Kubernetes speaks: grpc.health.v1.Health/Check, over Node's own HTTP/2 and the network's streams. */
export type HealthStatus = 'UNKNOWN' | 'SERVING' | 'NOT_SERVING' | 'SERVICE_UNKNOWN';

const statuses: readonly HealthStatus[] = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'];
const path = '/grpc.health.v1.Health/Check';
/** Codes of gRPC (google.golang.org/grpc/codes), and their names as its errors print them. */
const codeNames: Readonly<Record<number, string>> = {
  2: 'Unknown',
  5: 'NotFound',
  12: 'Unimplemented',
  14: 'Unavailable',
};
const [notFound, unimplemented, unavailable] = [5, 12, 14];

export class GrpcError extends Error {
  constructor(
    readonly code: number,
    readonly detail: string,
  ) {
    super(`rpc error: code = ${codeNames[code] ?? `Code(${code})`} desc = ${detail}`);
    this.name = 'GrpcError';
  }

  get isUnimplemented(): boolean {
    return this.code === unimplemented;
  }
}

/** Asks over a stream that is open. Rejects with `GrpcError`; the caller ends what takes too long by destroying the stream. */
export function checkHealth(socket: Duplex, authority: string, service: string): Promise<HealthStatus> {
  return new Promise((resolve, reject) => {
    const session: ClientHttp2Session = connect(`http://${authority}`, { createConnection: () => socket });
    const fail = (error: Error) => {
      session.destroy();
      reject(error instanceof GrpcError ? error : new GrpcError(unavailable, error.message));
    };
    session.on('error', fail);
    session.on('close', () => fail(new Error('the connection is closing')));
    const call = session.request({
      [constants.HTTP2_HEADER_METHOD]: 'POST',
      [constants.HTTP2_HEADER_PATH]: path,
      'content-type': 'application/grpc',
      'user-agent': 'kube-probe/1.36',
      te: 'trailers',
    });
    const parts: Buffer[] = [];
    const ended = (headers: IncomingHttpHeaders) => {
      const code = Number(headers['grpc-status'] ?? NaN);
      if (code > 0) fail(new GrpcError(code, decodeURIComponent(String(headers['grpc-message'] ?? ''))));
    };
    call.on('error', fail);
    call.on('response', ended);
    call.on('trailers', ended);
    call.on('data', (part: Buffer) => parts.push(part));
    call.on('end', () => {
      resolve(statusIn(Buffer.concat(parts)));
      session.close();
    });
    call.end(
      framed(
        service === '' ? Buffer.alloc(0) : Buffer.concat([Buffer.from([0x0a, service.length]), Buffer.from(service)]),
      ),
    );
  });
}

/** Answers for the service that `statusOf` knows; undefined where it does not know it. */
export function serveHealth(
  network: PodNetwork,
  port: number,
  statusOf: (service: string) => HealthStatus | undefined,
): Listener {
  const server = createServer();
  server.on('stream', (stream, headers) => void answer(stream, headers, statusOf));
  server.on('sessionError', () => {});
  return network.listen(port, (socket) => void server.emit('connection', socket));
}

async function answer(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  statusOf: (service: string) => HealthStatus | undefined,
): Promise<void> {
  const parts: Buffer[] = [];
  stream.on('error', () => stream.destroy());
  for await (const part of stream) parts.push(part as Buffer);
  const grpc = { ':status': 200, 'content-type': 'application/grpc' };
  const refuse = (code: number, why: string) =>
    stream.respond({ ...grpc, 'grpc-status': String(code), 'grpc-message': why }, { endStream: true });
  if (headers[constants.HTTP2_HEADER_PATH] !== path)
    return refuse(unimplemented, `unknown method ${String(headers[constants.HTTP2_HEADER_PATH])}`);
  const status = statusOf(serviceIn(Buffer.concat(parts)));
  if (!status) return refuse(notFound, 'unknown service');
  stream.respond(grpc, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(framed(Buffer.from(status === 'UNKNOWN' ? [] : [0x08, statuses.indexOf(status)])));
}

/** A flag for compression, a length, and the message. */
function framed(message: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

function serviceIn(frame: Buffer): string {
  const message = frame.subarray(5);
  return message[0] === 0x0a ? message.subarray(2, 2 + (message[1] ?? 0)).toString() : '';
}

function statusIn(frame: Buffer): HealthStatus {
  const message = frame.subarray(5);
  return (message[0] === 0x08 ? statuses[message[1] ?? 0] : undefined) ?? 'UNKNOWN';
}
