/**
 * Cuts a byte stream into lines. A chunk may end anywhere, within a UTF-8 character too, so bytes are kept as bytes until
 * their line is whole; what is left when the stream ends was never a whole event and is dropped.
 */
export class LineSplitter {
  private rest: Buffer[] = [];

  constructor(private readonly line: (text: string) => void) {}

  push(chunk: Buffer): void {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(0x0a, start);
      if (end < 0) break;
      const tail = chunk.subarray(start, end);
      const whole = this.rest.length === 0 ? tail : Buffer.concat([...this.rest, tail]);
      this.rest = [];
      start = end + 1;
      if (whole.length > 0) this.line(whole.toString('utf8'));
    }
    if (start < chunk.length) this.rest.push(chunk.subarray(start));
  }
}
