import type { Duplex } from 'node:stream';
import type { Process } from '../../process/program';

/** Given so that the client reads everything before the connection is gone. */
const lingerMs = 500;

/**
 * `agnhost port-forward-tester`: accepts one connection, checks what the client sends (EXPECTED_CLIENT_DATA), and sends CHUNKS pieces of
 * CHUNK_SIZE bytes, CHUNK_INTERVAL milliseconds apart. Tells what happens on its standard output, and by its exit code what went wrong.
 */
export async function portForwardTester(process: Process): Promise<number> {
  const say = (text: string) => process.stdout.write(Buffer.from(`${text}\n`)).catch(() => {});
  const number = async (name: string) => {
    const text = process.env.get(name) ?? '';
    if (/^[+-]?\d+$/.test(text)) return Number(text);
    await say(
      `Error parsing ${name} ${JSON.stringify(text)}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
    return undefined;
  };
  const socket = await accepted(process);
  if (!socket) return 137;
  await say('Accepted client connection');
  const expected = process.env.get('EXPECTED_CLIENT_DATA') ?? '';
  if (expected !== '') {
    const got = await read(socket, Buffer.byteLength(expected));
    if (got.length !== Buffer.byteLength(expected)) {
      await say(
        `Expected to read ${Buffer.byteLength(expected)} bytes from client, but got ${got.length} instead. err=EOF`,
      );
      return 2;
    }
    if (got !== expected) {
      await say(`Expect to read ${JSON.stringify(expected)}, but got ${JSON.stringify(got)}. err=<nil>`);
      return 3;
    }
    await say('Received expected client data');
  }
  const chunks = await number('CHUNKS');
  const size = await number('CHUNK_SIZE');
  const intervalMs = await number('CHUNK_INTERVAL');
  if (chunks === undefined || size === undefined || intervalMs === undefined) return 1;
  for (let sent = 0; sent < chunks; sent++) {
    if (socket.destroyed) {
      await say(`Expected to write ${size} bytes from client, but wrote 0 instead. err=write: broken pipe`);
      return 4;
    }
    socket.write('x'.repeat(size));
    if (sent + 1 < chunks) await process.clock.sleep(intervalMs, process.killed);
  }
  await say('Shutting down connection');
  socket.end();
  await process.clock.sleep(lingerMs, process.killed);
  socket.destroy();
  await say('Done');
  return 0;
}

/** The first connection; those after it wait in vain. Nothing when the process is killed before. */
function accepted(process: Process): Promise<Duplex | undefined> {
  return new Promise((resolve) => {
    process.network.listen(Number(process.env.get('BIND_PORT') ?? 0), (socket) => {
      socket.on('error', () => socket.destroy());
      resolve(socket);
    });
    process.killed.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

/** What one read gives: at most `length` bytes of what has come, or nothing where the client has gone. */
function read(socket: Duplex, length: number): Promise<string> {
  return new Promise((resolve) => {
    const end = () => {
      socket.pause();
      resolve('');
    };
    socket.once('data', (data: Buffer) => {
      socket.pause();
      socket.off('close', end);
      resolve(data.subarray(0, length).toString());
    });
    socket.once('end', end);
    socket.once('close', end);
  });
}
