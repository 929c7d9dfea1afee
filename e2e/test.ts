import { test as base, type BrowserContext } from '@playwright/test';
import { startOrdinal, type Ordinal } from './ordinal';

interface WorkerFixtures {
  /** What Ordinal is started with; each file says it with `test.use`, and with that has an Ordinal of its own. */
  flags: string[];
  ordinal: Ordinal;
}

interface TestFixtures {
  /** A namespace of the test's own, made from outside. */
  namespace: string;
  /** On in every test: what no page may ever do. */
  watched: void;
}

let count = 0;

export const test = base.extend<TestFixtures, WorkerFixtures>({
  flags: [[], { option: true, scope: 'worker' }],
  ordinal: [
    async ({ flags }, provide) => {
      const ordinal = await startOrdinal({ flags });
      await provide(ordinal);
      await ordinal.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  namespace: async ({ ordinal }, provide) => {
    const name = `lab-${++count}`;
    const made = await ordinal.api('POST', '/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    });
    base.expect(made.code).toBe(201);
    await provide(name);
  },
  watched: [
    async ({ context }, provide) => {
      const faults = watchContext(context);
      await provide();
      base.expect(faults, 'no page asks anything of another host, nor fails').toEqual([]);
    },
    { auto: true },
  ],
});

/** Collects requests to any other host than this machine, and errors that nobody caught. */
export function watchContext(context: BrowserContext): string[] {
  const faults: string[] = [];
  const look = (address: string) => {
    const { protocol, hostname } = new URL(address);
    if (/^(http|ws)s?:$/.test(protocol) && !['127.0.0.1', 'localhost'].includes(hostname))
      faults.push(`a request to ${address}`);
  };
  context.on('request', (request) => look(request.url()));
  context.on('page', (page) => page.on('websocket', (socket) => look(socket.url())));
  context.on('weberror', (error) => faults.push(`an error: ${error.error().stack ?? error.error().message}`));
  return faults;
}

export { expect } from '@playwright/test';
