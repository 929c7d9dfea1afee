import type { ByteReader } from '../../process/program';

/** The lines that somebody types. Without more of them each is empty. */
export class Answers {
  private held = '';

  constructor(private readonly stdin: ByteReader) {}

  async next(): Promise<string> {
    while (!this.held.includes('\n')) {
      const chunk = await this.stdin.read();
      if (!chunk) break;
      this.held += Buffer.from(chunk).toString('latin1');
    }
    const end = this.held.indexOf('\n');
    const line = end < 0 ? this.held : this.held.slice(0, end);
    this.held = end < 0 ? '' : this.held.slice(end + 1);
    return line;
  }
}
