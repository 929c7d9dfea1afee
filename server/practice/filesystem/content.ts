/**
 * The bytes of one file: a buffer that grows by doubling, so that a log appended line by line is not copied each time.
 * Bytes taken from an image are shared by all its containers until the first write to them.
 */
export class Content {
  private constructor(
    private bytes: Uint8Array,
    private length: number,
    private shared: boolean,
  ) {}

  static empty(): Content {
    return new Content(new Uint8Array(0), 0, true);
  }

  /** `bytes` stay the caller's and must not change: they are copied before anything is written. */
  static sharing(bytes: Uint8Array): Content {
    return new Content(bytes, bytes.length, true);
  }

  get size(): number {
    return this.length;
  }

  /** A copy, at most `length` bytes from `position`; empty at the end. */
  read(position: number, length: number): Uint8Array {
    const end = Math.min(this.length, position + length);
    return position >= end ? new Uint8Array(0) : this.bytes.slice(position, end);
  }

  all(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  /** The bytes themselves, for a reader that neither keeps nor changes them. */
  peek(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** A gap between the end and `position` reads as zeros. */
  write(position: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const end = position + bytes.length;
    this.own(end);
    this.bytes.set(bytes, position);
    this.length = Math.max(this.length, end);
  }

  truncate(size: number): void {
    if (size === this.length) return;
    if (size === 0) {
      this.bytes = new Uint8Array(0);
      this.shared = true;
    } else {
      this.own(size);
      // What lies behind the new end must read as zeros if the file grows again.
      this.bytes.fill(0, Math.min(size, this.length));
    }
    this.length = size;
  }

  private own(capacity: number): void {
    if (!this.shared && capacity <= this.bytes.length) return;
    const grown =
      capacity <= this.length ? this.length : Math.max(capacity, Math.min(this.length * 2, capacity + 2 ** 24));
    const copy = new Uint8Array(Math.max(grown, capacity));
    copy.set(this.bytes.subarray(0, this.length));
    this.bytes = copy;
    this.shared = false;
  }
}
