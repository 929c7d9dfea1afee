import { afterEach, describe, expect, it } from 'vitest';
import { bodyOf, request } from '../../network/http';
import { Bench } from '../testing/bench';

const bench = new Bench();
afterEach(() => bench.close());

const node = (name: string, ...args: string[]) =>
  bench.pod(name, {
    image: 'registry.k8s.io/e2e-test-images/agnhost:2.63.0',
    args: ['guestbook', '--http-port', '6379', ...args],
  });

async function get(ip: string, path: string): Promise<string> {
  const answer = await request(bench.network, new URL(`http://${ip}:6379/${path}`));
  return `${answer.status} ${(await bodyOf(answer)).toString()}`;
}

describe('agnhost guestbook', () => {
  it('keeps what it is told, and tells its replicas', async () => {
    const primary = await node('primary');
    await get(primary.ip, 'set?key=before&value=1');
    const replica = await node('replica', '--replicaof', primary.ip);
    await bench.until(
      (async () => {
        while (!replica.log().includes(`Registered to node: ${primary.ip}`))
          await new Promise((resolve) => setImmediate(resolve));
      })(),
    );
    expect(await get(primary.ip, 'set?key=messages&value=Hello')).toBe('200 {"message":"Updated"}');
    expect(await get(replica.ip, 'get?key=messages')).toBe('200 {"data":"Hello"}');
    expect(await get(replica.ip, 'get')).toBe('200 {"data":{"before":"1","messages":"Hello"}}');
    expect(await get(replica.ip, 'get?key=none')).toBe('200 {"data":""}');
  });

  it('refuses what it does not know', async () => {
    const { ip } = await node('primary');
    expect(await get(ip, 'set?value=1')).toBe('400 cannot set with empty key.\n');
    expect(await get(ip, 'guestbook?cmd=drop')).toBe("400 unsupported cmd: 'drop'\n");
    expect(await get(ip, 'nothing')).toBe('404 404 page not found\n');
  });
});

it('agnhost porter says how it was asked, where it is told to', async () => {
  const image = 'registry.k8s.io/e2e-test-images/agnhost:2.63.0';
  const env: [string, string][] = [['SERVE_PORT_80', 'foo']];
  const { ip } = await bench.pod('porter', { image, args: ['porter', '--json-response'], env });
  const answer = await request(bench.network, new URL(`http://${ip}/`), { method: 'OPTIONS' });
  expect((await bodyOf(answer)).toString()).toBe('{"Method":"OPTIONS","Body":"foo"}');
});
