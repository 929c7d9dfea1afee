import { afterEach, describe, expect, it } from 'vitest';
import { Bench } from '../testing/bench';

const bench = new Bench();
let count = 0;
afterEach(() => bench.close());

async function tester(env: Record<string, string>) {
  const pod = await bench.pod(`tester-${++count}`, {
    image: 'registry.k8s.io/e2e-test-images/agnhost:2.63.0',
    args: ['port-forward-tester'],
    env: Object.entries({ BIND_PORT: '80', CHUNKS: '3', CHUNK_SIZE: '4', CHUNK_INTERVAL: '100', ...env }),
  });
  const socket = await bench.network.connect(pod.ip, 80);
  const got: Buffer[] = [];
  socket.on('data', (data: Buffer) => got.push(data));
  return { pod, socket, received: () => Buffer.concat(got).toString() };
}

describe('agnhost port-forward-tester', () => {
  it('sends its chunks to the first client, tells so, and ends', async () => {
    const { pod, received } = await tester({});
    expect(await bench.until(pod.container.exited)).toMatchObject({ code: 0 });
    expect(received()).toBe('xxxxxxxxxxxx');
    expect(pod.log()).toBe('Accepted client connection\nShutting down connection\nDone\n');
  });

  it.each([
    ['abc', 0, /Received expected client data/],
    ['abd', 3, /Expect to read "abc", but got "abd"/],
    ['a', 2, /Expected to read 3 bytes from client, but got 1 instead/],
    ['', 2, /Expected to read 3 bytes from client, but got 0 instead/],
  ])('reads %j where it expects abc, and ends with %i', async (sent, code, said) => {
    const { pod, socket } = await tester({ EXPECTED_CLIENT_DATA: 'abc' });
    socket.end(sent);
    expect(await bench.until(pod.container.exited)).toMatchObject({ code });
    expect(pod.log()).toMatch(said);
  });

  it('says which number is none', async () => {
    const { pod } = await tester({ CHUNKS: 'many' });
    expect(await bench.until(pod.container.exited)).toMatchObject({ code: 1 });
    expect(pod.log()).toContain('Error parsing CHUNKS "many": strconv.Atoi: parsing "many": invalid syntax\n');
  });
});
