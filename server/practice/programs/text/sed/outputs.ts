import type { Call } from '../../command';
import { Output } from './output';
import type { Script } from './script';

/** Everything a script writes to. A file that several commands name is one. */
export class Outputs {
  readonly stdout: Output;
  /** Where the pattern space goes: stdout, or the file that is edited in place. */
  main: Output;
  private readonly named = new Map<string, Output>();

  private constructor(call: Call) {
    this.stdout = Output.to(call.process.stdout);
    this.main = this.stdout;
    this.named.set('/dev/stdout', this.stdout.beside());
    this.named.set('/dev/stderr', Output.to(call.process.stderr));
  }

  /** Opens, and so empties, the files of all `w` before anything is read. Throws `FileSystemError`. */
  static open(call: Call, { commands }: Script): Outputs {
    const outputs = new Outputs(call);
    for (const { action } of commands) {
      const path = 'path' in action && !/^read/.test(action.type) ? action.path : undefined;
      if (path === undefined || outputs.named.has(path)) continue;
      const stream = call.process.open(call.path(bytesToText(path)), {
        write: true,
        create: true,
        truncate: true,
        mode: 0o666,
      });
      outputs.named.set(path, Output.to(stream));
    }
    return outputs;
  }

  of(path: string): Output {
    return this.named.get(path) ?? this.stdout;
  }

  get isFull(): boolean {
    if (this.main.isFull) return true;
    for (const output of this.named.values()) if (output.isFull) return true;
    return false;
  }

  async flush(): Promise<void> {
    for (const output of this.named.values()) await output.flush();
    if (this.main !== this.stdout) await this.main.flush();
  }
}

/** Names of files in a script are bytes, as all of it. */
export function bytesToText(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString();
}
