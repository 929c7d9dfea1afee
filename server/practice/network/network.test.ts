import type { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ManualClock, settle } from '../clock';
import { seededIds } from '../ids';
import { createClusterNetwork } from './clusterNetwork';
import type { PodAddress } from './network';
import type { Route } from './serviceRouting';
import { chunksOf } from './streams';

function address(ip: string): PodAddress {
  return { ip, hostname: 'pod', resolver: { nameservers: ['10.96.0.10'], searches: [], ndots: 5 }, hosts: new Map() };
}

function build(routes: Record<string, Route> = {}) {
  const clock = new ManualClock();
  const services = { route: (ip: string, port: number): Route => routes[`${ip}:${port}`] ?? { kind: 'none' } };
  const network = createClusterNetwork({ clock, ids: seededIds(1), services: () => services });
  return { clock, network };
}

async function text(stream: Duplex): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of chunksOf(stream)) parts.push(part);
  return Buffer.concat(parts).toString();
}

describe('TCP', () => {
  it('carries bytes both ways and ends each way apart', async () => {
    const { network } = build();
    const server = network.attach(address('10.0.0.2'));
    const client = network.attach(address('10.0.0.3'));
    server.listen(80, (socket) => void text(socket).then((got) => socket.end(`got ${got}`)));
    const socket = await client.connect('10.0.0.2', 80);
    socket.end('hello');
    expect(await text(socket)).toBe('got hello');
  });

  it('tells the server who connects', async () => {
    const { network } = build();
    const server = network.attach(address('10.0.0.2'));
    const peers: string[] = [];
    server.listen(80, (_socket, peer) => peers.push(peer.ip));
    await network.attach(address('10.0.0.3')).connect('10.0.0.2', 80);
    await network.connect('10.0.0.2', 80);
    expect(peers).toEqual(['10.0.0.3', '10.0.0.1']);
  });

  it.each(['127.0.0.1', 'localhost'])('reaches the pod itself by %s', async (ip) => {
    const { network } = build();
    const pod = network.attach(address('10.0.0.2'));
    pod.listen(80, (socket) => socket.end('me'));
    expect(await text(await pod.connect(ip, 80))).toBe('me');
  });

  it('lets pods on the network of a node share its ports', async () => {
    const { network } = build({ '10.0.0.1:81': { kind: 'node' } });
    const first = network.attach(address('10.0.0.1'));
    const second = network.attach(address('10.0.0.1'));
    first.listen(80, (socket) => socket.end('first'));
    expect(() => second.listen(80, () => {})).toThrow(expect.objectContaining({ code: 'EADDRINUSE' }));
    expect(await text(await second.connect('127.0.0.1', 80))).toBe('first');
    await expect(second.connect('10.0.0.1', 81)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    first.detach();
    second.listen(80, (socket) => socket.end('second'));
    expect(await text(await network.attach(address('10.0.0.2')).connect('10.0.0.1', 80))).toBe('second');
  });

  it('refuses where nobody listens', async () => {
    const { network } = build();
    const pod = network.attach(address('10.0.0.2'));
    await expect(pod.connect('10.0.0.2', 81)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('finds no host at an address nobody has, after the neighbour time-out', async () => {
    const { network, clock } = build();
    const failed = expect(network.attach(address('10.0.0.2')).connect('10.0.0.9', 80)).rejects.toMatchObject({
      code: 'EHOSTUNREACH',
    });
    await clock.advance(3000);
    await failed;
  });

  it.each([
    [{ kind: 'endpoint', ip: '10.0.0.2', port: 8080 } as const, 'ok', 0],
    [{ kind: 'refused' } as const, 'ECONNREFUSED', 0],
    [{ kind: 'silent' } as const, 'ETIMEDOUT', 1000],
  ])('follows a Service: %o', async (route, outcome, wait) => {
    const { network, clock } = build({ '10.96.0.1:80': route });
    network.attach(address('10.0.0.2')).listen(8080, (socket) => socket.end('ok'));
    const got = network
      .attach(address('10.0.0.3'))
      .connect('10.96.0.1', 80, { timeoutMs: 1000 })
      .then(text, (error: { code: string }) => error.code);
    await clock.advance(wait);
    expect(await got).toBe(outcome);
  });

  it('says EADDRINUSE, and takes any free port for 0', () => {
    const { network } = build();
    const pod = network.attach(address('10.0.0.2'));
    const first = pod.listen(80, () => {});
    expect(() => pod.listen(80, () => {})).toThrow(/address already in use/);
    first.close();
    expect(pod.listen(80, () => {}).port).toBe(80);
    expect(pod.listen(0, () => {}).port).toBeGreaterThan(1024);
  });

  it('cuts connections and gives the address back when a pod goes', async () => {
    const { network, clock } = build();
    const server = network.attach(address('10.0.0.2'));
    const client = network.attach(address('10.0.0.3'));
    server.listen(80, () => {});
    const socket = await client.connect('10.0.0.2', 80);
    const error = new Promise<Error>((resolve) => socket.on('error', resolve));
    server.detach();
    await settle();
    expect(await error).toMatchObject({ code: 'ECONNRESET' });
    const failed = expect(client.connect('10.0.0.2', 80)).rejects.toMatchObject({ code: 'EHOSTUNREACH' });
    await clock.advance(3000);
    await failed;
  });

  it('does not take away the address from its next owner', async () => {
    const { network } = build();
    const old = network.attach(address('10.0.0.2'));
    network.attach(address('10.0.0.2')).listen(80, (socket) => socket.end('new'));
    old.detach();
    expect(await text(await network.connect('10.0.0.2', 80))).toBe('new');
  });

  it('carries 5 MB of any bytes through a slow reader', async () => {
    const { network } = build();
    const bytes = Buffer.alloc(5_000_000, Buffer.from([0, 255, 13, 10, 128]));
    const server = network.attach(address('10.0.0.2'));
    server.listen(80, (socket) => socket.end(bytes));
    const parts: Buffer[] = [];
    for await (const part of await network.connect('10.0.0.2', 80)) {
      parts.push(part);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(Buffer.concat(parts).equals(bytes)).toBe(true);
  });
});

describe('UDP and ICMP', () => {
  it('answers, refuses, and times out', async () => {
    const { network, clock } = build();
    const server = network.attach(address('10.0.0.2'));
    const client = network.attach(address('10.0.0.3'));
    server.answer(53, async (bytes, peer) => Buffer.from(`${peer}:${Buffer.from(bytes)}`));
    server.answer(54, async () => null);
    expect(Buffer.from(await client.ask('10.0.0.2', 53, Buffer.from('q'))).toString()).toBe('10.0.0.3:q');
    await expect(client.ask('10.0.0.2', 55, Buffer.from('q'))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const silent = expect(client.ask('10.0.0.2', 54, Buffer.from('q'), { timeoutMs: 10 })).rejects.toMatchObject({
      code: 'ETIMEDOUT',
    });
    await clock.advance(10);
    await silent;
  });

  it('pings what is there', async () => {
    const { network, clock } = build();
    network.attach(address('10.0.0.2'));
    const client = network.attach(address('10.0.0.3'));
    expect(await client.echo('10.0.0.2')).toBe(true);
    const nobody = client.echo('10.0.0.9');
    await clock.advance(1000);
    expect(await nobody).toBe(false);
  });
});
