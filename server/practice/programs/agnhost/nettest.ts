import type { IncomingMessage } from 'node:http';
import { serveHttp, type SimpleAnswer } from '../../network/httpServer';
import type { Process } from '../../process/program';
import { Flags, forever } from './flags';

/** What has been heard, as `/read` shows it; Go's maps are null until something is in them. */
interface State {
  Hostname: string;
  Sent: Record<string, number> | null;
  Received: Record<string, number> | null;
  Errors: string[] | null;
  Log: string[] | null;
  StillContactingPeers: boolean;
}

/** `agnhost nettest`: remembers who wrote to it. It does not look for peers to write to, as upstream's does by the API. */
export async function nettest(process: Process, args: readonly string[]): Promise<number> {
  const flags = new Flags(args);
  const peers = flags.number('peers', 8);
  const { hostname } = process.container;
  const state: State = {
    Hostname: hostname,
    Sent: null,
    Received: null,
    Errors: null,
    Log: null,
    StillContactingPeers: true,
  };
  const quit = new Promise<number>((resolve) =>
    serveHttp(process.network, flags.number('port', 8080), async (request) => {
      if (request.url === '/quit') resolve(0);
      return answer(state, peers, request);
    }),
  );
  return Promise.race([quit, forever(process)]);
}

async function answer(state: State, peers: number, request: IncomingMessage): Promise<SimpleAnswer> {
  switch (request.url?.split('?')[0]) {
    case '/read':
      return { status: 200, body: JSON.stringify(state, null, '\t') };
    case '/write':
      return write(state, request);
    case '/status':
      return { status: 200, body: statusOf(state, peers) };
    default:
      return { status: 404, body: '404 page not found\n' };
  }
}

async function write(state: State, request: IncomingMessage): Promise<SimpleAnswer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const source = sourceIn(Buffer.concat(parts).toString());
  if (source !== '') (state.Received ??= {})[source] = (state.Received[source] ?? 0) + 1;
  else (state.Errors ??= []).push(`${state.Hostname}: Got request with no source`);
  return { status: 200, body: `${JSON.stringify({ Hostname: state.Hostname })}\n` };
}

function sourceIn(text: string): string {
  try {
    const { Source } = JSON.parse(text) as { Source?: unknown };
    return typeof Source === 'string' ? Source : '';
  } catch {
    return '';
  }
}

function statusOf({ Sent, Received, StillContactingPeers }: State, peers: number): string {
  const isHeard = [Sent, Received].every((told) => Object.keys(told ?? {}).length >= peers);
  return isHeard ? 'pass' : StillContactingPeers ? 'running' : 'fail';
}
