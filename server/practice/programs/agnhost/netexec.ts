import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf, request as ask } from '../../network/http';
import { serveRequests } from '../../network/httpServer';
import { isIPv4 } from '../../network/resolver';
import type { Process } from '../../process/program';
import { plain } from './fileServer';
import { duration, Flags, log } from './flags';

/** `agnhost netexec`: an HTTP and UDP server that tells about itself. No TLS, SCTP or uploads. */
export async function netexec(process: Process, args: readonly string[]): Promise<number> {
  const flags = new Flags(args);
  const port = flags.number('http-port', 8080);
  const udpPort = flags.number('udp-port', 8081);
  const state: State = { process, port, stopping: false, exit: () => {} };
  const exited = new Promise<number>((resolve) => (state.exit = resolve));
  const override = flags.text('http-override');
  serveRequests(process.network, port, (request, response, peer) =>
    answer(
      state,
      override === '' ? request : Object.assign(request, { url: override }),
      response,
      `${peer.ip}:${peer.port}`,
    ),
  );
  if (udpPort !== -1) {
    await log(process, `Started UDP server on port  ${udpPort}`);
    process.network.answer(udpPort, async (payload, peer) =>
      datagram(state, Buffer.from(payload).toString(), peer, udpPort),
    );
  }
  process.onSignal('SIGTERM', () => {
    state.stopping = true;
    const delay = flags.number('delay-shutdown', 0);
    void (delay > 0 ? log(process, `Sleeping ${delay} seconds before terminating...`) : Promise.resolve())
      .then(() => process.clock.sleep(delay * 1000, process.killed))
      .then(() => state.exit(0));
  });
  process.killed.addEventListener('abort', () => state.exit(137), { once: true });
  return exited;
}

interface State {
  process: Process;
  port: number;
  stopping: boolean;
  exit: (code: number) => void;
}

async function answer(state: State, request: IncomingMessage, response: ServerResponse, peer: string): Promise<void> {
  const url = new URL(`http://pod${request.url ?? '/'}`);
  const form = request.method === 'POST' ? new URLSearchParams((await read(request)).toString()) : url.searchParams;
  const value = (name: string) => form.get(name) ?? url.searchParams.get(name) ?? '';
  const { process } = state;
  await log(process, `GET ${url.pathname}${url.search}`);
  switch (url.pathname) {
    case '/clientip':
      return text(response, peer);
    case '/serverport':
      return text(response, String(state.port));
    case '/hostname':
    case '/hostName':
      return text(response, process.container.hostname);
    case '/healthz':
      return text(response, '');
    case '/readyz':
      return state.stopping ? text(response, 'shutting down', 503) : text(response, 'ok');
    case '/echo':
      return text(response, value('msg'), Number(value('code')) || 200);
    case '/header':
      return text(
        response,
        value('key') === ''
          ? JSON.stringify(request.headers)
          : String(request.headers[value('key').toLowerCase()] ?? ''),
      );
    case '/redirect':
      response.writeHead(Number(value('code')) || 302, { Location: value('location'), 'Content-Length': 0 });
      return void response.end();
    case '/shell':
      return text(response, await shell(process, value('shellCommand') || value('cmd')));
    case '/dial':
      return dial(process, url.searchParams, response);
    case '/exit':
      return leave(state, value, response);
    case '/shutdown':
      return state.exit(0);
    case '/':
      return text(
        response,
        `NOW: ${new Date(process.clock.now()).toISOString().replace('T', ' ').replace('Z', '000000 +0000 UTC')}`,
      );
    default:
      return text(
        response,
        `NOW: ${new Date(process.clock.now()).toISOString().replace('T', ' ').replace('Z', '000000 +0000 UTC')}`,
      );
  }
}

function text(response: ServerResponse, body: string, status = 200): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

async function leave(state: State, value: (name: string) => string, response: ServerResponse): Promise<void> {
  const wait = value('wait') === '' ? 0 : duration(value('wait'));
  if (wait === undefined)
    return text(response, `argument 'wait' must be a valid golang duration or empty, got "${value('wait')}"\n`);
  await state.process.clock.sleep(wait, state.process.killed);
  state.exit(Number(value('code')) || 0);
}

/** Both streams of `sh -c`, in the order they come. */
async function shell(process: Process, command: string): Promise<string> {
  const parts: Uint8Array[] = [];
  const sink = { write: async (bytes: Uint8Array) => void parts.push(Uint8Array.from(bytes)), close: () => {} };
  const child = await process.spawn(['/bin/sh', '-c', command], { stdout: sink, stderr: sink });
  const { code } = await child.exited;
  const output = Buffer.concat(parts).toString();
  return JSON.stringify({
    ...(code === 0 ? {} : { error: `exit status ${code}` }),
    ...(output === '' ? {} : { output }),
  });
}

async function dial(process: Process, query: URLSearchParams, response: ServerResponse): Promise<void> {
  const wanted = query.get('request') ?? '';
  const tries = Number(query.get('tries') ?? 1);
  if (wanted === '') return plain(response, 400, 'request parameter not specified. <nil>');
  if (!Number.isInteger(tries)) return plain(response, 400, 'tries parameter is invalid.');
  const host = query.get('host') ?? '';
  const protocol = (query.get('protocol') ?? 'http').toLowerCase();
  if (protocol !== 'http' && protocol !== 'udp' && protocol !== '')
    return plain(response, 400, `unsupported protocol. ${protocol}`);
  const ip = isIPv4(host) ? host : (await process.network.lookup(host).catch(() => []))[0];
  if (ip === undefined) return plain(response, 400, `host and/or port param are invalid. lookup ${host}: no such host`);
  const responses: string[] = [];
  const errors: string[] = [];
  for (let i = 0; i < tries && !process.killed.aborted; i++) {
    try {
      responses.push(await once(process, protocol, ip, Number(query.get('port')), wanted));
    } catch (error) {
      errors.push(error instanceof Error ? error.message : String(error));
    }
  }
  text(
    response,
    JSON.stringify({ ...(errors.length > 0 ? { errors } : {}), ...(responses.length > 0 ? { responses } : {}) }),
  );
}

async function once(process: Process, protocol: string, ip: string, port: number, wanted: string): Promise<string> {
  if (protocol === 'udp')
    return Buffer.from(await process.network.ask(ip, port, Buffer.from(wanted), { timeoutMs: 5000 })).toString();
  const url = new URL(`http://${ip}:${port}/${wanted}`);
  return (
    await bodyOf(await ask(process.network, url, { timeoutMs: 5000, clock: process.clock, signal: process.killed }))
  ).toString();
}

function datagram(state: State, payload: string, peer: string, port: number): Uint8Array | null {
  const received = payload.trim().toLowerCase();
  if (received === 'hostname') return Buffer.from(state.process.container.hostname);
  if (received.startsWith('echo ')) return Buffer.from(received.slice(5));
  if (received === 'clientip') return Buffer.from(`${peer}:0`);
  return received === 'serverport' ? Buffer.from(String(port)) : null;
}
