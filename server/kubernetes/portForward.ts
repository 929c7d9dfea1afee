import { Duplex } from 'node:stream';
import type WebSocket from 'ws';
import { resourcePath } from '../../lib/kubernetes/resources';
import type { Access } from './kubeconfig';
import { bytesOf, openWebSocket } from './webSocket';

/**
 * A TCP connection to a port of a pod, through the API server, over the WebSocket sub-protocol `v4.channel.k8s.io`: for the
 * one port asked for, channel 0 carries bytes and channel 1 an error's text, and each begins with the port number in two
 * bytes (k8s.io/kubelet/pkg/cri/streaming/portforward/websocket.go).
 */
export async function portForward(access: Access, namespace: string, pod: string, port: number): Promise<Duplex> {
  const path = `${resourcePath('pods', namespace, pod, 'portforward')}?ports=${port}`;
  const opened = await openWebSocket(access, path, 'v4.channel.k8s.io', (socket) => new ForwardedPort(socket));
  return opened.attached;
}

class ForwardedPort extends Duplex {
  private readonly announced = new Set<number>();

  constructor(private readonly socket: WebSocket) {
    super();
    // A handshake that is refused is told by `portForward`; nobody listens to us yet, and an unheard error would end the process.
    this.on('error', () => undefined);
    socket.on('message', (data: WebSocket.RawData) => this.received(bytesOf(data)));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.push(null));
  }

  override _read(): void {
    // What arrives is pushed as it comes: answers of a DNS server are small.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.socket.send(Buffer.concat([Buffer.from([0]), chunk]), (error) => done(error ?? null));
  }

  override _final(done: () => void): void {
    this.socket.close();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.socket.terminate();
    done(error);
  }

  private received(message: Buffer): void {
    const channel = message[0];
    if (channel === undefined) return;
    const isAnnouncement = !this.announced.has(channel);
    this.announced.add(channel);
    const body = message.subarray(isAnnouncement ? 3 : 1);
    if (body.length === 0) return;
    if (channel === 0) this.push(body);
    else this.destroy(new Error(body.toString('utf8')));
  }
}
