import type { Status } from '../../../../lib/kubernetes/status';
import type { Session } from '../../containers/runtime';
import { BrokenPipe, signalNumbers, type ByteReader, type ExitStatus } from '../../process/program';

/** Where a session's output goes and its input comes from, whatever protocol carries it. */
export interface RemoteChannels {
  /** Resolves when there is room for more. */
  stdout(bytes: Uint8Array): Promise<void>;
  stderr(bytes: Uint8Array): Promise<void>;
  /** The last thing said: how it ended. Closes the connection afterwards. */
  finish(status: Status): Promise<void>;
}

/**
 * Pumps a session's output into the channels until it has ended and everything was sent, then says how it ended.
 * Never rejects: a client that has gone hangs the session up.
 */
export async function runSession(session: Session, channels: RemoteChannels): Promise<void> {
  try {
    const [exit] = await Promise.all([
      session.exited,
      pump(session.stdout, (bytes) => channels.stdout(bytes)),
      pump(session.stderr, (bytes) => channels.stderr(bytes)),
    ]);
    await channels.finish(statusOf(exit));
  } catch {
    session.close();
  }
}

async function pump(from: ByteReader, to: (bytes: Uint8Array) => Promise<void>): Promise<void> {
  for (let bytes = await from.read(); bytes !== null; bytes = await from.read()) await to(bytes);
}

/** Input from the client. What comes after the program stopped reading is dropped, as a closed pipe would. */
export async function feed(session: Session, bytes: Uint8Array): Promise<void> {
  try {
    await session.stdin.write(bytes);
  } catch (error) {
    if (!(error instanceof BrokenPipe)) throw error;
  }
}

/** k8s.io/apimachinery/pkg/util/remotecommand: the exit code travels as the cause of a failed Status. */
export function statusOf(exit: ExitStatus): Status {
  const head = { kind: 'Status', apiVersion: 'v1', metadata: {} } as const;
  if (exit.failure) {
    return { ...head, status: 'Failure', message: exit.failure, reason: 'InternalError', code: 500 };
  }
  const code = exit.signal ? 128 + signalNumbers[exit.signal] : exit.code;
  if (code === 0) return { ...head, status: 'Success' };
  return {
    ...head,
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit status ${code}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  };
}

/** `{"Width":100,"Height":30}`; undefined for anything else. */
export function parseSize(text: string): { columns: number; rows: number } | undefined {
  try {
    const { Width, Height } = JSON.parse(text) as { Width?: unknown; Height?: unknown };
    if (typeof Width !== 'number' || typeof Height !== 'number') return undefined;
    return { columns: Width, rows: Height };
  } catch {
    return undefined;
  }
}
