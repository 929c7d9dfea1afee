import { constants, createDeflate, createInflate, type Deflate, type Inflate } from 'node:zlib';
import { headerDictionary } from './spdyDictionary';

/**
 * Header blocks are one zlib stream over the whole connection, in each direction: they must be read and written strictly in
 * order, which the connection sees to by awaiting each.
 */
export class HeaderReader {
  private readonly inflate: Inflate = createInflate({
    dictionary: headerDictionary,
    finishFlush: constants.Z_SYNC_FLUSH,
  });

  async read(block: Buffer): Promise<Map<string, string>> {
    return parse(await through(this.inflate, block));
  }
}

export class HeaderWriter {
  private readonly deflate: Deflate = createDeflate({ dictionary: headerDictionary, flush: constants.Z_SYNC_FLUSH });

  async write(headers: Map<string, string>): Promise<Buffer> {
    return through(this.deflate, serialize(headers));
  }
}

function through(stream: Deflate | Inflate, input: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const collect = (part: Buffer) => parts.push(part);
    stream.on('data', collect);
    stream.once('error', reject);
    stream.write(input, () => {
      stream.off('data', collect);
      stream.off('error', reject);
      resolve(Buffer.concat(parts));
    });
  });
}

function parse(block: Buffer): Map<string, string> {
  const headers = new Map<string, string>();
  let at = 4;
  const text = () => {
    const length = block.readUInt32BE(at);
    const value = block.toString('utf8', at + 4, at + 4 + length);
    at += 4 + length;
    return value;
  };
  for (let left = block.readUInt32BE(0); left > 0; left--) {
    const name = text().toLowerCase();
    headers.set(name, text());
  }
  return headers;
}

function serialize(headers: Map<string, string>): Buffer {
  const parts: Buffer[] = [];
  const length = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  parts.push(length(headers.size));
  for (const pair of headers) {
    for (const text of pair) {
      const bytes = Buffer.from(text);
      parts.push(length(bytes.length), bytes);
    }
  }
  return Buffer.concat(parts);
}
