import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { LogOptions, NodeAgent, PodRef } from '../../kubelet/nodeAgent';
import { badRequest } from './podTarget';

/** PodLogOptions from the query. Throws 400 (422 upstream for some; the words are the same) for a number that is none. */
export function logOptions(query: URLSearchParams, container: string): LogOptions {
  const flag = (name: string) => query.get(name) === 'true' || query.get(name) === '1';
  const number = (name: string) => {
    const text = query.get(name);
    if (text === null || text === '') return undefined;
    const value = Number(text);
    if (!Number.isInteger(value)) throw badRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
    if (value < 0) throw badRequest(`${name}: Invalid value: ${value}: must be greater than or equal to 0`);
    return value;
  };
  const stream = query.get('stream');
  if (stream && stream !== 'All' && stream !== 'Stdout' && stream !== 'Stderr') {
    throw badRequest(`stream: Unsupported value: "${stream}": supported values: "All", "Stderr", "Stdout"`);
  }
  return {
    container,
    follow: flag('follow'),
    previous: flag('previous'),
    timestamps: flag('timestamps'),
    tailLines: number('tailLines'),
    sinceSeconds: number('sinceSeconds'),
    sinceTime: query.get('sinceTime') ?? undefined,
    limitBytes: number('limitBytes'),
    ...(stream ? { stream: stream as 'All' | 'Stdout' | 'Stderr' } : {}),
  };
}

/** Sends a container's log as it comes. The first chunk is awaited before the 200, so that a refusal keeps its own code. */
export async function serveLogs(
  agent: NodeAgent,
  pod: PodRef,
  options: LogOptions,
  response: ServerResponse,
): Promise<void> {
  const chunks = agent.logs(pod, options)[Symbol.asyncIterator]();
  const gone = new AbortController();
  response.on('close', () => {
    gone.abort();
    void chunks.return?.();
  });
  const start = () => {
    if (response.headersSent) return;
    response.writeHead(200, { 'Content-Type': 'text/plain', 'Cache-Control': 'no-cache, private' });
    // Without this, a quiet log's reader would not know for minutes that the stream is open.
    response.flushHeaders();
  };
  const first = chunks.next();
  if (options.follow)
    void Promise.race([first, new Promise((r) => setImmediate(() => setImmediate(r)))]).then(start, () => {});
  for (let next = await first; !next.done && !gone.signal.aborted; next = await chunks.next()) {
    start();
    if (!response.write(next.value)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
  start();
  response.end();
}
