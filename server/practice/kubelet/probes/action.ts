import type { Container, ProbeAction } from '../../../../lib/kubernetes/pod';
import type { RunningContainer } from '../../containers/runtime';
import { StartError } from '../../containers/runtime';
import type { ByteReader } from '../../process/program';
import { unlessAborted } from '../unlessAborted';
import { probeGrpc } from './grpcProbe';
import { probeHttp, probeTcp, type Connect, type ProbeResult } from './httpProbe';

export interface ActionTarget {
  container: Container;
  run: RunningContainer;
  ip: string;
  connect: Connect;
}

/** Output of a probe or hook kept for its event, in bytes (pkg/probe/exec). */
const maxOutputBytes = 10 * 1024;

/** Does what a probe or a hook says, until `signal` aborts. */
export async function runAction(
  action: ProbeAction,
  target: ActionTarget,
  signal: AbortSignal,
  timeoutText: string,
): Promise<ProbeResult> {
  if (action.exec) return runCommand(action.exec.command ?? [], target.run, signal, timeoutText);
  const given = action.httpGet?.port ?? action.tcpSocket?.port ?? action.grpc?.port ?? 0;
  const port = portOf(given, target.container);
  if (port === undefined) return { succeeded: false, output: `couldn't find port: ${JSON.stringify(given)}` };
  if (action.httpGet) return probeHttp(action.httpGet, port, target.ip, target.connect, signal);
  if (action.tcpSocket) return probeTcp(action.tcpSocket.host, port, target.ip, target.connect, signal);
  if (action.grpc) return probeGrpc(port, action.grpc.service ?? '', target.ip, target.connect, signal, timeoutText);
  return { succeeded: true, output: '' };
}

function portOf(port: number | string, container: Container): number | undefined {
  if (typeof port === 'number') return port;
  return container.ports?.find((p) => p.name === port)?.containerPort;
}

async function runCommand(
  argv: string[],
  run: RunningContainer,
  signal: AbortSignal,
  timeoutText: string,
): Promise<ProbeResult> {
  try {
    const session = await run.exec({ argv, stdin: false, tty: false });
    const output: Uint8Array[] = [];
    const drained = Promise.all([drain(session.stdout, output), drain(session.stderr, output)]);
    const exit = await unlessAborted(session.exited, signal);
    if (!exit) {
      session.close();
      const command = JSON.stringify(argv.join(' '));
      return { succeeded: false, output: `command timed out: ${command} timed out after ${timeoutText}` };
    }
    await unlessAborted(drained, signal);
    const succeeded = exit.code === 0 && exit.signal === undefined;
    return { succeeded, output: Buffer.concat(output).subarray(0, maxOutputBytes).toString('utf8') };
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    return { succeeded: false, output: error.message };
  }
}

async function drain(reader: ByteReader, into: Uint8Array[]): Promise<void> {
  let kept = 0;
  for (let bytes = await reader.read(); bytes; bytes = await reader.read()) {
    if (kept < maxOutputBytes) into.push(bytes);
    kept += bytes.length;
  }
}
