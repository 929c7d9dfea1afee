import type WebSocket from 'ws';
import { resourcePath } from '../../lib/kubernetes/resources';
import { ClusterError } from './errors';
import { listAt, parseJson, textAt } from './json';
import type { Access } from './kubeconfig';
import { bytesOf, cutOff, openWebSocket } from './webSocket';

export interface ExecRequest {
  namespace: string;
  pod: string;
  container: string;
  /** Program and arguments, as they are: no shell reads them unless one is asked for. */
  command: readonly string[];
  stdin?: Uint8Array;
  /** More output than this ends the command with `tooLarge`. */
  maxBytes: number;
  timeoutMs: number;
}

export interface ExecResult {
  stdout: Buffer;
  stderr: string;
  exitCode: number;
}

const [stdinChannel, stdoutChannel, stderrChannel, statusChannel, closeChannel] = [0, 1, 2, 3, 255];
const chunkBytes = 32 * 1024;
/** Of what a command complains about, this much is read by a person. */
const stderrBytes = 4096;

/** Runs a command in a container to its end. A command that fails is a result; one that could not be run is an error. */
export async function exec(access: Access, request: ExecRequest): Promise<ExecResult> {
  const query = new URLSearchParams({ container: request.container, stdout: 'true', stderr: 'true' });
  if (request.stdin) query.set('stdin', 'true');
  for (const word of request.command) query.append('command', word);
  const path = `${resourcePath('pods', request.namespace, request.pod, 'exec')}?${query.toString()}`;
  const { socket, attached: result } = await openWebSocket(access, path, 'v5.channel.k8s.io', (opening) => {
    const collected = collect(opening, request);
    // Awaited below; where the handshake fails nobody gets that far.
    collected.catch(() => undefined);
    return collected;
  });
  const timer = setTimeout(() => socket.terminate(), request.timeoutMs);
  try {
    if (request.stdin) await send(socket, request.stdin);
    return await result;
  } finally {
    clearTimeout(timer);
    socket.terminate();
  }
}

async function send(socket: WebSocket, content: Uint8Array): Promise<void> {
  for (let start = 0; start < content.length; start += chunkBytes) {
    const chunk = content.subarray(start, start + chunkBytes);
    // A command that ends early closes the socket under us; its status says why, so a failing write is no news.
    const isSent = await write(socket, Buffer.concat([Buffer.from([stdinChannel ?? 0]), chunk]));
    if (!isSent) return;
  }
  await write(socket, Buffer.from([closeChannel ?? 255, stdinChannel ?? 0]));
}

function write(socket: WebSocket, message: Buffer): Promise<boolean> {
  return new Promise((resolve) => socket.send(message, (error) => resolve(!error)));
}

function collect(socket: WebSocket, request: ExecRequest): Promise<ExecResult> {
  return new Promise((resolve, reject) => {
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let [size, complaints] = [0, 0];
    let exitCode: number | ClusterError | undefined;
    socket.on('message', (data: WebSocket.RawData) => {
      const message = bytesOf(data);
      const body = message.subarray(1);
      if (message[0] === stdoutChannel) {
        size += body.length;
        if (size <= request.maxBytes) stdout.push(body);
        else reject(new ClusterError('tooLarge', `There is more to read than ${request.maxBytes} bytes.`));
      } else if (message[0] === stderrChannel) {
        if (complaints < stderrBytes) stderr.push(body);
        complaints += body.length;
      } else if (message[0] === statusChannel) exitCode = exitCodeOf(parseJson(body.toString('utf8')));
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (exitCode instanceof ClusterError) reject(exitCode);
      else if (exitCode === undefined) reject(cutOff('a command was running in it'));
      else resolve({ stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString('utf8'), exitCode });
    });
  });
}

function exitCodeOf(status: unknown): number | ClusterError {
  if (textAt(status, 'status') === 'Success') return 0;
  const cause = listAt(status, 'details', 'causes').find((candidate) => textAt(candidate, 'reason') === 'ExitCode');
  const code = Number(textAt(cause, 'message'));
  if (textAt(status, 'reason') === 'NonZeroExitCode' && Number.isInteger(code)) return code;
  return new ClusterError(
    'failed',
    textAt(status, 'message') ?? 'The command could not be run.',
    textAt(status, 'reason'),
  );
}
