import { bodyOf, request as ask } from '../../network/http';
import { serveHttp } from '../../network/httpServer';
import { isIPv4 } from '../../network/resolver';
import type { Process } from '../../process/program';
import { Flags, forever, log } from './flags';

interface Answer {
  status: number;
  body: string;
}

/** What a node of the guestbook holds, and whom it tells of changes. */
interface Book {
  process: Process;
  backendPort: number;
  entries: Record<string, unknown>;
  replicas: string[];
}

/**
 * `agnhost guestbook` (test/images/agnhost/guestbook): a store of keys that a primary passes on to its replicas, and a front that asks
 * them by the names of their Services.
 */
export async function guestbook(process: Process, args: readonly string[]): Promise<number> {
  const flags = new Flags(args);
  const book: Book = { process, backendPort: flags.number('backend-port', 6379), entries: {}, replicas: [] };
  const primary = flags.text('replicaof');
  serveHttp(process.network, flags.number('http-port', 80), (request) =>
    answer(book, new URL(request.url ?? '/', 'http://pod')),
  );
  if (primary !== '' && !(await register(book, primary))) {
    await log(process, 'Timed out while registering to primary.');
    return 1;
  }
  return forever(process);
}

async function answer(book: Book, { pathname, searchParams }: URL): Promise<Answer> {
  const [key, value] = ['key', 'value'].map((name) => searchParams.get(name) ?? '') as [string, string];
  switch (pathname) {
    case '/register':
      return accept(book, searchParams.get('host') ?? '');
    case '/get':
      await log(book.process, `GET /get?key=${key}`);
      return ok({ data: key === '' ? book.entries : (book.entries[key] ?? '') });
    case '/set':
      await log(book.process, `GET /set?key=${key}&value=${value}`);
      return set(book, key, value);
    case '/guestbook':
      return front(book, (searchParams.get('cmd') ?? '').toLowerCase(), key, value);
    default:
      return { status: 404, body: '404 page not found\n' };
  }
}

const ok = (object: unknown): Answer => ({ status: 200, body: JSON.stringify(object) });
const refuse = (why: string, status = 400): Answer => ({ status, body: `${why}\n` });

async function accept(book: Book, ip: string): Promise<Answer> {
  await log(book.process, `GET /register?host=${ip}`);
  book.replicas.push(ip);
  await log(book.process, `Node '${ip}' registered.`);
  return ok({ data: book.entries });
}

async function set(book: Book, key: string, value: string): Promise<Answer> {
  if (key === '') return refuse('cannot set with empty key.');
  book.entries[key] = value;
  for (const replica of book.replicas)
    try {
      await get(book, replica, `set?${new URLSearchParams({ key, value })}`);
    } catch (error) {
      return refuse(`encountered error while propagating to replica '${replica}': ${messageOf(error)}`, 417);
    }
  return ok({ message: 'Updated' });
}

async function front(book: Book, command: string, key: string, value: string): Promise<Answer> {
  await log(book.process, `GET /guestbook?cmd=${command}&key=${key}&value=${value}`);
  if (command !== 'get' && command !== 'set') return refuse(`unsupported cmd: '${command}'`);
  if (command === 'set' && key === '') return refuse('cannot set with empty key.');
  try {
    const host = command === 'get' ? 'agnhost-replica' : 'agnhost-primary';
    return { status: 200, body: await get(book, host, `${command}?${new URLSearchParams({ key, value })}`) };
  } catch (error) {
    return refuse(`encountered error: ${messageOf(error)}`, 417);
  }
}

/** For fifteen seconds, once a second: the primary may not be there yet. */
async function register(book: Book, primary: string): Promise<boolean> {
  const { process } = book;
  const until = process.clock.now() + 15_000;
  while (process.clock.now() < until && !process.killed.aborted)
    try {
      const reply: unknown = JSON.parse(await get(book, primary, `register?host=${process.network.ip}`));
      book.entries = (reply as { data: Record<string, unknown> }).data;
      await log(process, `Registered to node: ${primary}`);
      return true;
    } catch (error) {
      await log(process, `encountered error while registering to primary: ${messageOf(error)}. Retrying in 1s.`);
      await process.clock.sleep(1000, process.killed);
    }
  return false;
}

async function get({ process, backendPort }: Book, host: string, path: string): Promise<string> {
  const ip = isIPv4(host) ? host : (await process.network.lookup(host))[0];
  const url = new URL(`http://${ip}:${backendPort}/${path}`);
  const options = { timeoutMs: 5000, clock: process.clock, signal: process.killed };
  return (await bodyOf(await ask(process.network, url, options))).toString();
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
