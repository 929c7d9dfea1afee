import { createSocket } from 'node:dgram';
import { WebSocket } from 'ws';
import { resourcePath } from '../../../lib/kubernetes/resources';
import { readKubeconfig } from '../../kubeconfig';
import type { Api } from '../api';
import type { JsonObject } from '../json';

/** One message to a cluster's DNS server, and the one that comes back. Rejects when none does. */
export type Exchange = (message: Buffer) => Promise<Buffer>;

const patienceMs = 10_000;

/** To a server on this machine, as a datagram. */
export function overUdp(host: string, port: number): Exchange {
  return (message) =>
    new Promise((done, failed) => {
      const socket = createSocket('udp4');
      const patience = setTimeout(() => socket.emit('error', new Error('the DNS server says nothing')), patienceMs);
      const end = (settle: () => void) => {
        clearTimeout(patience);
        socket.close();
        settle();
      };
      socket.once('message', (reply) => end(() => done(reply)));
      socket.once('error', (error) => end(() => failed(error)));
      socket.send(message, port, host);
    });
}

/** To the cluster's own server in its pod: by TCP (the length in two bytes first), through the API's port-forward. Waits for the pod. */
export async function throughApi(kubeconfig: string, api: Api): Promise<Exchange> {
  const { server, tls, headers } = readKubeconfig(kubeconfig);
  const path = `${resourcePath('pods', 'kube-system', await dnsPod(api), 'portforward')}?ports=53`;
  return (message) =>
    new Promise((done, failed) => {
      const socket = new WebSocket(new URL(path, server), 'v4.channel.k8s.io', { ...tls, headers });
      const channels = [Buffer.alloc(0), Buffer.alloc(0)];
      socket.on('open', () => socket.send(Buffer.concat([Buffer.of(0), framed(message)])));
      socket.on('message', (data: Buffer) => {
        const channel = data[0] ?? 0;
        channels[channel] = Buffer.concat([channels[channel] ?? Buffer.alloc(0), data.subarray(1)]);
        // Each channel begins with the port's number, in two bytes.
        const [reply, problem] = channels.map((bytes) => bytes.subarray(2));
        if (problem && problem.length > 0) failed(new Error(problem.toString()));
        else if (reply && reply.length >= 2 && reply.length >= 2 + reply.readUInt16BE(0)) done(reply.subarray(2));
        else return;
        socket.close();
      });
      socket.on('error', failed);
      socket.on('close', () => failed(new Error('the connection to the DNS server was closed')));
    });
}

function framed(message: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}

async function dnsPod(api: Api): Promise<string> {
  const path = `${resourcePath('pods', 'kube-system')}?labelSelector=${encodeURIComponent('k8s-app=kube-dns')}`;
  for (;;) {
    const { items } = await api.must('GET', path);
    const ready = (items as JsonObject[]).find(({ status }) =>
      ((status as JsonObject).conditions as JsonObject[] | undefined)?.some(
        ({ type, status: is }) => type === 'Ready' && is === 'True',
      ),
    );
    if (ready) return String((ready.metadata as JsonObject).name);
    await new Promise((done) => setTimeout(done, 200));
  }
}
