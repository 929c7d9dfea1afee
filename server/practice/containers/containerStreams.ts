import { createPipe } from '../process/pipe';
import type { ByteReader, ByteWriter } from '../process/program';
import { Pty } from '../process/pty';
import { Handle } from '../process/stream';
import type { BoundedLog } from './containerLog';

type Output = 'stdout' | 'stderr';

/** An attached client's ends. */
export interface Attachment {
  stdout?: Handle;
  stderr?: Handle;
}

/** The streams of a container's main process: its log hears everything, and so does whoever is attached. */
export interface ContainerStreams {
  /** For process 1: descriptors 0, 1 and 2. */
  handles: Map<number, Handle>;
  terminal?: Pty;
  /** Where attached clients type. */
  stdin: ByteWriter;
  attachments: Set<Attachment>;
  /** Resolves when the last output has reached the log and the clients. */
  drained: Promise<void>;
  /** Process 1 has gone. */
  finish(): void;
}

export const nothing: ByteReader & ByteWriter = {
  read: async () => null,
  write: async () => undefined,
  close: () => undefined,
};

export function closedInput(): Handle {
  return Handle.of({ label: '/dev/null', read: async () => null, close: () => undefined });
}

export function terminalStreams(log: BoundedLog, signalGroup: Pty['options']['signalGroup']): ContainerStreams {
  const terminal = new Pty({ columns: 80, rows: 24, signalGroup });
  const attachments = new Set<Attachment>();
  return {
    handles: new Map([0, 1, 2].map((fd) => [fd, terminal.open()])),
    terminal,
    stdin: terminalInput(terminal),
    attachments,
    drained: pump((max) => terminal.output(max), 'stdout', log, attachments),
    finish: () => terminal.finish(),
  };
}

export function terminalInput(terminal: Pty): ByteWriter {
  return { write: async (bytes) => terminal.input(bytes), close: () => terminal.input(Uint8Array.of(4)) };
}

export function pipeStreams(log: BoundedLog, takesInput: boolean): ContainerStreams {
  const input = takesInput ? createPipe() : undefined;
  const stdout = createPipe();
  const stderr = createPipe();
  const attachments = new Set<Attachment>();
  const handles = new Map([
    [0, input?.reader ?? closedInput()],
    [1, stdout.writer],
    [2, stderr.writer],
  ]);
  const pumps = [
    pump((max) => stdout.reader.read(max), 'stdout', log, attachments),
    pump((max) => stderr.reader.read(max), 'stderr', log, attachments),
  ];
  return {
    handles,
    stdin: input?.writer ?? nothing,
    attachments,
    drained: Promise.all(pumps).then(() => undefined),
    finish: () => undefined,
  };
}

/**
 * A client that is slow holds the container back once its pipe is full, as a real attach does; one that has gone is
 * forgotten.
 */
async function pump(
  read: (max: number) => Promise<Uint8Array | null>,
  output: Output,
  log: BoundedLog,
  attachments: Set<Attachment>,
): Promise<void> {
  for (;;) {
    const bytes = await read(65536);
    if (!bytes) break;
    log.write(output, bytes);
    const writes = [...attachments].map(async (attachment) => {
      try {
        await attachment[output]?.write(bytes);
      } catch {
        attachments.delete(attachment);
      }
    });
    await Promise.all(writes);
  }
  for (const attachment of attachments) attachment[output]?.close();
}
