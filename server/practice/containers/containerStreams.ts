import { createPipe } from '../process/pipe';
import type { ByteReader, ByteWriter } from '../process/program';
import { Pty } from '../process/pty';
import { Handle } from '../process/stream';
import type { StreamOperations } from '../process/stream';
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
  drained(): Promise<void>;
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
  // Before it is read from: a terminal that nobody holds has ended.
  const handles = new Map([0, 1, 2].map((fd) => [fd, terminal.open()]));
  const pumped = pump((max) => terminal.output(max), log, attachments);
  return {
    handles,
    terminal,
    stdin: terminalInput(terminal),
    attachments,
    drained: () => pumped,
    finish: () => terminal.finish(),
  };
}

export function terminalInput(terminal: Pty): ByteWriter {
  return { write: async (bytes) => terminal.input(bytes), close: () => terminal.input(Uint8Array.of(4)) };
}

export function pipeStreams(log: BoundedLog, takesInput: boolean): ContainerStreams {
  const input = takesInput ? createPipe() : undefined;
  const attachments = new Set<Attachment>();
  const outputs = (['stdout', 'stderr'] as const).map((output) => new LoggedOutput(output, log, attachments));
  return {
    handles: new Map([input?.reader ?? closedInput(), ...outputs.map((output) => Handle.of(output))].entries()),
    stdin: input?.writer ?? nothing,
    attachments,
    async drained() {
      await Promise.all(outputs.map((output) => output.drained()));
    },
    finish: () => undefined,
  };
}

/**
 * What a process sees as a pipe to the runtime. It goes straight to the log: a container that says nothing, as most do, has no
 * reader that waits. A client that is slow holds the writer back once its own pipe is full, as a real attach does.
 */
class LoggedOutput implements StreamOperations {
  readonly label = 'pipe:[0]';
  private underWay = 0;
  private isClosed = false;
  private whenDrained: (() => void) | undefined;

  constructor(
    private readonly output: Output,
    private readonly log: BoundedLog,
    private readonly attachments: Set<Attachment>,
  ) {}

  async write(bytes: Uint8Array): Promise<void> {
    this.underWay++;
    try {
      await deliver(bytes, this.output, this.log, this.attachments);
    } finally {
      this.underWay--;
      this.settle();
    }
  }

  push(bytes: Uint8Array): void {
    void this.write(bytes);
  }

  /** The last process that could write has gone. */
  close(): void {
    this.isClosed = true;
    this.settle();
  }

  /** Resolves when it is closed and the last output has reached the log and the clients. */
  drained(): Promise<void> {
    return new Promise((resolve) => {
      this.whenDrained = resolve;
      this.settle();
    });
  }

  private settle(): void {
    if (!this.isClosed || this.underWay > 0) return;
    closeAll(this.output, this.attachments);
    this.whenDrained?.();
  }
}

/** Until a terminal has nothing more to say. */
async function pump(
  read: (max: number) => Promise<Uint8Array | null>,
  log: BoundedLog,
  attachments: Set<Attachment>,
): Promise<void> {
  for (;;) {
    const bytes = await read(65536);
    if (!bytes) break;
    await deliver(bytes, 'stdout', log, attachments);
  }
  closeAll('stdout', attachments);
}

/** To the log and to everyone attached; one that has gone is forgotten. */
async function deliver(
  bytes: Uint8Array,
  output: Output,
  log: BoundedLog,
  attachments: Set<Attachment>,
): Promise<void> {
  log.write(output, bytes);
  if (attachments.size === 0) return;
  const writes = [...attachments].map(async (attachment) => {
    try {
      await attachment[output]?.write(bytes);
    } catch {
      attachments.delete(attachment);
    }
  });
  await Promise.all(writes);
}

function closeAll(output: Output, attachments: Set<Attachment>): void {
  for (const attachment of attachments) attachment[output]?.close();
}
