import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Agent } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Access } from './kubeconfig';

/** For tests: a server that answers only when and how the test says. */
export class FakeApiServer {
  private readonly waiting: ((request: FakeRequest) => void)[] = [];
  private readonly unread: FakeRequest[] = [];

  private constructor(
    private readonly server: Server,
    readonly access: Access,
  ) {}

  static async start(): Promise<FakeApiServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const view = { name: 'fake', cluster: 'fake', user: 'fake', namespace: 'default' };
    const agent = new Agent({ keepAlive: true });
    const fake = new FakeApiServer(server, {
      server: `http://127.0.0.1:${port}`,
      current: view,
      contexts: [view],
      credentials: () => Promise.resolve({ agent, tls: {}, headers: {} }),
    });
    server.on('request', (request, response) => fake.arrived(new FakeRequest(request, response)));
    return fake;
  }

  /** The next request, in the order they came. */
  next(): Promise<FakeRequest> {
    const first = this.unread.shift();
    return first ? Promise.resolve(first) : new Promise((resolve) => this.waiting.push(resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private arrived(request: FakeRequest): void {
    const waiter = this.waiting.shift();
    if (waiter) waiter(request);
    else this.unread.push(request);
  }
}

export class FakeRequest {
  readonly url: URL;
  /** Resolves when the client has gone away. */
  readonly gone: Promise<void>;

  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
  ) {
    this.url = new URL(request.url ?? '/', 'http://fake');
    this.gone = new Promise((resolve) => response.on('close', () => resolve()));
  }

  get isWatch(): boolean {
    return this.url.searchParams.get('watch') === 'true';
  }

  answer(code: number, body: unknown, headers: Record<string, string> = {}): void {
    this.response.writeHead(code, { 'Content-Type': 'application/json', ...headers });
    this.response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }

  list(resourceVersion: string, items: unknown[], next = ''): void {
    this.answer(200, { kind: 'List', metadata: { resourceVersion, continue: next }, items });
  }

  status(code: number, reason: string, message: string): void {
    this.answer(code, { kind: 'Status', status: 'Failure', code, reason, message });
  }

  open(): void {
    this.response.writeHead(200, { 'Content-Type': 'application/json' });
    this.response.flushHeaders();
  }

  event(type: string, object: unknown): void {
    this.raw(`${JSON.stringify({ type, object })}\n`);
  }

  raw(text: string | Buffer): void {
    this.response.write(text);
  }

  end(): void {
    this.response.end();
  }

  /** As a process that was killed: the connection is cut in the middle. */
  reset(): void {
    this.request.socket.resetAndDestroy();
  }
}

export function fakePod(name: string, resourceVersion: string, uid = `uid-${name}`): Record<string, unknown> {
  return { metadata: { name, namespace: 'default', uid, resourceVersion } };
}
