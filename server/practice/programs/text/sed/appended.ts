import { FileSystemError } from '../../../filesystem/filesystem';
import type { Call } from '../../command';
import { LineSource } from './input';
import { bytesToText } from './outputs';
import type { Outputs } from './outputs';

type Entry = { text: string } | { file: string } | { lineOf: string };

/** What `a`, `r` and `R` want printed when the line is done. */
export class Appended {
  private entries: Entry[] = [];
  private readonly readers = new Map<string, LineSource>();

  constructor(
    private readonly call: Call,
    private readonly outputs: Outputs,
    private readonly delimiter: string,
  ) {}

  add(entry: Entry): void {
    this.entries.push(entry);
  }

  async print(): Promise<void> {
    if (this.entries.length === 0) return;
    const entries = this.entries;
    this.entries = [];
    for (const entry of entries) {
      if ('text' in entry) this.outputs.main.text(entry.text);
      else if ('file' in entry) await this.copy(entry.file);
      else await this.copyLine(entry.lineOf);
    }
  }

  /** A file that cannot be read is as good as an empty one. */
  private async copy(path: string): Promise<void> {
    let last = 10;
    try {
      for await (const chunk of this.call.chunks(operandOf(path))) {
        this.outputs.main.text(Buffer.from(chunk).toString('latin1'));
        last = chunk.at(-1) ?? last;
        if (this.outputs.isFull) await this.outputs.flush();
      }
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
    }
    if (last !== 10 && this.call.isBusybox) this.outputs.main.text('\n');
  }

  private async copyLine(path: string): Promise<void> {
    const reader = this.readers.get(path) ?? this.reader(path);
    try {
      const line = await reader.take();
      if (line) this.outputs.main.text(line.isWhole ? line.text + this.delimiter : line.text);
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
    }
  }

  private reader(path: string): LineSource {
    const reader = new LineSource(this.call.chunks(operandOf(path)), this.delimiter, () => this.outputs.flush());
    this.readers.set(path, reader);
    return reader;
  }
}

function operandOf(path: string): string {
  return path === '/dev/stdin' ? '-' : bytesToText(path);
}
