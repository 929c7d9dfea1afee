import { request, type OutgoingHttpHeaders } from 'node:http';
import { allAre, openBoard } from './board';
import { expect, test } from './test';
import { createWeb } from './web';

test.use({ flags: ['--speed=20', '--dns-cache=3'] });

/** Headers as no browser would let a page set them. */
function ask(
  url: string,
  method: string,
  path: string,
  headers: OutgoingHttpHeaders,
): Promise<{ code: number; text: string }> {
  return new Promise((done, failed) => {
    const call = request(new URL(path, url), { method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => done({ code: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }));
    });
    call.on('upgrade', (_response, socket) => {
      socket.destroy();
      done({ code: 101, text: '' });
    });
    call.on('error', failed);
    call.end();
  });
}

const upgrade = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
};
const polling = '/socket.io/?EIO=4&transport=polling';
const socket = '/socket.io/?EIO=4&transport=websocket';

test('a forged Host or Origin is refused, by HTTP and by the socket', async ({ ordinal }) => {
  const { url } = ordinal;
  const { host, port } = new URL(url);
  const forged: [string, OutgoingHttpHeaders][] = [
    ['a foreign Host', { Host: 'evil.example' }],
    ['a foreign Host with our port', { Host: `evil.example:${port}` }],
    ['a foreign Origin', { Host: host, Origin: 'http://evil.example' }],
    ['an Origin of another port', { Host: host, Origin: 'http://127.0.0.1:1' }],
    ['an Origin of nowhere', { Host: host, Origin: 'null' }],
  ];
  for (const [what, headers] of forged) {
    const answers = {
      read: await ask(url, 'GET', '/api/boards/default', headers),
      write: await ask(url, 'DELETE', '/api/namespaces/default/pods/web-0', headers),
      page: await ask(url, 'GET', '/boards/default', headers),
      polling: await ask(url, 'GET', polling, headers),
      socket: await ask(url, 'GET', socket, { ...headers, ...upgrade }),
    };
    for (const [way, { code }] of Object.entries(answers))
      expect([403, 400], `${what}: ${way} got ${code}`).toContain(code);
    expect(answers.read.text).toMatch(/does not answer to the name|are not accepted/);
  }
});

test('our own Host and Origin pass', async ({ ordinal }) => {
  const { url } = ordinal;
  const own = { Host: new URL(url).host, Origin: url };
  expect((await ask(url, 'GET', '/api/boards/default', own)).code).toBe(200);
  expect((await ask(url, 'GET', '/boards/default', own)).code).toBe(200);
  expect((await ask(url, 'GET', polling, own)).code).toBe(200);
  expect((await ask(url, 'GET', socket, { ...own, ...upgrade })).code).toBe(101);
});

test('a page of another origin in the same browser can neither read, write nor listen', async ({
  page,
  ordinal,
  namespace,
}) => {
  await createWeb(ordinal, namespace, 'web', 1);
  // The other origin is a port of this machine's too: `localhost` is another site to a browser.
  await page.goto(ordinal.url.replace('127.0.0.1', 'localhost'));
  const tried = await page.evaluate(
    async ({ url, space }) => {
      const attempt = (path: string, init?: RequestInit) =>
        fetch(`${url}${path}`, init).then(
          (answer) => `answered ${answer.status}`,
          () => 'failed',
        );
      const listened = await new Promise<string>((done) => {
        const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
        socket.onopen = () => done('opened');
        socket.onerror = () => done('failed');
      });
      return {
        read: await attempt(`/api/boards/${space}`),
        // No preflight: what a form can send.
        write: await attempt(`/api/namespaces/${space}/apply`, {
          method: 'POST',
          mode: 'no-cors',
          body: 'kind: Pod',
        }).then(() => 'sent'),
        remove: await attempt(`/api/namespaces/${space}/pods/web-0`, { method: 'DELETE' }),
        listened,
      };
    },
    { url: ordinal.url, space: namespace },
  );
  expect(tried).toEqual({ read: 'failed', write: 'sent', remove: 'failed', listened: 'failed' });
  await openBoard(page, ordinal.url, namespace);
  await allAre(page, 'web', 'ready', 1);
});
