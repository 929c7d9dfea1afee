import type { ByteWriter } from '../../process/program';
import { bytesOf } from './quoting';

const mostHeld = 4096;

/** What find prints: held until a block is full, as stdio does, on a terminal until the entry is done. Text is bytes in latin1. */
export class Output {
  private held = '';

  constructor(
    private readonly stdout: ByteWriter,
    private readonly isBusybox: boolean,
  ) {}

  write(bytes: string): void {
    this.held += bytes;
  }

  /** A name as it is shown: GNU shows a terminal no bytes that could control it. */
  name(name: string): string {
    const bytes = bytesOf(name);
    return this.stdout.isTerminal && !this.isBusybox ? bytes.replace(/[^ -~]/g, '?') : bytes;
  }

  /** After each entry. */
  async settle(): Promise<void> {
    if (this.held.length >= mostHeld || (this.held !== '' && this.stdout.isTerminal)) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.held === '') return;
    const bytes = Buffer.from(this.held, 'latin1');
    this.held = '';
    await this.stdout.write(bytes);
  }
}
