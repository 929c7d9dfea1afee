import type { BufferEncoding, FsStat, IFileSystem, MkdirOptions, RmOptions } from 'just-bash';
import type { FileCall, PlainStat } from './messages';

/**
 * The container's filesystem as just-bash sees it, from inside a worker. To the tools each byte of a file is one character
 * (locale C), so that any bytes come through unharmed; where they want UTF-8 bytes, they get those characters in UTF-8.
 */
export class RemoteFiles implements IFileSystem {
  constructor(private readonly call: (call: FileCall) => Promise<unknown>) {}

  async readFile(path: string): Promise<string> {
    return Buffer.from(await this.bytes(path)).toString('latin1');
  }

  async readFileBuffer(path: string): Promise<Uint8Array> {
    return Buffer.from(await this.readFile(path), 'utf8');
  }

  private async bytes(path: string): Promise<Uint8Array> {
    const value = await this.call({ method: 'readFile', path });
    return value instanceof Uint8Array ? value : new Uint8Array();
  }

  async writeFile(path: string, content: string | Uint8Array, options?: unknown): Promise<void> {
    await this.call({ method: 'writeFile', path, bytes: bytesOf(content, options) });
  }

  async appendFile(path: string, content: string | Uint8Array, options?: unknown): Promise<void> {
    await this.call({ method: 'appendFile', path, bytes: bytesOf(content, options) });
  }

  async exists(path: string): Promise<boolean> {
    return (await this.call({ method: 'exists', path })) === true;
  }

  async stat(path: string): Promise<FsStat> {
    return statOf(await this.call({ method: 'stat', path }));
  }

  async lstat(path: string): Promise<FsStat> {
    return statOf(await this.call({ method: 'lstat', path }));
  }

  async mkdir(path: string, options?: MkdirOptions): Promise<void> {
    await this.call({ method: 'mkdir', path, recursive: options?.recursive ?? false });
  }

  async readdir(path: string): Promise<string[]> {
    const names = await this.call({ method: 'readdir', path });
    return Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string') : [];
  }

  async rm(path: string, options?: RmOptions): Promise<void> {
    if (options?.force && !(await this.exists(path))) return;
    if (options?.recursive && (await this.lstat(path)).isDirectory)
      for (const name of await this.readdir(path)) await this.rm(`${path}/${name}`, options);
    await this.call({ method: 'rm', path });
  }

  async cp(from: string, to: string): Promise<void> {
    await this.call({ method: 'writeFile', path: to, bytes: await this.bytes(from) });
  }

  async mv(from: string, to: string): Promise<void> {
    await this.call({ method: 'rename', path: from, to });
  }

  resolvePath(base: string, path: string): string {
    const parts: string[] = [];
    for (const part of (path.startsWith('/') ? path : `${base}/${path}`).split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '' && part !== '.') parts.push(part);
    }
    return `/${parts.join('/')}`;
  }

  getAllPaths(): string[] {
    return [];
  }

  async chmod(path: string, mode: number): Promise<void> {
    await this.call({ method: 'chmod', path, mode });
  }

  async symlink(target: string, path: string): Promise<void> {
    await this.call({ method: 'symlink', path: target, to: path });
  }

  async link(existing: string, path: string): Promise<void> {
    await this.call({ method: 'link', path: existing, to: path });
  }

  async readlink(path: string): Promise<string> {
    return String(await this.call({ method: 'readlink', path }));
  }

  async realpath(path: string): Promise<string> {
    return String(await this.call({ method: 'realpath', path }));
  }

  async utimes(path: string, atime: Date, mtime: Date): Promise<void> {
    await this.call({ method: 'utimes', path, atimeMs: atime.getTime(), mtimeMs: mtime.getTime() });
  }
}

/** Text is one character a byte already; bytes, and text that stands for bytes, are those characters in UTF-8. */
function bytesOf(content: string | Uint8Array, options: unknown): Uint8Array {
  if (typeof content !== 'string') return Buffer.from(Buffer.from(content).toString('utf8'), 'latin1');
  const encoding = encodingOf(options);
  if (encoding === 'binary' || encoding === 'latin1')
    return Buffer.from(Buffer.from(content, 'latin1').toString('utf8'), 'latin1');
  return Buffer.from(content, 'latin1');
}

function encodingOf(options: unknown): BufferEncoding | undefined {
  const found = typeof options === 'object' && options !== null && 'encoding' in options ? options.encoding : options;
  return found === 'binary' || found === 'latin1' ? found : undefined;
}

function statOf(value: unknown): FsStat {
  const stat = isPlainStat(value) ? value : { type: 'file', mode: 0, size: 0, mtimeMs: 0, device: 0, inode: 0 };
  return {
    isFile: stat.type === 'file',
    isDirectory: stat.type === 'directory',
    isSymbolicLink: stat.type === 'symlink',
    mode: stat.mode,
    size: stat.size,
    mtime: new Date(stat.mtimeMs),
    dev: stat.device,
    ino: stat.inode,
  };
}

function isPlainStat(value: unknown): value is PlainStat {
  return typeof value === 'object' && value !== null && 'type' in value && 'inode' in value;
}
